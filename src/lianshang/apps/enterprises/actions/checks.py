"""A firm supplies a value with proof; an office checks it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.actions.facts import Value, announce_facts, record_fact
from lianshang.apps.enterprises.choices import Verdict
from lianshang.apps.enterprises.events import FactConfirmed
from lianshang.apps.enterprises.models import Enterprise, Fact, FactCheck, Quantity
from lianshang.apps.enterprises.queries.checks import checking_unit, superseded_by
from lianshang.apps.enterprises.queries.wording import fact_text
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.events import publish
from lianshang.core.files.actions import attach
from lianshang.core.notices.actions import notify
from lianshang.core.workflow.actions.duties import open_duty
from lianshang.core.workflow.choices import ENDED, Act, State
from lianshang.core.workflow.models import Duty, DutyKind
from lianshang.core.workflow.writing import append

DUTY_KIND = "facts.check"
PROOF = "proof"  # the purpose of the attachment: it cannot be withdrawn
NOTICE = "facts.checked"


@action("facts.supply", gettext_lazy("企业自报信息"))
def supply_fact(
    *,
    actor: User,
    enterprise: Enterprise,
    quantity: Quantity,
    value: Value,
    proof: File[bytes] | None = None,
    **rest: Any,
) -> Fact:
    """A firm's own value with its proof; it counts at once, and a check of it becomes due."""
    fact: Fact = record_fact(
        actor=actor, enterprise=enterprise, quantity=quantity, value=value, **rest
    )
    if proof:
        try:
            attach(actor=actor, subject=fact, file=proof, purpose=PROOF)
        except ValidationError as error:
            raise ValidationError({"proof": error.messages}) from None
    for earlier in superseded_by(fact):
        _end_duty(earlier, actor, _("企业已另报新值。"), given_up=True)
    _ask_for_check(fact)
    return fact


@action("facts.check", gettext_lazy("核实企业自报信息"))
def check_fact(*, actor: User, fact: Fact, verdict: str, reason: str = "") -> FactCheck:
    """Confirm a supplied value or refuse it; the firm is told, and why."""
    if not (
        actor.may("facts.check")
        and Enterprise.objects.visible_to(actor).filter(pk=fact.enterprise_id).exists()
    ):
        raise PermissionDenied(_("您的角色不能核实这家企业的自报信息。"))
    # The firm's row: a fact itself is never changed, so that there is nothing of it to lock.
    Enterprise.objects.select_for_update().get(pk=fact.enterprise_id)
    fact = Fact.objects.select_related("source", "checked", "quantity", "enterprise").get(
        pk=fact.pk
    )
    if not fact.is_self_declared:
        raise ValidationError(_("这个值已核实过，或不是企业自报的，不需要再核实。"))
    if verdict == Verdict.REFUSED and not reason.strip():
        raise ValidationError({"reason": _("请写明不采用的理由：企业会看到，并可据此补正。")})
    check = FactCheck.objects.create(fact=fact, verdict=verdict, by=actor, reason=reason[:300])
    if verdict == Verdict.REFUSED:
        announce_facts(
            actor=actor, enterprises={fact.enterprise_id}, quantity_codes={fact.quantity.code}
        )
    else:
        publish(FactConfirmed(fact.pk))
    _tell_firm(check)
    _end_duty(fact, actor, reason or str(Verdict(verdict).label))
    return check


@action("facts.confirm_all", gettext_lazy("批量核实企业自报信息"))
def confirm_facts(*, actor: User, facts: Iterable[Fact], reason: str = "") -> int:
    """Confirm several at once, all or none; how many."""
    return len(
        [
            check_fact(actor=actor, fact=fact, verdict=Verdict.CONFIRMED, reason=reason)
            for fact in facts
        ]
    )


def _ask_for_check(fact: Fact) -> None:
    """A duty of whoever serves the firm; a zone that switched its kind off wants none."""
    kind = DutyKind.objects.filter(code=DUTY_KIND, is_active=True).first()
    unit = checking_unit(fact.enterprise, fact.quantity)
    if kind is None or unit is None:
        return
    names = {"firm": fact.enterprise.name, "what": fact.quantity.label}
    open_duty(
        actor=None,
        kind=kind,
        title=(_("核实企业自报：%(firm)s，%(what)s") % names)[:200],
        text=_("到“待核的自报信息”核对凭证后确认，或写明理由不采用。"),
        owner=unit,
        asker=unit,
        subject=("enterprises.enterprise", fact.enterprise_id),
        request_key=_key(fact),
    )


def _end_duty(fact: Fact, actor: User, reason: str, *, given_up: bool = False) -> None:
    """The verdict ends the duty, whoever of those who may give it gave it."""
    duty = Duty.objects.select_for_update().filter(request_key=_key(fact)).first()
    if duty is None or duty.state in ENDED:
        return
    if given_up:
        append(duty, act=Act.CANCEL, to_state=State.CANCELLED, actor=actor, reason=reason)
        return
    steps = [
        (Act.OVERRULE, State.OBJECTED, State.WAITING),
        (Act.ACCEPT, State.WAITING, State.WORKING),
        (Act.RESUME, State.PAUSED, State.WORKING),
        (Act.CLAIM, State.WORKING, State.CLAIMED),
        (Act.CONFIRM, State.CLAIMED, State.CLOSED),
    ]
    for act, before, after in steps:
        if duty.state == before:
            append(duty, act=act, to_state=after, actor=actor, reason=reason)


def _key(fact: Fact) -> str:
    return f"{DUTY_KIND}:{fact.pk}"


def _tell_firm(check: FactCheck) -> None:
    fact = check.fact
    people = User.objects.filter(
        memberships__in=fact.enterprise.unit.memberships.in_force().filter(role=Role.ENTERPRISE)
    )
    names = {
        "what": fact.quantity.label,
        "value": strip_tags(fact_text(fact)),
        "year": f"{fact.year} · " if fact.year else "",
        "reason": check.reason,
    }
    if check.verdict == Verdict.REFUSED:
        subject = _("您自报的“%(what)s”未被采用，可补正后再报") % names
        text = _("%(year)s%(value)s。理由：%(reason)s") % names
    else:
        subject = _("您自报的“%(what)s”已核实") % names
        text = names["year"] + names["value"]
    notify(
        actor=check.by,
        recipients=people.distinct(),
        kind=NOTICE,
        subject=subject,
        text=text,
        url=reverse("enterprises:held", args=[fact.enterprise_id]),
        key=f"{NOTICE}:{fact.pk}",
        unit=fact.enterprise.unit,
    )

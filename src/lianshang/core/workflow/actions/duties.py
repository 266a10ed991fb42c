"""Opening duties and acting on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.workflow.choices import Act, Need, State, Urgency
from lianshang.core.workflow.flows import Transition
from lianshang.core.workflow.models import Duty, DutyKind, Entry, Origin
from lianshang.core.workflow.queries.kinds import clock_rules
from lianshang.core.workflow.queries.rights import allowed
from lianshang.core.workflow.queries.standings import standing_of
from lianshang.core.workflow.telling import tell
from lianshang.core.workflow.writing import NOTHING, Details, append


@action("workflow.open_duty", gettext_lazy("交办事项"))
def open_duty(
    *,
    actor: User | None,
    kind: DutyKind,
    title: str,
    owner: Unit,
    asker: Unit,
    text: str = "",
    co_owners: Sequence[Unit] = (),
    urgency: str = Urgency.NORMAL,
    close_by: date | None = None,
    origin: Origin | None = None,
    subject: tuple[str, int] | None = None,
    request_key: str | None = None,
) -> Duty:
    """A new duty; the same request key gives the duty that it made before.

    `close_by` is a fixed last day in place of the kind's close clock; `subject` is a generic
    reference. The clocks in force now are frozen into the log.
    """
    opening = _Opening(
        kind, title, owner, asker, text, co_owners, urgency, close_by, origin, subject, request_key
    )
    duty, entry = _opened(actor, opening)
    if entry:
        tell(entry)
    return duty


@action("workflow.open_duty_quietly", gettext_lazy("交办事项"))
def open_duty_quietly(
    *,
    actor: User | None,
    kind: DutyKind,
    title: str,
    owner: Unit,
    asker: Unit,
    text: str = "",
    subject: tuple[str, int] | None = None,
    request_key: str | None = None,
) -> Duty:
    """One of many that are opened together: whoever opens them tells their owner once of all."""
    opening = _Opening(kind, title, owner, asker, text, subject=subject, request_key=request_key)
    return _opened(actor, opening)[0]


@dataclass(frozen=True)
class _Opening:
    """What a duty begins with."""

    kind: DutyKind
    title: str
    owner: Unit
    asker: Unit
    text: str
    co_owners: Sequence[Unit] = ()
    urgency: str = Urgency.NORMAL
    close_by: date | None = None
    origin: Origin | None = None
    subject: tuple[str, int] | None = None
    request_key: str | None = None


def _opened(actor: User | None, told: _Opening) -> tuple[Duty, Entry | None]:
    """The duty, and the first row of its log where it is new."""
    key = told.request_key
    if key and (before := Duty.objects.filter(request_key=key).first()):
        return before, None
    _check_opening(told.kind, told.owner, told.co_owners, told.close_by)
    label, pk = told.subject or ("", None)
    try:
        with transaction.atomic():
            duty = Duty.objects.create(
                kind=told.kind,
                title=told.title,
                text=told.text,
                owner=told.owner,
                asker=told.asker,
                urgency=told.urgency,
                origin=told.origin,
                subject_label=label,
                subject_pk=pk,
                opened_at=clock.now(),
                request_key=key,
            )
    except IntegrityError:  # the same request, at the same moment, in another process
        return Duty.objects.get(request_key=key), None
    details = Details(
        unit=told.owner.pk,
        units=tuple(unit.pk for unit in told.co_owners),
        day=told.close_by,
        urgency=told.urgency,
        clocks=clock_rules(told.kind, told.urgency),
    )
    opened = append(duty, act=Act.OPEN, to_state=State.WAITING, actor=actor, details=details)
    return duty, opened


def _check_opening(
    kind: DutyKind, owner: Unit, co_owners: Sequence[Unit], close_by: date | None
) -> None:
    if not kind.is_active:
        raise ValidationError({"kind": _("这个类别已停用，请换一个类别。")})
    if not owner.is_active:
        raise ValidationError({"owner": _("这个单位已停用，请换一个主办单位。")})
    if owner in co_owners:
        raise ValidationError({"co_owners": _("主办单位不能同时是协办单位。")})
    if close_by and close_by < clock.today():
        raise ValidationError({"close_by": _("办结日期已经过去，请填今天或以后的日期。")})


@action("workflow.act_on", gettext_lazy("办理事项"))
def act_on(
    *,
    actor: User | None,
    duty: Duty,
    act: str,
    reason: str = "",
    details: Details = NOTHING,
    request_key: str | None = None,
) -> Entry:
    """Do one act of the duty's table; the same request key never does it twice.

    Raises PermissionDenied where the actor may never do it, ValidationError where it cannot be
    done now or something it needs is missing.
    """
    locked = Duty.objects.select_for_update(of=("self",)).select_related("kind").get(pk=duty.pk)
    if request_key:
        before = Entry.objects.filter(duty=locked, request_key=request_key).first()
        if before:
            return before
    row = _row(actor, locked, act)
    _check_needs(row, reason, details)
    details = _completed(locked, act, details)
    entry = append(
        locked,
        act=act,
        to_state=row.to or locked.state,
        actor=actor,
        reason=reason,
        details=details,
        request_key=request_key,
    )
    tell(entry)
    return entry


@dataclass(frozen=True)
class Outcome:
    """What became of one duty of a bulk act."""

    duty: Duty
    refused: str = ""


@action("workflow.act_on_all", gettext_lazy("批量办理事项"))
def act_on_all(
    *,
    actor: User | None,
    duties: Iterable[Duty],
    act: str,
    reason: str = "",
    details: Details = NOTHING,
    request_key: str | None = None,
) -> list[Outcome]:
    """Do the same act on many; those that refuse it are left as they are and say why."""
    outcomes = []
    for duty in sorted(duties, key=lambda one: one.pk):  # always locked in one order
        try:
            with transaction.atomic():
                act_on(
                    actor=actor,
                    duty=duty,
                    act=act,
                    reason=reason,
                    details=details,
                    request_key=request_key,
                )
            outcomes.append(Outcome(duty))
        except (ValidationError, PermissionDenied) as refusal:
            words = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            outcomes.append(Outcome(duty, "；".join(words)))
    return outcomes


def _row(actor: User | None, duty: Duty, act: str) -> Transition:
    table = duty.kind.table
    names = {"act": table.act_label(act), "state": table.label_of(duty.state)}
    if table.row(act, duty.state) is None:
        raise ValidationError(_("现在是“%(state)s”，不能%(act)s。请刷新页面看最新状态。") % names)
    row = allowed(actor, duty, act)
    if row is None:
        raise PermissionDenied(_("您不能对这件事项%(act)s：由有权的一方来做。") % names)
    return row


LONGEST = 3650  # what a clock may be extended by at once
MISSING = {
    Need.REASON: ("reason", gettext_lazy("请写明理由或内容。")),
    Need.PROOF: ("proof", gettext_lazy("请写明凭据：何时、怎样告知了谁；可以附文件。")),
    Need.UNIT: ("unit", gettext_lazy("请选择单位。")),
    Need.DAY: ("day", gettext_lazy("请填日期。")),
    Need.AMOUNT: ("amount", gettext_lazy("请填延长的数量。")),
    Need.URGENCY: ("urgency", gettext_lazy("请选择缓急。")),
}


def _check_needs(row: Transition, reason: str, details: Details) -> None:
    given = {
        Need.REASON: reason.strip(),
        Need.PROOF: details.proof.strip() or details.files,
        Need.UNIT: details.unit,
        Need.DAY: details.day,
        Need.AMOUNT: details.amount,
        Need.URGENCY: details.urgency,
    }
    missing = {MISSING[need][0]: MISSING[need][1] for need in row.needs if not given[need]}
    if missing:
        raise ValidationError(missing)


def _completed(duty: Duty, act: str, details: Details) -> Details:
    """The details with what the log must freeze; refuses what cannot be."""
    if act == Act.EXTEND:
        _check_extension(duty, details.amount or 0)
    if act in {Act.PROMISE, Act.REOPEN} and details.day and details.day < clock.today():
        raise ValidationError({"day": _("承诺的日期已经过去，请填今天或以后的日期。")})
    if act in {Act.JOIN, Act.LEAVE, Act.UPHOLD, Act.HAND_OVER}:
        _check_unit(duty, act, details.unit or 0)
    if act == Act.PRESS:
        if details.urgency not in Urgency.values:
            raise ValidationError({"urgency": _("没有这个缓急等级。")})
        return replace(details, clocks=clock_rules(duty.kind, details.urgency))
    if act == Act.UPHOLD:
        return replace(details, clocks=clock_rules(duty.kind, duty.urgency))
    return details


def _check_extension(duty: Duty, amount: int) -> None:
    if not 0 < amount <= LONGEST:
        raise ValidationError({"amount": _("延长的数量在 1 到 3650 之间。")})
    close = [one for one in standing_of(duty).running if one.name == "close"]
    if not close:
        raise ValidationError(_("这件事项没有在走的办结时限，不用延期。"))
    if close[0].is_overdue(clock.now()):
        raise ValidationError(_("已经超期：延期要在到期之前提出。请写明超期原因，继续办理。"))


def _check_unit(duty: Duty, act: str, unit: int) -> None:
    is_helper = duty.parties.filter(unit=unit, part="co_owner").exists()
    if act == Act.LEAVE:
        if not is_helper:
            raise ValidationError({"unit": _("这个单位不是协办单位。")})
        return
    if not Unit.objects.filter(pk=unit, is_active=True).exists():
        raise ValidationError({"unit": _("没有这个单位，或它已停用。")})
    if act == Act.JOIN and unit == duty.owner_id:
        raise ValidationError({"unit": _("这个单位就是主办单位。")})
    if act == Act.JOIN and is_helper:
        raise ValidationError({"unit": _("这个单位已经是协办单位。")})
    if act != Act.JOIN and unit == duty.owner_id:
        raise ValidationError({"unit": _("已经由这个单位主办，请另选单位。")})

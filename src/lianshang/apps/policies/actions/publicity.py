"""公示: published from approved cases, open to objections, ended by the clock."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.policies.actions.steps import enter_step, lock_case, log_step, next_step
from lianshang.apps.policies.choices import CaseState, StepKind, StepOutcome
from lianshang.apps.policies.models import DeliveryCase, DeliveryRound, Objection, PublicNotice
from lianshang.apps.policies.queries.notices import (
    approving,
    check_running,
    notice_end,
    rows_of,
)
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Membership, User
from lianshang.core.action import action
from lianshang.core.notices.actions import notify
from lianshang.core.workflow.actions.duties import act_on
from lianshang.core.workflow.choices import Act, State


@action("policies.publish_notice", gettext_lazy("发布公示"))
def publish_notice(
    *, actor: User, delivery: DeliveryRound, days: int, contact: str, reason: str = ""
) -> PublicNotice:
    """The cases that stand at the notice and are in none that runs, frozen and masked."""
    if delivery.office_id not in actor.unit_ids():
        raise PermissionDenied(_("公示由主办单位发布。"))
    if not 1 <= days <= 60:
        raise ValidationError({"days": _("公示期在 1 到 60 个工作日之间。")})
    running = {row["case"] for one in delivery.notices.filter(ended_at=None) for row in one.rows}
    cases = delivery.cases.select_for_update(of=("self",)).filter(
        step=StepKind.NOTICE, state=CaseState.RUNNING
    )
    listed = [case for case in cases.select_related("enterprise") if case.pk not in running]
    if not listed:
        raise ValidationError(_("没有待公示的企业：先把核定的个案办到“公示”环节。"))
    now = clock.now()
    ends_at, equation = notice_end(now, days)
    notice = PublicNotice.objects.create(
        round=delivery,
        title=_("%(round)s拟兑现企业公示") % {"round": delivery.title},
        rows=rows_of(listed),
        contact=contact,
        starts_at=now,
        ends_at=ends_at,
        equation=equation,
        published_by=actor,
    )
    for case in listed:
        text = _("公示至 %s") % f"{ends_at.astimezone(clock.zone_time()):%Y-%m-%d %H:%M}"
        log_step(
            actor=actor,
            case=case,
            outcome=StepOutcome.ENTERED,
            reason=text,
            data={"notice": notice.pk},
        )
    return notice


@action("policies.record_objection", gettext_lazy("登记公示异议"))
def record_objection(
    *, actor: User, notice: PublicNotice, case: DeliveryCase, text: str, said_by: str = ""
) -> Objection:
    """The case goes back for a second look, with the reason; it does not pass with the others."""
    if case.pk not in {row["case"] for row in notice.rows}:
        raise ValidationError({"case": _("这家企业不在这次公示里。")})
    check_running(notice)
    case = lock_case(actor=actor, case=case)
    if case.step != StepKind.NOTICE or case.state != CaseState.RUNNING:
        raise ValidationError(_("这个个案已不在公示环节。"))
    objection = Objection.objects.create(
        notice=notice, case=case, text=text, said_by=said_by, recorded_by=actor
    )
    log_step(
        actor=actor,
        case=case,
        outcome=StepOutcome.RETURNED,
        reason=_("公示收到异议，重新核实：%s") % text,
        data={"objection": objection.pk},
    )
    enter_step(actor=actor, case=case, step=approving(case))
    return objection


@action("policies.settle_objection", gettext_lazy("核实公示异议"))
def settle_objection(*, actor: User, objection: Objection, reason: str) -> Objection:
    """What looking again found; after it the office passes the case on, or declines it."""
    if objection.settled_at is not None:
        return objection
    objection.settled_at, objection.settlement = clock.now(), reason[:500]
    objection.save(update_fields=["settled_at", "settlement"])
    log_step(
        actor=actor,
        case=lock_case(actor=actor, case=objection.case),
        outcome=StepOutcome.NOTED,
        reason=_("异议核实：%s") % reason,
    )
    _answer(actor, objection)
    end_notice(actor=actor, notice=objection.notice)
    return objection


def _answer(actor: User, objection: Objection) -> None:
    """The duty is done, and whoever filed it reads the answer where it was filed."""
    duty, unit = objection.duty, objection.unit
    if duty is None or unit is None:
        return
    for act, before in ((Act.ACCEPT, State.WAITING), (Act.CLAIM, State.WORKING)):
        if duty.state == before:
            act_on(actor=actor, duty=duty, act=act, reason=objection.settlement)
            duty.refresh_from_db()
    if duty.state == State.CLAIMED:
        act_on(actor=actor, duty=duty, act=Act.CONFIRM)
    members = Membership.objects.in_force().filter(unit=unit, role=Role.ENTERPRISE)
    notify(
        actor=actor,
        recipients=User.objects.filter(pk__in=members.values("user")),
        kind="policies.delivery",
        subject=_("您提出的公示异议已答复"),
        text=objection.settlement,
        url=objection.get_absolute_url(),
        key=f"objection:{objection.pk}",
        unit=unit,
    )


@action("policies.end_notice", gettext_lazy("公示期满"))
def end_notice(*, actor: User | None, notice: PublicNotice) -> int:
    """Those to whom nobody objected go on; how many. Nothing before its time, and the notice itself
    does not end before every objection is answered.
    """
    notice = PublicNotice.objects.select_for_update().get(pk=notice.pk)
    if notice.ended_at is not None or clock.now() < notice.ends_at:
        return 0
    if not notice.objections.open().exists():
        notice.ended_at = clock.now()
        notice.save(update_fields=["ended_at"])
    keys = [row["case"] for row in notice.rows]
    cases = DeliveryCase.objects.filter(pk__in=keys, step=StepKind.NOTICE, state=CaseState.RUNNING)
    passed = 0
    for case in cases.order_by("pk"):
        locked = lock_case(actor=actor, case=case)
        log_step(
            actor=actor,
            case=locked,
            outcome=StepOutcome.PASSED,
            reason=_("公示期满无异议"),
        )
        next_step(actor=actor, case=locked)
        passed += 1
    return passed

"""An objection that a firm files itself on the page of a public notice."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.actions.steps import duty_kind, enter_step, lock_case, log_step
from lianshang.apps.policies.choices import CaseState, StepKind, StepOutcome
from lianshang.apps.policies.models import DeliveryCase, Objection, PublicNotice
from lianshang.apps.policies.queries.notices import approving, check_running
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.files.actions import attach
from lianshang.core.workflow.actions.duties import open_duty


@action("policies.file_objection", gettext_lazy("企业提出公示异议"))
def file_objection(
    *,
    actor: User,
    enterprise: Enterprise,
    notice: PublicNotice,
    case: DeliveryCase,
    text: str,
    file: File[bytes] | None = None,
) -> Objection:
    """The office owes an answer, and the case is looked at again. Who objected is not written
    where the firm concerned, or the public, can read it: the log names the program.
    """
    if enterprise.unit_id not in actor.unit_ids() or not actor.may("portal.view"):
        raise PermissionDenied(_("只有企业自己的账号可以办理。"))
    if case.pk not in {row["case"] for row in notice.rows}:
        raise ValidationError({"case": _("这家企业不在这次公示里。")})
    check_running(notice)
    before = Objection.objects.open().filter(notice=notice, case=case, unit=enterprise.unit)
    if before.exists():
        raise ValidationError(_("您对这家企业的异议正在核实，答复后会通知您。"))
    case = lock_case(actor=actor, case=case)
    if case.state not in (CaseState.RUNNING, CaseState.WAITING):
        raise ValidationError(_("这个个案已不在公示环节。"))
    objection = Objection.objects.create(
        notice=notice,
        case=case,
        text=text,
        said_by=f"{enterprise.name} {actor.name}",
        unit=enterprise.unit,
        recorded_by=actor,
    )
    if file is not None:
        attach(actor=actor, subject=objection, file=file, purpose="objection")
    objection.duty = open_duty(
        actor=actor,
        kind=duty_kind(actor=actor, code="policy.objection"),
        title=_("公示异议：%(notice)s") % {"notice": notice.title[:150]},
        text=text,
        owner=notice.round.office,
        asker=notice.round.office,
        subject=("policies.objection", objection.pk),
        request_key=f"objection:{objection.pk}",
    )
    objection.save(update_fields=["duty"])
    _look_again(case, objection)
    return objection


def _look_again(case: DeliveryCase, objection: Objection) -> None:
    """Back to the office's last check; a second objection finds it there already."""
    log_step(
        actor=None,
        case=case,
        outcome=StepOutcome.NOTED,
        reason=_("公示异议：%s") % objection.text,
        data={"objection": objection.pk},
        is_internal=True,
    )
    if case.step == StepKind.NOTICE and case.state == CaseState.RUNNING:
        text = _("公示收到异议，重新核实")
        log_step(actor=None, case=case, outcome=StepOutcome.RETURNED, reason=text)
        enter_step(actor=None, case=case, step=approving(case))

"""The procedures of the three channels: copied once, then changed by the zone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from lianshang.apps.policies.models import Procedure, ProcedureStep
from lianshang.apps.policies.queries.procedures import impossible
from lianshang.core.accounts.models import User
from lianshang.core.action import action

FILE = Path(__file__).parent / "procedures.yaml"


@action("policies.add_missing_procedures", gettext_lazy("加入缺少的兑现流程"))
def add_missing_procedures(*, actor: User | None) -> int:
    """Copy the presets that the zone lacks; those it has are its own. How many were added."""
    known = set(Procedure.objects.values_list("channel", flat=True))
    presets = yaml.safe_load(FILE.read_text(encoding="utf-8"))["procedures"]
    missing = [one for one in presets if one["channel"] not in known]
    for preset in missing:
        procedure = Procedure.objects.create(channel=preset["channel"], name=preset["name"])
        for order, step in enumerate(preset["steps"], start=1):
            ProcedureStep.objects.create(procedure=procedure, order=order, **step)
    return len(missing)


@dataclass(frozen=True)
class StepSetting:
    """What a person sets for one step."""

    pk: int
    order: int
    is_active: bool
    is_required: bool
    days: int | None
    who: str
    counts_from: str


@action("policies.change_procedure", gettext_lazy("修改兑现流程"))
def change_procedure(
    *,
    actor: User | None,
    procedure: Procedure,
    settings: list[StepSetting],
    notice_days: int,
    reason: str = "",
) -> Procedure:
    """Order, switch and time the steps; an impossible order is refused with its reason. Rounds that
    are open keep the procedure they were opened with.
    """
    ordered = sorted(settings, key=lambda one: (one.order, one.pk))
    steps = {step.pk: step for step in procedure.steps.select_for_update()}
    if set(steps) != {one.pk for one in ordered}:
        raise ValidationError(gettext_lazy("流程已被别人修改，请刷新页面再改。"))
    refusal = impossible([steps[one.pk].kind for one in ordered if one.is_active])
    if refusal:
        raise ValidationError(refusal)
    if notice_days < 1:
        raise ValidationError({"notice_days": gettext_lazy("公示至少一个工作日。")})
    for place, one in enumerate(ordered, start=1):
        step = steps[one.pk]
        step.order, step.is_active, step.is_required = place, one.is_active, one.is_required
        step.days, step.who, step.counts_from = one.days, one.who, one.counts_from
        step.save()
    procedure.notice_days = notice_days
    procedure.save(update_fields=["notice_days"])
    return procedure

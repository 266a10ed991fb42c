"""Where duties come from: written down with its duties, ended with a reply (销号), opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.workflow.actions.duties import open_duty
from lianshang.core.workflow.choices import OriginKind, Urgency
from lianshang.core.workflow.models import DutyKind, Origin
from lianshang.core.workflow.queries import origins as queries


@dataclass(frozen=True)
class DutyRow:
    """One duty as it is written down. `asker` is who raised it, by default who looks at results."""

    title: str
    kind: DutyKind
    owner: Unit
    text: str = ""
    asker: Unit | None = None
    co_owners: Sequence[Unit] = ()
    urgency: str = Urgency.NORMAL
    close_by: date | None = None


class RowRefused(ValidationError):
    """A row that cannot become a duty; `number` counts from 0."""

    def __init__(self, number: int, error: ValidationError) -> None:
        super().__init__(error)
        self.number = number


@action("workflow.open_from_origin", gettext_lazy("登记来源并交办"))
def open_from_origin(
    *,
    actor: User | None,
    origin_fields: Mapping[str, Any],
    rows: Sequence[DutyRow],
    request_key: str,
) -> Origin:
    """Write down an origin and open its duties; the same request key gives what it made before."""
    if before := Origin.objects.filter(request_key=request_key).first():
        return before
    kind, lead = origin_fields["kind"], origin_fields["lead"]
    if actor and (
        kind not in queries.kinds_for(actor) or lead not in queries.leads_for(actor, kind)
    ):
        raise PermissionDenied(_("您不能以这个单位的名义登记。"))
    if kind in queries.NEEDS_DUTIES and not rows:
        raise ValidationError(_("请至少写一件要办的事项。"))
    own = list(queries.own_units(actor)) if actor else []
    try:
        with transaction.atomic():
            origin = Origin.objects.create(
                **origin_fields,
                written_by=actor,
                written_by_unit=lead if lead in own or not own else own[0],
                written_at=clock.now(),
                request_key=request_key,
            )
    except IntegrityError:  # the same request, at the same moment, in another process
        return Origin.objects.get(request_key=request_key)
    _open(actor, origin, rows, request_key)
    return origin


@action("workflow.add_to_origin", gettext_lazy("补充交办事项"))
def add_to_origin(
    *, actor: User | None, origin: Origin, rows: Sequence[DutyRow], request_key: str
) -> None:
    """More duties from an origin that is not settled; the same request key adds nothing twice."""
    locked = _locked(origin)
    if actor and not queries.is_in_charge(actor, locked):
        raise PermissionDenied(_("只有登记单位、召集单位和督办人员可以补充事项。"))
    if locked.is_settled:
        raise ValidationError(_("已经销号：请先重新打开，再补充事项。"))
    if not rows:
        raise ValidationError(_("请至少写一件要办的事项。"))
    _open(actor, locked, rows, request_key)


def _open(actor: User | None, origin: Origin, rows: Sequence[DutyRow], request_key: str) -> None:
    for number, row in enumerate(rows):
        try:
            _check(origin, row)
            open_duty(
                actor=actor,
                kind=row.kind,
                title=row.title,
                text=row.text,
                owner=row.owner,
                asker=row.asker or _asker(origin),
                co_owners=row.co_owners,
                urgency=row.urgency,
                close_by=row.close_by or origin.due_on,
                origin=origin,
                request_key=f"{request_key}:{number}",
            )
        except ValidationError as error:
            raise RowRefused(number, error) from error


def _check(origin: Origin, row: DutyRow) -> None:
    if row.kind.flow not in queries.FLOWS_OF[origin.kind]:
        raise ValidationError({"kind": _("这个来源的事项不能用这个类别，请换一个类别。")})
    if row.asker and origin.kind != OriginKind.RESEARCH:
        raise ValidationError({"asker": _("只有调研走访的问题另有提出单位。")})
    if row.asker and not row.asker.is_active:
        raise ValidationError({"asker": _("这个单位已停用，请换一个提出单位。")})


def _asker(origin: Origin) -> Unit:
    """Who looks at the results: who was visited, who met, or who keeps the file."""
    if origin.kind == OriginKind.RESEARCH and origin.about:
        return origin.about
    if origin.kind == OriginKind.MEETING:
        return origin.lead
    return origin.written_by_unit or origin.lead


@action("workflow.settle_origin", gettext_lazy("销号"))
def settle_origin(*, actor: User | None, origin: Origin, reply: str, reason: str = "") -> Origin:
    """End the matter with a reply, once every duty has ended."""
    locked = _locked(origin)
    if actor and not queries.may_settle(actor, locked):
        raise PermissionDenied(_("批示和检查由督办人员销号；会议和调研也可以由召集单位销号。"))
    if locked.is_settled:
        raise ValidationError(_("已经销号，不用再销。"))
    if still := queries.open_duties(locked):
        named = "；".join(
            f"{duty.title}（{duty.owner.name}，{duty.state_label}）" for duty in still
        )
        text = _("还有 %(count)s 件没有办结，不能销号：%(named)s。")
        raise ValidationError(text % {"count": len(still), "named": named})
    if not reply.strip():
        raise ValidationError({"reply": _("请写明办理结果：回复给谁、结果如何。")})
    locked.reply, locked.settled_at, locked.settled_by = reply.strip(), clock.now(), actor
    locked.save(update_fields=["reply", "settled_at", "settled_by"])
    return locked


@action("workflow.reopen_origin", gettext_lazy("撤回销号"))
def reopen_origin(*, actor: User | None, origin: Origin, reason: str) -> Origin:
    """Take the end back; the reply stays as the draft of the next one."""
    locked = _locked(origin)
    if actor and not queries.may_settle(actor, locked):
        raise PermissionDenied(_("批示和检查由督办人员销号；会议和调研也可以由召集单位销号。"))
    if not locked.is_settled:
        raise ValidationError(_("还没有销号，不用撤回。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明撤回的理由。")})
    locked.settled_at = locked.settled_by = None
    locked.save(update_fields=["settled_at", "settled_by"])
    return locked


def _locked(origin: Origin) -> Origin:
    rows = Origin.objects.select_for_update(of=("self",))
    return rows.select_related("lead", "about", "written_by_unit").get(pk=origin.pk)

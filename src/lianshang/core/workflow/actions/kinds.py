"""Setting up kinds of duties."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core import formalism
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.workflow.definitions import KindDefinition
from lianshang.core.workflow.models import ClockRule, Duty, DutyKind, Rung

M = TypeVar("M", bound=models.Model)


@action("workflow.put_duty_kind", gettext_lazy("设置事项类别"))
def put_duty_kind(*, actor: User | None, definition: KindDefinition, reason: str = "") -> DutyKind:
    """Make the kind as defined, or bring it to that; what is already so is not touched.

    Duties already open keep the clocks that their log froze.
    """
    refused = formalism.only_refused(
        formalism.check(definition.model_dump(mode="json"), definition.code)
    )
    if refused:
        raise ValidationError([str(one) for one in refused])
    kind = DutyKind.objects.filter(code=definition.code).first()
    if kind and kind.flow != definition.flow and Duty.objects.filter(kind=kind).exists():
        text = _("类别“%(name)s”已有事项，流程不能再改；请另设一个类别。")
        raise ValidationError(text % {"name": kind.name})
    fields = {"name": definition.name, "flow": definition.flow.value, "is_active": True}
    fields["is_public"] = definition.is_public
    kind = _put(DutyKind, {"code": definition.code}, fields)
    _put_clocks(kind, definition)
    _put_ladder(kind, definition)
    return kind


@action("workflow.retire_duty_kind", gettext_lazy("停用事项类别"))
def retire_duty_kind(*, actor: User | None, kind: DutyKind, reason: str = "") -> None:
    """No new duties of this kind; those that are open go on."""
    kind.is_active = False
    kind.save(update_fields=["is_active"])


def _put_clocks(kind: DutyKind, definition: KindDefinition) -> None:
    kept = []
    for one in definition.clocks:
        key = {"kind": kind, "urgency": one.urgency, "clock": one.clock}
        fields = one.model_dump(exclude={"clock", "urgency"})
        kept.append(_put(ClockRule, key, fields).pk)
    kind.clocks.exclude(pk__in=kept).delete()


def _put_ladder(kind: DutyKind, definition: KindDefinition) -> None:
    kept = []
    for one in definition.ladder:
        fields = one.model_dump(exclude={"code", "named"}) | {"named": _unit(one.named)}
        kept.append(_put(Rung, {"kind": kind, "code": one.code}, fields).pk)
    kind.ladder.exclude(pk__in=kept).delete()


def _unit(name: str | None) -> Unit | None:
    if name is None:
        return None
    found = list(Unit.objects.filter(name=name, is_active=True)[:2])
    if len(found) != 1:
        text = _("升级阶梯里的单位“%(name)s”没有找到，或有多个同名单位；请先在单位管理中核对。")
        raise ValidationError(text % {"name": name})
    return found[0]


def _put(model: type[M], key: dict[str, Any], fields: dict[str, Any]) -> M:
    """The row with this key and these fields; written only where something differs."""
    rows = model._default_manager
    row = rows.filter(**key).first()
    if row is None:
        return rows.create(**key, **fields)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
    return row

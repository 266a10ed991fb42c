"""The kinds of duties that every zone begins with."""

from pathlib import Path

import yaml
from django.utils.translation import gettext_lazy

from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.workflow.actions.kinds import put_duty_kind
from lianshang.core.workflow.definitions import KindDefinition
from lianshang.core.workflow.models import DutyKind

FILE = Path(__file__).parents[1] / "kinds.yaml"


def _builtin_kinds() -> tuple[KindDefinition, ...]:
    """As the file defines them."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(KindDefinition.model_validate(one) for one in content["kinds"])


@action("workflow.add_missing_kinds", gettext_lazy("加入缺少的内置事项类别"))
def add_missing_kinds(*, actor: User | None, reason: str = "") -> int:
    """Add the kinds that the zone lacks; those it has are its own. How many were added."""
    known = set(DutyKind.objects.values_list("code", flat=True))
    missing = [one for one in _builtin_kinds() if one.code not in known]
    for definition in missing:
        put_duty_kind(actor=actor, definition=definition, reason=reason)
    return len(missing)

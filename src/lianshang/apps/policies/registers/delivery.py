"""What delivery declares: its references, its kind of notices, its paper."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.models import (
    DeliveryCase,
    DeliveryRound,
    MaterialHeld,
    Objection,
    Policy,
)
from lianshang.apps.policies.registers import payment_letter  # noqa: F401 - declares its paper
from lianshang.core import references
from lianshang.core.accounts.models import User
from lianshang.core.notices.choices import Channel
from lianshang.core.notices.kinds import register_kind

register_kind(
    "policies.delivery", _("政策兑现有进展"), (Channel.WECOM, Channel.DINGTALK, Channel.SMS)
)


def _visible_rounds(user: User, pks: Collection[int]) -> Iterable[int]:
    rounds = DeliveryRound.objects.visible_to(user).filter(pk__in=pks)
    return rounds.values_list("pk", flat=True)


def _visible_cases(user: User, pks: Collection[int]) -> Iterable[int]:
    return DeliveryCase.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)


def _visible_materials(user: User, pks: Collection[int]) -> Iterable[int]:
    return MaterialHeld.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)


def _visible_policies(user: User, pks: Collection[int]) -> Iterable[int]:
    return Policy.objects.filter(pk__in=pks).values_list("pk", flat=True)


references.register("policies.deliveryround", _visible_rounds)
references.register("policies.deliverycase", _visible_cases)


def _visible_objections(user: User, pks: Collection[int]) -> Iterable[int]:
    return Objection.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)


references.register("policies.objection", _visible_objections)
references.register("policies.materialheld", _visible_materials)
if "policies.policy" not in references.labels():
    references.register("policies.policy", _visible_policies)

"""What duties declare to the rest of the program: their kinds of notices."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from lianshang.core import references
from lianshang.core.accounts.models import User
from lianshang.core.notices.choices import Channel
from lianshang.core.notices.kinds import register_kind
from lianshang.core.workflow import answer_sheet  # noqa: F401 - registers its kind of paper
from lianshang.core.workflow.models import Duty, Origin
from lianshang.core.workflow.models.origins import AnswerSheet

register_kind("duties.changed", _("事项有进展"))
register_kind(
    "duties.escalated", _("事项快到期或超期"), (Channel.WECOM, Channel.DINGTALK, Channel.SMS)
)


def _visible_duties(user: User, pks: Collection[int]) -> Iterable[int]:
    return Duty.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)


def _visible_origins(user: User, pks: Collection[int]) -> Iterable[int]:
    return Origin.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)


references.register("workflow.duty", _visible_duties)
references.register("workflow.origin", _visible_origins)


def _visible_sheets(user: User, pks: Collection[int]) -> Iterable[int]:
    sheets = AnswerSheet.objects.visible_to(user).filter(pk__in=pks)
    return sheets.values_list("pk", flat=True)


references.register("workflow.answersheet", _visible_sheets)

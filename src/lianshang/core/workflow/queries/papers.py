"""Which papers can be issued about duties and origins, and which were."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.papers.models import Paper
from lianshang.core.papers.queries import papers_of
from lianshang.core.workflow.choices import OPEN, OriginKind
from lianshang.core.workflow.models import Duty, Origin
from lianshang.core.workflow.models.origins import AnswerSheet
from lianshang.core.workflow.queries.standings import standing_of
from lianshang.core.workflow.queries.workbench import rows_of


@dataclass(frozen=True)
class PaperLink:
    """A paper that can be issued."""

    label: str | Promise
    url: str


def for_duty(duty: Duty) -> list[PaperLink]:
    """A slip while it is open, a letter once it is overdue."""
    if duty.state not in OPEN:
        return []
    found = [PaperLink(_("出承办单"), reverse("workflow:slip", args=[duty.pk]))]
    if standing_of(duty).is_overdue(clock.now()):
        found.append(PaperLink(_("发督办函"), reverse("workflow:letter", args=[duty.pk])))
    return found


def for_origin(origin: Origin) -> list[PaperLink]:
    """Minutes of a meeting, a sheet for each unit that asked, the reply to an instruction."""
    if origin.kind == OriginKind.MEETING:
        return [PaperLink(_("出会议纪要"), reverse("workflow:minutes", args=[origin.pk]))]
    if origin.kind == OriginKind.RESEARCH:
        return [
            PaperLink(
                _("出答复单：%s") % asker.name,
                reverse("workflow:answer", args=[origin.pk, asker.pk]),
            )
            for asker in askers_of(origin)
        ]
    if origin.is_settled:
        return [PaperLink(_("出办理结果"), reverse("workflow:reply", args=[origin.pk]))]
    return []


def askers_of(origin: Origin) -> list[Unit]:
    """Who raised its questions."""
    asked = origin.duties.values("asker")
    return list(Unit.objects.filter(pk__in=asked).order_by("name", "pk"))


def papers_of_origin(user: User, origin: Origin) -> QuerySet[Paper]:
    """About the origin, and about those answer sheets of it that the user may see."""
    sheets = AnswerSheet.objects.visible_to(user).filter(origin=origin).values_list("pk", flat=True)
    about = Paper.objects.filter(
        label=AnswerSheet._meta.label_lower, object_pk__in=list(sheets)
    ).with_proof()
    return papers_of(origin) | about


def overdue_of_owner(user: User, owner: Unit) -> list[Duty]:
    """What a unit owns, is overdue, and the user may see; the longest overdue first."""
    duties = Duty.objects.visible_to(user).still_open().filter(owner=owner)
    rows = rows_of(duties.select_related("kind", "owner", "asker", "origin"))
    return [row.duty for row in rows if row.is_overdue]

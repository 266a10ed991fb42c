"""The list of papers, one paper, its file, its scan, and a bulletin written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core.audit.actions import record_access
from lianshang.core.audit.models import AccessKind
from lianshang.core.files.views import as_file
from lianshang.core.papers.actions.issuing import issue_paper, take_scan
from lianshang.core.papers.choices import KindName
from lianshang.core.papers.forms import BulletinForm, ScanForm
from lianshang.core.papers.kinds import KINDS
from lianshang.core.papers.models import Paper
from lianshang.core.papers.queries import issuing_units
from lianshang.core.ui import formats
from lianshang.core.ui.columns import Column
from lianshang.core.ui.details import DetailPage
from lianshang.core.ui.filters import ChoiceFilter, DayFilter, YesNoFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, Page, PageLink
from lianshang.core.ui.states import badge


def all_papers() -> Crumb:
    return Crumb(_("文书"), reverse("papers:papers"))


def proof_badge(sealed_on: date | None) -> str:
    """Sealed and back, or not yet."""
    return badge(_("已盖章回传"), "met") if sealed_on else badge(_("待盖章回传"), "unknown")


def kind_label(paper: Paper) -> Any:
    """Also of kinds that other parts of the program register."""
    return KINDS[paper.kind].label


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind.name, kind.label) for kind in KINDS.values()]


class Returned(YesNoFilter):
    """Whether a stamped scan is there."""

    def narrow(self, rows: QuerySet[Any], values: Any) -> QuerySet[Any]:
        chosen = values[self.name]
        return rows.filter(scans__isnull=chosen == "no").distinct() if chosen else rows


class PaperList(RegisterList):
    """The papers of one's offices, and those about what one sees."""

    permission = "papers.view"
    title = _("文书")
    counter = _("份文书")
    columns = (
        Column("title", _("标题"), sort="title", note=lambda paper: paper.number),
        Column("kind", _("文种"), value=kind_label),
        Column("unit", _("印发单位"), sort="unit__name"),
        Column("issued_at", _("印发时间"), sort="issued_at"),
        Column("sealed_on", _("状态"), display=proof_badge, note=lambda paper: paper.sealed_on),
    )
    filters = (
        ChoiceFilter("kind", _("文种"), choices=lambda _user: kind_choices()),
        Returned("returned", _("已盖章回传")),
        DayFilter("issued", _("印发日期"), path="issued_at__date"),
    )
    search_fields = ("title", "number")
    search_hint = _("搜标题、发文字号…")
    default_sort = "-issued_at"
    empty_text = _("承办单、督办函、会议纪要从办理页面生成；简报可以在这里撰写。")

    def get_queryset(self) -> QuerySet[Any]:
        return Paper.objects.visible_to(self.user).with_proof().select_related("unit")

    def links(self) -> Sequence[PageLink]:
        return (
            PageLink(_("写简报"), reverse("papers:bulletin"), "papers.issue", primary=True),
            PageLink(_("文书模板"), reverse("papers:templates"), "papers.templates"),
        )


class PaperDetail(DetailPage):
    """One paper: the file to print, the proof that it came back sealed, attachments."""

    permission = "papers.view"
    place = "papers.detail"

    def get_queryset(self) -> QuerySet[Any]:
        papers = Paper.objects.visible_to(self.user).with_proof()
        return papers.select_related("unit", "template", "issued_by")

    def facts(self) -> Sequence[Any]:
        return (self.subject.number, self.subject.unit, formats.moment(self.subject.issued_at))

    def tags(self) -> Sequence[Any]:
        return (kind_label(self.subject),)

    def crumbs(self) -> Sequence[Crumb]:
        return (all_papers(),)

    def links(self) -> Sequence[PageLink]:
        pk = self.subject.pk
        return (
            PageLink(_("下载 Word"), reverse("papers:download", args=[pk]), primary=True),
            PageLink(_("登记盖章件"), reverse("papers:scan", args=[pk]), "papers.issue"),
        )


class OfPaper(Page):
    """A page about one paper that the user sees."""

    paper: Paper

    def find(self) -> None:
        """Load the paper that the address names."""
        self.paper = get_object_or_404(Paper.objects.visible_to(self.user), pk=self.kwargs["pk"])


class Download(OfPaper):
    """The document as it was issued; logged."""

    permission = "papers.view"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.find()
        record_access(actor=self.user, kind=AccessKind.EXPORT, subject=self.paper)
        return as_file(self.paper.read(), self.paper.file_name, "docx")


class TakeScan(FormPage, OfPaper):
    """Take the signed and sealed paper back."""

    permission = "papers.issue"
    title = _("登记盖章件")
    form_class = ScanForm
    intro = _("上传签字盖章后的扫描件作为凭证。再次上传不会覆盖以前的。")
    submit = _("登记")
    done = _("盖章件已登记。")

    def prepare(self) -> None:
        self.find()
        self.back = self.paper.get_absolute_url()

    def crumbs(self) -> Sequence[Crumb]:
        return (all_papers(), Crumb(self.paper.number, self.back))

    def act(self, form: ScanForm) -> str:
        take_scan(actor=self.user, paper=self.paper, **form.cleaned_data)
        return self.back


class WriteBulletin(FormPage):
    """A bulletin by hand: title, items, figures with their sources, recipients."""

    permission = "papers.issue"
    title = _("写简报")
    form_class = BulletinForm
    intro = _("提交后编号并生成 Word；编号不收回，请先核对内容。")
    submit = _("印发")
    done = _("简报已印发。")

    def prepare(self) -> None:
        self.units = issuing_units(self.user)
        self.back = reverse("papers:papers")

    def crumbs(self) -> Sequence[Crumb]:
        return (all_papers(),)

    def form_arguments(self) -> dict[str, Any]:
        return {"units": [(unit.pk, unit.name) for unit in self.units]}

    def act(self, form: BulletinForm) -> str:
        unit = next(one for one in self.units if str(one.pk) == form.cleaned_data["unit"])
        paper = issue_paper(
            actor=self.user,
            kind=KindName.BULLETIN,
            subject=None,
            context=form.bulletin(),
            unit=unit,
        )
        return paper.get_absolute_url()

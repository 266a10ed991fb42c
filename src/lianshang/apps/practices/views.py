"""Pages of practices: the list, one practice, installing, removing, the self-audit."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.practices.actions.installing import install_pack
from lianshang.apps.practices.actions.removing import remove_pack
from lianshang.apps.practices.choices import Fate, RowState
from lianshang.apps.practices.forms import InstallForm
from lianshang.apps.practices.models import InstalledPack
from lianshang.apps.practices.queries.guides import blocks
from lianshang.apps.practices.queries.installed import RowReport, verify
from lianshang.apps.practices.queries.outcomes import Outcome
from lianshang.apps.practices.queries.practices import Line, Progress, line_of, lines
from lianshang.apps.practices.queries.self_audit import self_audit
from lianshang.core import clock
from lianshang.core.formalism import DOCUMENT
from lianshang.core.formalism.clauses import TO_CONFIRM
from lianshang.core.ui.access import may
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.pages import Crumb, Page, PageLink, Text

TONES = {
    Progress.INSTALLED: "met",
    Progress.AVAILABLE: "person",
    Progress.BROKEN: "short",
    Progress.NOT_YET: "not",
}
ROW_TONES = {RowState.SAME: "met", RowState.CHANGED: "person", RowState.GONE: "unknown"}


class PracticeList(Page):
    """The eighteen practices and every other pack, with how far each is."""

    permission = "packs.view"
    title = _("实践包")
    template_name = "practices/list.html"

    def links(self) -> Sequence[PageLink]:
        return (PageLink(_("形式主义自查"), reverse("practices:formalism"), "packs.view"),)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        found = lines()
        rows = [(line, TONES[line.progress]) for line in found]
        installed = sum(1 for line in found if line.installed)
        others = sum(1 for line in found if line.practice is None)
        return self.answer(rows=rows, total=len(found) - others, others=others, installed=installed)


class OfPractice(Page):
    """A page under one practice."""

    permission = "packs.view"
    line: Line

    def find(self, name: str) -> Line:
        line = line_of(name)
        if line is None:
            raise Http404(gettext("没有编号为“%s”的实践。") % name)
        return line

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("实践包"), reverse("practices:list")),)


class PracticeDetail(OfPractice):
    """What a practice is, what its pack brings, how the installed rows stand."""

    template_name = "practices/detail.html"

    def links(self) -> Sequence[PageLink]:
        line, found = self.line, []
        if line.newer or line.progress == Progress.AVAILABLE:
            label = _("更新到 %s") % line.newer if line.newer else _("安装")
            url = reverse("practices:install", args=[line.id])
            found.append(PageLink(label, url, "packs.manage", primary=True))
        if line.installed:
            url = reverse("practices:remove", args=[line.id])
            found.append(PageLink(_("移除"), url, "packs.manage"))
        return found

    def get(self, request: HttpRequest, name: str) -> HttpResponseBase:
        self.line = self.find(name)
        self.title = self.line.name
        offer, installed = self.line.offer, self.line.installed
        pack = offer.pack if offer else None
        found = verify(installed) if installed else None
        return self.answer(
            line=self.line,
            tone=TONES[self.line.progress],
            pack=pack,
            wanted=self.line.definition,
            brings=list(pack.rows(with_scenery=True)) if pack else (),
            verification=found,
            rows=[self.row(one) for one in found.rows] if found else (),
            guide=list(blocks(pack.guide)) if pack else (),
            problems=offer.problems.problems if offer and offer.problems else (),
        )

    def row(self, one: RowReport) -> dict[str, Any]:
        name, permission = one.section.page
        url = ""
        if name and one.state != RowState.GONE and may(self.user, permission):
            try:
                url = reverse(name, args=[one.row.object_pk])
            except NoReverseMatch:  # that part has no page on this face
                url = ""
        return {"report": one, "url": url, "tone": ROW_TONES[one.state]}


class _Deed(FormPage, OfPractice):
    """Something done with one pack."""

    permission = "packs.manage"

    def prepare(self) -> None:
        self.line = self.find(self.kwargs["name"])
        self.back = reverse("practices:detail", args=[self.line.id])

    def told(self, outcome: Outcome) -> str:
        """Where to go; what was done is said there."""
        counts = [f"{fate.label} {count}" for fate in Fate if (count := outcome.count(fate))]
        messages.success(self.request, "，".join(counts) or gettext("没有变化"))
        for row in outcome.of(Fate.KEPT):
            messages.info(self.request, f"{row.label}：{row.reason}")
        return self.back


class InstallPack(_Deed):
    """Install a pack, or bring it to the version at hand."""

    title: Text = _("安装实践包")
    intro = _("全部装入，或一项也不装；重复安装不产生变化；本区改过的内容保留。")
    submit = _("确认安装")
    form_class = InstallForm

    def prepare(self) -> None:
        super().prepare()
        if not (self.line.offer and self.line.offer.pack):
            raise Http404(gettext("这个实践还没有可安装的包。"))
        self.title = gettext("安装：%s") % self.line.name

    def act(self, form: Any) -> str:
        assert self.line.offer is not None  # prepare() has looked
        assert self.line.offer.pack is not None
        data = form.cleaned_data
        return self.told(install_pack(actor=self.user, pack=self.line.offer.pack, **data))


class RemovePack(_Deed):
    """Remove a pack."""

    title: Text = _("移除实践包")
    intro = _("只移除本包新建、本区没有改过、也没有使用的内容；其余转归本区，逐项列出。")
    submit = _("确认移除")
    is_dangerous = True
    form_class = ReasonForm

    def prepare(self) -> None:
        super().prepare()
        if not InstalledPack.objects.filter(code=self.line.id).exists():
            raise Http404(gettext("没有安装这个实践包。"))
        self.title = gettext("移除：%s") % self.line.name

    def act(self, form: Any) -> str:
        outcome = remove_pack(actor=self.user, code=self.line.id, **form.cleaned_data)
        self.back = reverse("practices:list")
        return self.told(outcome)


class FormalismAudit(OfPractice):
    """The yearly self-audit against the five don'ts; made to be printed."""

    title = _("形式主义自查报告")
    template_name = "practices/formalism.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        reports = self_audit()
        return self.answer(
            reports=reports,
            refused=sum(report.refused for report in reports),
            document=DOCUMENT,
            to_confirm=TO_CONFIRM,
            day=clock.today(),
        )

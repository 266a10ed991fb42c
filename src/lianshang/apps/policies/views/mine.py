"""“My policies”: the report of a firm, as a page to print and as a Word document."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.enterprises.queries.register import own_enterprises
from lianshang.apps.policies.queries.mine import my_policies
from lianshang.apps.policies.queries.mine_paper import report_of
from lianshang.core import clock
from lianshang.core.audit.actions import record_access
from lianshang.core.audit.models import AccessKind
from lianshang.core.files.views import as_file
from lianshang.core.ui.pages import Crumb, Page, PageLink


class _OfOneFirm(Page):
    """About a firm of one's own, or for staff one that they see (`?firm=`)."""

    permission = "policies.view"
    firm: Enterprise

    def find(self, request: HttpRequest, kind: str) -> None:
        """The firm that is meant; what staff look at is logged."""
        asked = request.GET.get("firm", "")
        self.own = list(own_enterprises(self.user)) if self.user.may("portal.view") else []
        mine = [one for one in self.own if not asked or f"{one.pk}" == asked]
        self.is_own = bool(mine)
        if mine:
            self.firm = mine[0]
            return
        if not asked.isdecimal() or not self.user.may("workbench.view"):
            raise Http404
        self.firm = get_object_or_404(Enterprise.objects.visible_to(self.user), pk=int(asked))
        record_access(actor=self.user, kind=kind, subject=self.firm, purpose=_text("我的政策报告"))

    def of_firm(self, name: str) -> str:
        """The address of a page about the same firm."""
        return f"{reverse(name)}?firm={self.firm.pk}"


class MyPolicies(_OfOneFirm):
    """What the firm can have, what is lacking, and how to get it."""

    title: str | Promise = _("我的政策")
    template_name = "policies/mine.html"
    is_waiting = False

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if "firm" not in request.GET and self.user.may("workbench.view"):
            return HttpResponseRedirect(reverse("enterprises:list"))
        self.is_waiting = self.user.may("portal.view") and not own_enterprises(self.user).exists()
        if self.is_waiting:  # the menu leads here: the account is there before its firm is
            return self.answer(is_waiting=True)
        self.find(request, AccessKind.DETAIL)
        self.title = _text("%(firm)s：我的政策") % {"firm": self.firm.name}
        report = my_policies(self.firm, on=clock.today())
        return self.answer(
            report=report,
            firm=self.firm,
            own=self.own if len(self.own) > 1 else [],
            is_own=self.is_own,
            may_record=self.user.may("facts.record"),
        )

    def crumbs(self) -> Sequence[Crumb]:
        if self.is_waiting or self.is_own:
            return ()
        page = reverse("enterprises:detail", args=[self.firm.pk])
        return (Crumb(_("企业"), reverse("enterprises:list")), Crumb(self.firm.name, page))

    def links(self) -> Sequence[PageLink]:
        if self.is_waiting:
            return ()
        what_if = reverse("policies:what-if", args=[self.firm.pk])
        report = self.of_firm("policies:mine-report")
        return (
            PageLink(_("如果……"), what_if),
            PageLink(_("下载 Word 报告"), report, primary=True),
        )


class MyPoliciesReport(_OfOneFirm):
    """The same as a Word document."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.find(request, AccessKind.EXPORT)
        today = clock.today()
        name = _text("%(firm)s-我的政策-%(day)s.docx") % {"firm": self.firm.name, "day": today}
        return as_file(report_of(my_policies(self.firm, on=today)), name, "docx")

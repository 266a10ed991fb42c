"""The editor: form and text side by side, checked as one types."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.actions.drafts import save_draft
from lianshang.apps.policies.models import PolicyDraft
from lianshang.apps.policies.queries import draft_text, fair_competition, proposals
from lianshang.apps.policies.queries.draft_form import parts
from lianshang.apps.policies.queries.draft_writing import written_back
from lianshang.apps.policies.queries.drafts import facts
from lianshang.apps.policies.queries.examining import Examination, examine
from lianshang.apps.policies.queries.simulation import affected
from lianshang.apps.policies.queries.wording import TONES
from lianshang.core import clock
from lianshang.core.ui.pages import Crumb, Page, PageLink


class _OfDraft(Page):
    permission = "policies.write"

    @property
    def draft(self) -> PolicyDraft:
        drafts = PolicyDraft.objects.visible_to(self.user)
        return get_object_or_404(drafts, pk=self.kwargs["pk"])


def posted_text(posted: Any) -> str:
    """The text as posted, or with the posted form in it if the form is the newer side.

    A text that cannot be read takes nothing from a form: it stays as it is.
    """
    text: str = posted.get("text", "").replace("\r\n", "\n")
    if posted.get("side") != "form" and not posted.get("add"):
        return text
    document = draft_text.read(text)
    if document.fault:
        return text
    form = {**posted.dict(), "boxes": " ".join(posted.getlist("boxes"))}
    return draft_text.write(written_back(document.data, form))


def checked(text: str, cases: str) -> dict[str, Any]:
    """What the findings show."""
    found = examine(text, cases)
    return {
        "examination": found,
        "suspicions": fair_competition.suspicions(found.mapping),
    }


class Editor(_OfDraft):
    """The editor's page; it works without scripts as two forms with buttons."""

    template_name = "policies/editor.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        draft = self.draft
        if not draft.is_open:
            return HttpResponseRedirect(draft.get_absolute_url())
        return self.show(draft, draft.text, draft.cases)

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        draft, posted = self.draft, request.POST
        text, cases = posted_text(posted), posted.get("cases", "")
        try:
            save_draft(
                actor=self.user, draft=draft, text=text, cases=cases, seen=posted.get("seen", "")
            )
        except ValidationError as error:
            return self.show(draft, text, cases, refusals=error.messages, status=422)
        return HttpResponseRedirect(request.path)

    def show(
        self,
        draft: PolicyDraft,
        text: str,
        cases: str,
        refusals: Sequence[str] = (),
        status: int = 200,
    ) -> HttpResponse:
        self.title = _text("编辑：%(name)s") % {"name": draft.name}
        return self.answer(
            status=status,
            draft=draft,
            text=text,
            cases=cases,
            refusals=refusals,
            seen=draft.updated_at.isoformat(),
            parts=parts(draft_text.read(text).data),
            facts=facts(),
            may_propose=proposals.is_on(),
            **checked(text, cases),
        )

    def links(self) -> Sequence[PageLink]:
        pk = self.kwargs["pk"]
        return (
            PageLink(_("公平竞争审查"), reverse("policies:draft-review", args=[pk])),
            PageLink(_("模拟"), reverse("policies:draft-simulation", args=[pk])),
            PageLink(_("查看与提交"), reverse("policies:draft", args=[pk])),
        )

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("政策草稿"), reverse("policies:drafts")),)


class CheckDraft(_OfDraft):
    """Both sides of the editor and what is wrong, for a text that is not saved."""

    def post(self, request: HttpRequest, pk: int) -> JsonResponse:
        _draft = self.draft  # 404 for those who may not see it
        posted = request.POST
        text, cases = posted_text(posted), posted.get("cases", "")
        context = checked(text, cases)
        found: Examination = context["examination"]
        form = None
        if not found.policy and not found.mapping:
            form = None  # unreadable: the form keeps what it shows
        elif posted.get("side") != "form" or posted.get("add") or posted.get("redraw"):
            form = render_to_string(
                "policies/draft_form.html", {"parts": parts(found.mapping)}, request
            )
        return JsonResponse(
            {
                "text": text,
                "form": form,
                "findings": render_to_string("policies/draft_findings.html", context, request),
                "marks": [_mark(one) for one in found.findings],
                "caseMarks": [_mark(one) for one in found.case_findings],
            }
        )


def _mark(one: Any) -> dict[str, Any]:
    return {"line": one.line, "severity": one.severity, "text": one.text}


class CountAffected(_OfDraft):
    """How many firms a text that is not saved would reach."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._count(self.draft.text)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        _draft = self.draft  # 404 for those who may not see it
        return self._count(request.POST.get("text", ""))

    def _count(self, text: str) -> HttpResponse:
        policy = examine(text, "").policy
        context: dict[str, Any] = {"standings": None}
        if policy is not None:
            firms = Enterprise.objects.visible_to(self.user).values_list("pk", flat=True)
            try:
                counts, effect = affected(policy, list(firms), on=clock.today())
            except ValueError:  # PolicyError: the findings say what is wrong
                return render(self.request, "policies/draft_affected.html", context)
            standings = [(one, TONES[one], count) for one, count in counts.items()]
            context = {"standings": standings, "effect": effect, "on": clock.today()}
        return render(self.request, "policies/draft_affected.html", context)


class FactNames(Page):
    """The facts an expression may name: a page to search, and the list for completion."""

    permission = "policies.write"
    title = _("数据项名称")
    template_name = "policies/fact_names.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        found = facts(request.GET.get("q", ""))
        if request.GET.get("as") == "json":
            return JsonResponse({"facts": found})
        if request.headers.get("HX-Request"):
            return render(request, "policies/fact_list.html", {"facts": found})
        return self.answer(facts=found, q=request.GET.get("q", ""))

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("政策草稿"), reverse("policies:drafts")),)

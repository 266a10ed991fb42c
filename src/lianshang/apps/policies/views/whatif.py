"""What if: another fact of a firm, another number of a policy. Nothing is stored."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries import whatif, wording
from lianshang.apps.policies.queries.reasons import variable_label
from lianshang.core import clock
from lianshang.core.ui.pages import Crumb, Page

MOST = 12  # assumptions at once


class FirmWhatIf(Page):
    """Assume facts of a firm, one after the other, and see which policies would answer otherwise.

    Every assumption is in the address: `assume=fact:value` for those made, `fact` and `value` for
    the one being added, `pick` for the fact that its form holds already.
    """

    permission = "policies.view"
    title = _("如果……")
    template_name = "policies/what_if.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.firm = get_object_or_404(Enterprise.objects.visible_to(self.user), pk=pk)
        on, self.error = clock.today(), ""
        assumed = self._assumed()
        is_part = request.headers.get("HX-Target") == "what-if"
        return self.answer(
            "policies/what_if_form.html" if is_part else None,
            firm=self.firm,
            assumed=[
                {
                    "entry": f"{name}:{text}",
                    "label": variable_label(name, on),
                    "shown": whatif.shown_value(name, value),
                    "without": self._without(f"{name}:{text}"),
                }
                for name, (text, value) in assumed.items()
            ],
            followed=whatif.changed_facts(
                self.firm, {name: value for name, (_written, value) in assumed.items()}, on=on
            ),
            labels=sorted(whatif.facts_by_label(on)),
            suggested=[
                (text, self._picking(text)) for _name, text in whatif.suggested(self.firm, on=on)
            ],
            fact=request.GET.get("fact" if self.error else "pick", ""),
            value=request.GET.get("value", "") if self.error else "",
            error=self.error,
        )

    def _assumed(self) -> dict[str, tuple[str, Any]]:
        """Fact → what was written and what it means; what cannot be read is told, not applied."""
        entries = self.request.GET.getlist("assume")[:MOST]
        pairs = [tuple(entry.split(":", 1)) for entry in entries if ":" in entry]
        fact = self.request.GET.get("fact", "").strip()
        if fact:
            pairs.append((fact, self.request.GET.get("value", "").strip()))
        found: dict[str, tuple[str, Any]] = {}
        for written, value in pairs:
            try:
                name = whatif.read_fact(written, clock.today())
                found[name] = value, whatif.read_value(name, value)
            except ValidationError as error:
                self.error = error.messages[0]
        return found

    def _picking(self, label: str) -> str:
        """The same page with a fact in the form, whose value is then asked."""
        query = QueryDict(mutable=True)
        query.setlist("assume", self.request.GET.getlist("assume"))
        query["pick"] = label
        return f"{self.request.path}?{query.urlencode()}"

    def _without(self, entry: str) -> str:
        query = self.request.GET.copy()
        kept = [one for one in query.getlist("assume") if one != entry]
        for gone in ("fact", "value", "pick"):
            query.pop(gone, None)
        query.setlist("assume", kept)
        return f"{self.request.path}?{query.urlencode()}"

    def crumbs(self) -> Sequence[Crumb]:
        page = reverse("enterprises:detail", args=[self.firm.pk])
        return (Crumb(self.firm.name, f"{page}?tab=policies"),)


class PolicyWhatIf(Page):
    """Another number of a policy over the firms that the reader sees."""

    permission = "enterprises.view"
    title = _("如果改参数……")
    template_name = "policies/policy_what_if.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.policy = get_object_or_404(Policy, pk=pk)
        on = clock.today()
        compiled = whatif.compiled_policy(self.policy.code, on)
        if compiled is None:
            raise Http404
        changed, errors = {}, []
        for number in whatif.numbers_of(compiled):
            text = request.GET.get(f"p_{number.name}", "").strip()
            if text and text != number.value:
                try:
                    changed[number.name] = whatif.read_parameter(compiled, number.name, text)
                except ValidationError as error:
                    errors.append(f"{number.label}：{error.messages[0]}")
        firms = Enterprise.objects.visible_to(self.user).present().values_list("pk", flat=True)
        found = None
        if changed and not errors:
            found = whatif.changed_parameters(compiled.policy, changed, list(firms), on=on)
        is_part = request.headers.get("HX-Target") == "policy-what-if"
        return self.answer(
            "policies/policy_what_if_result.html" if is_part else None,
            policy=self.policy,
            found=found,
            errors=errors,
            numbers=[
                (number, request.GET.get(f"p_{number.name}", number.value))
                for number in whatif.numbers_of(compiled)
            ],
        )

    def crumbs(self) -> Sequence[Crumb]:
        detail = reverse("policies:detail", args=[self.policy.pk])
        return (
            Crumb(gettext("政策"), reverse("policies:list")),
            Crumb(wording.policy_name(self.policy), detail),
        )

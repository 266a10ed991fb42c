"""What would follow if a policy, or a draft of one, were in force."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.models import Policy, PolicyDraft
from lianshang.apps.policies.queries.examining import examine
from lianshang.apps.policies.queries.library import library
from lianshang.apps.policies.queries.simulation import Simulation, simulate
from lianshang.apps.policies.queries.wording import TONES, label, policy_name
from lianshang.core import clock
from lianshang.core.audit.actions import record_access
from lianshang.core.audit.models import AccessKind
from lianshang.core.ui.pages import Crumb, Page

LISTED = 50  # firms named in each list


class _Simulation(Page):
    permission = "policies.write"
    template_name = "policies/simulation.html"

    def show(self, definition: Any) -> HttpResponse:
        """The simulation, or why there is none."""
        if definition is None:
            return self.answer(simulation=None)
        firms = Enterprise.objects.visible_to(self.user).values_list("pk", flat=True)
        try:
            found = simulate(definition, list(firms), on=clock.today())
        except ValueError:  # PolicyError: an error the editor names
            return self.answer(simulation=None)
        return self.answer(simulation=found, **_wording(found))


def _wording(found: Simulation) -> dict[str, Any]:
    compared = found.comparison
    moves: list[tuple[Any, Any]] = []
    if compared:
        moves = [
            (_("新纳入"), compared.entering),
            (_("退出"), compared.leaving),
            (_("金额增加"), compared.rising),
            (_("金额减少"), compared.falling),
        ]
    shown = [*found.recipients[:LISTED]]
    pks = {one.firm for one in shown}
    pks |= {one.firm for _label, rows in moves for one in rows[:LISTED]}
    names: Mapping[int, str] = dict(Enterprise.objects.filter(pk__in=pks).values_list("pk", "name"))
    return {
        "standings": [(one, TONES[one], count) for one, count in found.counts.items()],
        "recipients": [(one, names.get(one.firm, "")) for one in shown],
        "thresholds": [(label(one.threshold.label), one) for one in found.thresholds],
        "overlaps": [(label(one.name), one) for one in found.overlaps],
        "older": label(compared.name) if compared else "",
        "moves": [
            (title, len(rows), [(one, names.get(one.firm, "")) for one in rows[:LISTED]])
            for title, rows in moves
        ],
        "listed": LISTED,
    }


class SimulateDraft(_Simulation):
    """Of a draft as it was last saved."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.draft = get_object_or_404(PolicyDraft.objects.visible_to(self.user), pk=pk)
        self.title = _("模拟：%(name)s") % {"name": self.draft.name}
        record_access(actor=self.user, kind=AccessKind.DETAIL, subject=self.draft)
        return self.show(examine(self.draft.text, "").policy)

    def crumbs(self) -> Sequence[Crumb]:
        page = self.draft.get_absolute_url()
        return (Crumb(_("政策草稿"), reverse("policies:drafts")), Crumb(self.draft.name, page))


class SimulatePolicy(_Simulation):
    """Of a policy of the library."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.policy = get_object_or_404(Policy, pk=pk)
        self.title = _("模拟：%(name)s") % {"name": policy_name(self.policy)}
        record_access(actor=self.user, kind=AccessKind.DETAIL, subject=self.policy)
        return self.show(library().policies.get(self.policy.code))

    def crumbs(self) -> Sequence[Crumb]:
        page = reverse("policies:detail", args=[self.policy.pk])
        return (
            Crumb(_("政策"), reverse("policies:list")),
            Crumb(policy_name(self.policy), page),
        )

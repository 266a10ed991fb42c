"""The versions of a policy side by side; public like the library."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries import wording
from lianshang.apps.policies.queries.versions import side_by_side
from lianshang.core.ui.pages import Crumb, Page


class Versions(Page):
    """What each version asks and gives, what differs marked."""

    permission = None
    template_name = "policies/versions.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.policy = get_object_or_404(Policy, pk=pk)
        compared = side_by_side(self.policy.family)
        if compared is None:
            raise Http404
        name = wording.policy_name(self.policy)
        self.title = _text("%(policy)s：版本对照") % {"policy": name}
        return self.answer(compared=compared)

    def crumbs(self) -> Sequence[Crumb]:
        detail = reverse("policies:detail", args=[self.policy.pk])
        return (
            Crumb(_("政策"), reverse("policies:list")),
            Crumb(wording.policy_name(self.policy), detail),
        )

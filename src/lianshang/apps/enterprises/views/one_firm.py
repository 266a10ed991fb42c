"""Form pages about one firm that this user may see."""

from collections.abc import Sequence

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.pages import Crumb


class AboutOneFirm(FormPage):
    """A form page about one firm this user may see."""

    firm: Enterprise

    def prepare(self) -> None:
        self.firm = get_object_or_404(
            Enterprise.objects.visible_to(self.user), pk=self.kwargs["pk"]
        )
        self.back = reverse("enterprises:detail", args=[self.firm.pk])

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("企业"), reverse("enterprises:list")), Crumb(self.firm.name, self.back))

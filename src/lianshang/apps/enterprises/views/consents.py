"""Consents that a firm gives and takes back."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises import forms
from lianshang.apps.enterprises.actions.facts import announce_facts
from lianshang.apps.enterprises.views.one_firm import AboutOneFirm
from lianshang.core.consent.actions import give_consent, withdraw_consent
from lianshang.core.consent.models import Consent
from lianshang.core.ui.forms import ReasonForm


class GiveConsent(AboutOneFirm):
    """A firm lets the zone, or a bank, use what a source holds about it."""

    permission = "consents.give"
    title = _("授权使用数据")
    form_class = forms.ConsentForm
    done = _("授权已生效，可随时撤回。")

    def prepare(self) -> None:
        super().prepare()
        self.back = reverse("home:index")

    def act(self, form: Any) -> str:
        give_consent(actor=self.user, owner=self.firm.unit, **form.chosen())
        announce_facts(actor=self.user, enterprises={self.firm.pk}, quantity_codes=set())
        return self.back


class WithdrawConsent(AboutOneFirm):
    """A firm takes a consent back."""

    permission = "consents.give"
    title = _("撤回授权")
    intro = _("撤回后不再使用；此前已使用的结果不受影响。")
    submit = _("撤回")
    is_dangerous = True
    form_class = ReasonForm
    done = _("授权已撤回。")

    def prepare(self) -> None:
        super().prepare()
        self.back = reverse("home:index")

    def act(self, form: Any) -> str:
        given = Consent.objects.in_force().filter(owner=self.firm.unit)
        consent = get_object_or_404(given, pk=self.kwargs["consent"])
        withdraw_consent(actor=self.user, consent=consent, reason=form.cleaned_data["reason"])
        announce_facts(actor=self.user, enterprises={self.firm.pk}, quantity_codes=set())
        return self.back

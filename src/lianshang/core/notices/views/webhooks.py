"""One's own webhooks and those of one's firm: addresses, what was posted, posting again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Unit
from lianshang.core.notices import actions, queries
from lianshang.core.notices.forms import WebhookForm
from lianshang.core.notices.models import Webhook
from lianshang.core.notices.views.mine import OwnPage
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.pages import Crumb, PageLink


class Webhooks(OwnPage):
    """The addresses, each with what was posted to it lately."""

    title = "Webhook"
    template_name = "notices/webhooks.html"

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(_("通知设置"), reverse("notices:settings")),)

    def links(self) -> list[PageLink]:
        return [PageLink(_("登记地址"), reverse("notices:webhook-new"), primary=True)]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(hooks=queries.webhooks_of(self.user), resendable=actions.RESENDABLE)


class AddWebhook(OwnPage, FormPage):
    """A new address; its secret is shown once, in the answer to this form."""

    title = _("登记 Webhook 地址")
    intro = _("通知会以签名的 JSON 发到这个地址；密钥只在登记后显示一次。新地址会替换原来的地址。")
    form_class = WebhookForm
    submit = _("登记")

    def prepare(self) -> None:
        self.back = reverse("notices:webhooks")

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb("Webhook", self.back),)

    def form_arguments(self) -> dict[str, Any]:
        firms = Unit.objects.filter(pk__in=self.user.unit_ids(Role.ENTERPRISE))
        return {"units": firms}

    def act(self, form: WebhookForm) -> HttpResponseBase:
        hook: Webhook = actions.add_webhook(actor=self.user, **form.cleaned_data)
        self.template_name = "notices/webhook_added.html"
        response = self.answer(hook=hook)
        response["Cache-Control"] = "no-store"
        return response


class TurnOff(OwnPage):
    """Post there no more."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        hook = get_object_or_404(Webhook.objects.visible_to(self.user), pk=pk)
        actions.turn_webhook_off(actor=self.user, webhook=hook.pk)
        messages.success(request, gettext("已停用。"))
        return HttpResponseRedirect(reverse("notices:webhooks"))


class SendAgain(OwnPage):
    """Post once more what did not arrive."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        delivery = get_object_or_404(queries.posted_for(self.user), pk=pk)
        try:
            actions.resend(actor=self.user, delivery=delivery)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, gettext("已排队重新发送。"))
        return HttpResponseRedirect(reverse("notices:webhooks"))

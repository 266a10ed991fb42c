"""One's own notices, and what one wants to be told where."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.core.notices import actions, entering, queries
from lianshang.core.notices.forms import SettingsForm
from lianshang.core.notices.models import Notice
from lianshang.core.notices.reaching import profiles
from lianshang.core.privacy import shown
from lianshang.core.ui.access import sign_in_first
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.pages import Crumb, Page, PageLink

PAGE = 50


class OwnPage(Page):
    """A page for everybody who is signed in, whatever the role."""

    permission = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return super().dispatch(request, *args, **kwargs)


class MyNotices(OwnPage):
    """What I was told, unread first."""

    title = _("我的通知")
    template_name = "notices/mine.html"

    def links(self) -> list[PageLink]:
        return [PageLink(_("通知设置"), reverse("notices:settings"))]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        pages = Paginator(queries.notices_of(self.user), PAGE)
        page = pages.get_page(request.GET.get("page"))
        return self.answer(page=page, page_numbers=list(pages.get_elided_page_range(page.number)))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Mark one as read, or all."""
        one = request.POST.get("notice")
        mine = Notice.objects.visible_to(self.user)
        chosen = [get_object_or_404(mine, pk=one)] if one else None
        actions.mark_read(actor=self.user, notices=chosen)
        return redirect("notices:mine")


class OpenNotice(OwnPage):
    """The way to what a notice is about; having gone it, one has read the notice."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        notice = get_object_or_404(Notice.objects.visible_to(self.user), pk=pk)
        actions.mark_read(actor=self.user, notices=[notice])
        return HttpResponseRedirect(notice.url)


class Settings(OwnPage, FormPage):
    """Kinds by channels, addresses, quiet times."""

    title = _("通知设置")
    form_class = SettingsForm
    done = _("通知设置已保存。")
    template_name = "notices/settings.html"

    def prepare(self) -> None:
        self.back = reverse("notices:mine")
        self.reach = queries.reach_of(self.user)

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(_("我的通知"), self.back),)

    def form_arguments(self) -> dict[str, Any]:
        initial = {
            "email": self.user.email,
            "phone": shown(self.reach, "phone", reveal=True),  # one's own
            "quiet_from": self.reach.quiet_from,
            "quiet_until": self.reach.quiet_until,
            "quiet_on_days_off": self.reach.quiet_on_days_off,
        }
        return {"initial": initial, "profile": profiles([self.user.pk])[self.user.pk]}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "doors": entering.doors_of(self.reach)}

    def act(self, form: SettingsForm) -> str:
        with transaction.atomic():
            actions.set_reach(actor=self.user, **form.reach())
            actions.choose(actor=self.user, choices=form.choices())
        return reverse("notices:settings")


class SendTest(OwnPage):
    """A notice to oneself, to see whether the channels work."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        address = reverse("notices:settings")
        try:
            actions.send_test(actor=self.user, url=address)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, gettext("测试通知已发出，请在您选择的渠道查收。"))
        return HttpResponseRedirect(address)

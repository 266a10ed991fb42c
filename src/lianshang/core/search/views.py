"""The search page."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from lianshang.core.search.queries import search
from lianshang.core.ui.pages import Page


class Search(Page):
    """Everything the user may see that holds the words; a single hit is opened at once."""

    permission = None
    title = _("搜索")
    template_name = "search/search.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if not self.user.is_authenticated:
            return redirect("account_login")
        words = request.GET.get("q", "").strip()[:100]
        groups = search(self.user, words)
        hits = [entry for group in groups for entry in group.entries]
        if len(hits) == 1 and request.GET.get("go"):
            return redirect(hits[0].url)
        return self.answer(words=words, groups=groups, total=len(hits))

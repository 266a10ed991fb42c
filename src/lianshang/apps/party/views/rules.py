"""The numbers that warn, and changing one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from lianshang.apps.party.actions.rules import change_rule
from lianshang.apps.party.forms import RuleForm
from lianshang.apps.party.models import PartyRule
from lianshang.core.ui.columns import Column
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb


def label(rule: PartyRule) -> str:
    """Its name in the reader's language."""
    return str(rule.label["en" if get_language() == "en" else "zh"])


class RuleList(RegisterList):
    """Every number with its source."""

    permission = "party.view"
    title = gettext_lazy("党建规则")
    counter = gettext_lazy("条")
    columns = (
        Column("label", gettext_lazy("规则"), value=label),
        Column("value", gettext_lazy("数值"), numeric=True, note=lambda one: one.unit),
        Column("source", gettext_lazy("依据"),
               note=lambda one: "" if one.is_confirmed else gettext_lazy("待核")),
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[Any]:
        return PartyRule.objects.all()

    def row_url(self, row: PartyRule) -> str | None:
        return reverse("party:rule", args=[row.pk]) if self.user.may("party.manage") else None


class ChangeRule(FormPage):
    """Another number."""

    permission = "party.manage"
    form_class = RuleForm
    intro = gettext_lazy("规则只提示、不拦截：有上级批准的例外照样可以登记。")

    def prepare(self) -> None:
        self.rule = get_object_or_404(PartyRule, pk=self.kwargs["pk"])
        self.title = label(self.rule)
        self.back = reverse("party:rules")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"value": self.rule.value, "source": self.rule.source}}

    def act(self, form: Any) -> str:
        change_rule(actor=self.user, rule=self.rule, **form.cleaned_data)
        return self.back

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(gettext_lazy("党建规则"), reverse("party:rules")),)

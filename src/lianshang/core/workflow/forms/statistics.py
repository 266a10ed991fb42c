"""What the statistics page is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lianshang.core.ui.forms import DayField, Form
from lianshang.core.workflow.forms.papers import IssueForm
from lianshang.core.workflow.queries.statistic_tables import Grouping, PeriodName, days_of


class PeriodForm(Form):
    """Which days, grouped by what."""

    period = forms.ChoiceField(label=_("时段"), choices=PeriodName.choices, required=False)
    first = DayField(label=_("自定：从"), required=False)
    last = DayField(label=_("至"), required=False)
    by = forms.ChoiceField(label=_("分组"), choices=Grouping.choices, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        given["by"] = given.get("by") or Grouping.OWNER.value
        period = given.get("period") or PeriodName.MONTH.value
        if period == PeriodName.CUSTOM:
            self._check(given.get("first"), given.get("last"))
        else:
            given["first"], given["last"] = days_of(period)
        return {**given, "period": period}

    def _check(self, first: date | None, last: date | None) -> None:
        for name, day in (("first", first), ("last", last)):
            if day is None and name not in self.errors:
                self.add_error(name, ValidationError(_("请填起止日期。")))
        if first and last and first > last:
            self.add_error("last", ValidationError(_("截止日期不能早于开始日期。")))


class BulletinForm(IssueForm):
    """What a bulletin says beside its numbers."""

    headline = forms.CharField(label=_("标题"), max_length=100)
    lead = forms.CharField(
        label=_("导语"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    text = forms.CharField(
        label=_("办理情况"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )

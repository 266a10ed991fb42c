"""Forms of the calendar."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock as present
from lianshang.core.calendars.choices import Scope, SpecialKind, StartChoice, UnitChoice
from lianshang.core.ui.forms import DayField, Form, ReasonField
from lianshang.engines.worktime import Clock, Start, Unit


class HourField(forms.TimeField):
    """A time of day, with the browser's own control."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(**{"widget": widget, **kwargs})


class SpecialDayForm(Form):
    """What a day is, and which document says so."""

    on = DayField(label=_("日期"))
    kind = forms.ChoiceField(label=_("当日安排"), choices=SpecialKind.choices)
    name = forms.CharField(
        label=_("名称"), max_length=40, help_text=_("例如“国庆节”；调休上班日填所调的节日。")
    )
    scope = forms.ChoiceField(
        label=_("适用范围"),
        choices=Scope.choices,
        help_text=_("同一天两者都有时，以本区的为准。"),
    )
    source = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("文件名称和文号，或本区的通知。")
    )
    published_on = DayField(label=_("发布日期"))
    reason = ReasonField()


class AnnouncementForm(Form):
    """That the days off of a year are known."""

    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100)
    document = forms.CharField(label=_("文号"), max_length=100)
    published_on = DayField(label=_("发布日期"))
    reason = ReasonField()


class OfficeHoursForm(Form):
    """The hours of a full day."""

    since = DayField(
        label=_("自何日起"),
        help_text=_("期限在每次查看时计算：改动过去的时间，会改变已经算出的期限。"),
    )
    opens = HourField(label=_("上午上班"))
    pauses = HourField(label=_("上午下班"))
    resumes = HourField(label=_("下午上班"))
    closes = HourField(label=_("下午下班"))
    reason = ReasonField()


class TryForm(Form):
    """A start and a clock."""

    start = forms.DateTimeField(
        label=_("开始时刻"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    amount = forms.IntegerField(label=_("期限"), min_value=0, max_value=999)
    unit = forms.ChoiceField(label=_("单位"), choices=UnitChoice.choices)
    begin = forms.ChoiceField(label=_("起算"), choices=StartChoice.choices)

    @staticmethod
    def usual() -> dict[str, Any]:
        """What stands in the form before anybody tries: three working days from now."""
        now = present.now().astimezone(present.zone_time())
        return {
            "start": f"{now:%Y-%m-%dT%H:%M}",
            "amount": 3,
            "unit": Unit.WORKING_DAYS.value,
            "begin": Start.SAME.value,
        }

    def clock(self) -> Clock:
        asked = self.cleaned_data
        return Clock(asked["amount"], Unit(asked["unit"]), Start(asked["begin"]))

    def moment(self) -> datetime:
        found: datetime = self.cleaned_data["start"]
        return found

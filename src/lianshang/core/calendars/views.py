"""The calendar of a year, trying a time limit, and entering days, years and hours."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.calendars import actions, queries
from lianshang.core.calendars.equations import equation
from lianshang.core.calendars.forms import (
    AnnouncementForm,
    OfficeHoursForm,
    SpecialDayForm,
    TryForm,
)
from lianshang.core.calendars.models import SpecialDay
from lianshang.core.calendars.months import known_days, months, weekday_heads
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.pages import Crumb, Page, PageLink, Text
from lianshang.engines.worktime import due

FIRST_YEAR, LAST_YEAR = 2004, 2100
HOME = _("工作日历")


class YearPage(Page):
    """Twelve months, where each special day comes from, and a time limit to try."""

    permission = "calendar.view"
    title = HOME
    template_name = "calendars/year.html"

    def links(self) -> Sequence[PageLink]:
        return (
            PageLink(_("设置办公时间"), reverse("calendars:hours"), "calendar.manage"),
            PageLink(_("登记放假安排公布"), reverse("calendars:announce"), "calendar.manage"),
            PageLink(_("登记特殊日"), reverse("calendars:day-new"), "calendar.manage", True),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tried = self.tried()
        if request.headers.get("HX-Target") == "tried":
            return self.answer("calendars/tried.html", **tried)
        response = self.answer(**tried, **self.year())
        response["Vary"] = "HX-Target"
        return response

    def year(self) -> dict[str, Any]:
        """What the page shows of the year that is asked for."""
        asked = self.request.GET.get("year", "")
        year = int(asked) if asked.isascii() and asked.isdecimal() else clock.today().year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Http404
        calendar = queries.calendar()
        return {
            "year": year,
            "before": year - 1 if year > FIRST_YEAR else None,
            "after": year + 1 if year < LAST_YEAR else None,
            "is_provisional": year > calendar.announced_until.year,
            "announcement": queries.announcement(year),
            "months": months(calendar, year),
            "weekdays": weekday_heads(),
            "known": known_days(queries.special_days(calendar, year), queries.entered_days(year)),
            "hours": queries.entered_hours(),
            "usual_hours": calendar.office_hours[0],
            "may_manage": self.user.may("calendar.manage"),
        }

    def tried(self) -> dict[str, Any]:
        """The form to try a time limit, and what came of it."""
        if "amount" not in self.request.GET:
            return {"form": TryForm(initial=TryForm.usual())}
        form = TryForm(self.request.GET)
        if not form.is_valid():
            return {"form": form}
        limit, start = form.clock(), form.moment()
        found = due(start, limit, queries.calendar())
        return {"form": form, "found": found, "equation": equation(found, limit, start)}


class CalendarForm(FormPage):
    """What the forms of the calendar share."""

    permission = "calendar.manage"

    def prepare(self) -> None:
        self.back = reverse("calendars:year")

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(HOME, reverse("calendars:year")),)

    def year_of(self, year: int) -> str:
        return f"{self.back}?year={year}"


class NewSpecialDay(CalendarForm):
    """Enter a special day, or correct one: the same day and scope is overwritten."""

    title: Text = _("登记特殊日")
    intro = _("同一天、同一范围已有登记的，以这次为准。")
    form_class = SpecialDayForm
    done = _("特殊日已登记。")

    def act(self, form: SpecialDayForm) -> str:
        day = actions.put_special_day(actor=self.user, **form.cleaned_data)
        return self.year_of(day.on.year)


class RemoveSpecialDay(CalendarForm):
    """Take an entered day back."""

    form_class = ReasonForm
    submit = _("删除登记")
    is_dangerous = True
    done = _("登记已删除。")

    def prepare(self) -> None:
        super().prepare()
        self.day = get_object_or_404(SpecialDay, pk=self.kwargs["pk"])
        self.title = _("删除登记：%(day)s") % {"day": self.day}

    def act(self, form: ReasonForm) -> str:
        actions.remove_special_day(actor=self.user, day=self.day, **form.cleaned_data)
        return self.year_of(self.day.on.year)


class AnnounceYear(CalendarForm):
    """Say that a year's days off were announced and entered."""

    title: Text = _("登记放假安排公布")
    intro = _("先按文件逐日登记该年全国的放假日和调休上班日；登记公布后，该年日期不再标为暂定。")
    form_class = AnnouncementForm
    done = _("已登记公布，该年日期不再是暂定。")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"year": queries.calendar().announced_until.year + 1}}

    def act(self, form: AnnouncementForm) -> str:
        return self.year_of(actions.announce_year(actor=self.user, **form.cleaned_data).year)


class SetOfficeHours(CalendarForm):
    """The hours of a full day, from a day on."""

    title: Text = _("设置办公时间")
    form_class = OfficeHoursForm
    done = _("办公时间已保存。")

    def form_arguments(self) -> dict[str, Any]:
        now = queries.calendar().hours_on(clock.today())
        hours = {name: getattr(now, name) for name in ("opens", "pauses", "resumes", "closes")}
        return {"initial": {"since": clock.today(), **hours}}

    def act(self, form: OfficeHoursForm) -> str:
        actions.set_office_hours(actor=self.user, **form.cleaned_data)
        return self.back

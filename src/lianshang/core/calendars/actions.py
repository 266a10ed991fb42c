"""Entering special days, announced years and office hours."""

from datetime import date, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.calendars import queries
from lianshang.core.calendars.choices import Scope, SpecialKind
from lianshang.core.calendars.models import Announcement, OfficeHours, SpecialDay
from lianshang.engines import worktime

SATURDAY = 5


@action("calendars.put_special_day", gettext_lazy("登记特殊日"))
def put_special_day(
    *,
    actor: User | None,
    on: date,
    kind: str,
    name: str,
    scope: str,
    source: str,
    published_on: date,
    reason: str = "",
) -> SpecialDay:
    """Enter what a day is, or change what was entered for it; a worked weekend day is a make-up
    day."""
    is_make_up = kind != SpecialKind.OFF and on.weekday() >= SATURDAY
    row, _created = SpecialDay.objects.update_or_create(
        on=on,
        scope=scope,
        defaults={
            "kind": kind,
            "name": name,
            "is_make_up": is_make_up,
            "source": source,
            "published_on": published_on,
        },
    )
    return row


@action("calendars.remove_special_day", gettext_lazy("删除特殊日"))
def remove_special_day(*, actor: User | None, day: SpecialDay, reason: str = "") -> None:
    """Take an entered day back; the day is again what the national calendar says."""
    last_of_year = not (
        SpecialDay.objects.filter(on__year=day.on.year, scope=Scope.NATIONAL)
        .exclude(pk=day.pk)
        .exists()
    )
    if last_of_year and Announcement.objects.filter(year=day.on.year).exists():
        raise ValidationError(
            _("%(year)s 年已登记为公布，至少要有一个全国的特殊日；请先登记正确的日期。")
            % {"year": day.on.year}
        )
    day.delete()


@action("calendars.announce_year", gettext_lazy("登记放假安排公布"))
def announce_year(
    *, actor: User | None, year: int, document: str, published_on: date, reason: str = ""
) -> Announcement:
    """From now on the year counts as announced: its entered days must be complete."""
    next_year = queries.calendar().announced_until.year + 1
    if year != next_year and not Announcement.objects.filter(year=year).exists():
        raise ValidationError(
            {"year": _("下一个待公布的年份是 %(year)s 年。") % {"year": next_year}}
        )
    if not SpecialDay.objects.filter(on__year=year, scope=Scope.NATIONAL).exists():
        raise ValidationError(
            {
                "year": _("请先按文件登记 %(year)s 年全国的放假日和调休上班日，再登记公布。")
                % {"year": year}
            }
        )
    row, _created = Announcement.objects.update_or_create(
        year=year, defaults={"document": document, "published_on": published_on}
    )
    return row


@action("calendars.set_office_hours", gettext_lazy("设置办公时间"))
def set_office_hours(
    *,
    actor: User | None,
    since: date,
    opens: time,
    pauses: time,
    resumes: time,
    closes: time,
    reason: str = "",
) -> OfficeHours:
    """The hours from a day on, until other hours begin."""
    try:
        worktime.OfficeHours(opens, pauses, resumes, closes, since)
    except ValueError as error:
        raise ValidationError(
            _("四个时间要依次排列：上午上班早于上午下班，下午上班早于下午下班。")
        ) from error
    row, _created = OfficeHours.objects.update_or_create(
        since=since,
        defaults={"opens": opens, "pauses": pauses, "resumes": resumes, "closes": closes},
    )
    return row

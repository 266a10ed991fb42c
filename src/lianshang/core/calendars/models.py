"""Special days, announced years and office hours, as people enter them."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.core.calendars.choices import Scope, SpecialKind

# Deleting leaves a history row too: the newest history row is the version of the calendar.


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SpecialDay(models.Model):
    """One day that differs from its weekday, with the document that says so."""

    on = models.DateField(_("日期"))
    kind = models.CharField(_("当日安排"), max_length=10, choices=SpecialKind.choices)
    name = models.CharField(_("名称"), max_length=40)
    is_make_up = models.BooleanField(_("调休上班"), default=False)
    scope = models.CharField(_("适用范围"), max_length=10, choices=Scope.choices)
    source = models.CharField(_("依据"), max_length=200)
    published_on = models.DateField(_("发布日期"))

    class Meta:
        verbose_name = _("特殊日")
        ordering = ["on", "scope"]
        constraints = [
            models.UniqueConstraint(fields=["on", "scope"], name="one_special_day_per_scope")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Announcement(models.Model):
    """A year whose days off were announced; from then on its days are not provisional."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    document = models.CharField(_("文号"), max_length=100)
    published_on = models.DateField(_("发布日期"))

    class Meta:
        verbose_name = _("放假安排公布")
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year} {self.document}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OfficeHours(models.Model):
    """The hours of a full working day, in force from a day on."""

    since = models.DateField(_("自何日起"), unique=True)
    opens = models.TimeField(_("上午上班"))
    pauses = models.TimeField(_("上午下班"))
    resumes = models.TimeField(_("下午上班"))
    closes = models.TimeField(_("下午下班"))

    class Meta:
        verbose_name = _("办公时间")
        ordering = ["since"]

    def __str__(self) -> str:
        times = (self.opens, self.pauses, self.resumes, self.closes)
        opens, pauses, resumes, closes = (f"{one:%H:%M}" for one in times)
        return f"{opens}–{pauses} {resumes}–{closes}"

"""Kinds of special days, and for whom they hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.engines.worktime import DayKind, Start, Unit


class SpecialKind(models.TextChoices):
    """How much of a special day is worked (engines.worktime.DayKind, with names)."""

    OFF = DayKind.OFF.value, _("放假")
    WORK = DayKind.WORK.value, _("上班")
    MORNING = DayKind.MORNING.value, _("只上午上班")
    AFTERNOON = DayKind.AFTERNOON.value, _("只下午上班")


class Scope(models.TextChoices):
    """For whom a special day holds; the zone's own days override the national ones."""

    NATIONAL = "national", _("全国")
    ZONE = "zone", _("本区")


class UnitChoice(models.TextChoices):
    """In what a clock counts (engines.worktime.Unit, with names)."""

    WORKING_DAYS = Unit.WORKING_DAYS.value, _("工作日")
    WORKING_HOURS = Unit.WORKING_HOURS.value, _("工作小时")
    NATURAL_DAYS = Unit.NATURAL_DAYS.value, _("自然日")
    NATURAL_HOURS = Unit.NATURAL_HOURS.value, _("自然小时")


class StartChoice(models.TextChoices):
    """When counting begins (engines.worktime.Start, with names)."""

    SAME = Start.SAME.value, _("当时起算")
    NEXT = Start.NEXT.value, _("次日起算")

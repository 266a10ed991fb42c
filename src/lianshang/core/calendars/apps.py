"""Configuration of calendars."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class CalendarsConfig(PartConfig):
    """Working days and office hours."""

    name = "lianshang.core.calendars"
    label = "calendars"
    verbose_name = "工作日历"
    menu = (MenuItem(_("工作日历"), "calendars:year", "calendar.view", order=80, icon="calendar"),)

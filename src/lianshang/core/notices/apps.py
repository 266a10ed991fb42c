"""Configuration of notices."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class NoticesConfig(PartConfig):
    """Notices and their deliveries."""

    name = "lianshang.core.notices"
    label = "notices"
    verbose_name = "通知"
    menu = (MenuItem(_("通知投递"), "notices:deliveries", "notices.view", order=95, icon="list"),)

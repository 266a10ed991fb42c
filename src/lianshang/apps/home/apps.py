"""Configuration of home."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class HomeConfig(PartConfig):
    """Home."""

    name = "lianshang.apps.home"
    label = "home"
    verbose_name = "首页"
    menu = (
        MenuItem(_("工作台"), "home:index", "workbench.view", order=1, icon="home"),
        MenuItem(_("我的企业"), "home:index", "portal.view", order=1, icon="home"),
    )

"""Configuration of practices."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class PracticesConfig(PartConfig):
    """Practice packs and the formalism self-audit."""

    name = "lianshang.apps.practices"
    label = "practices"
    verbose_name = "实践包"
    menu = (MenuItem(_("实践包"), "practices:list", "packs.view", order=80, icon="list"),)

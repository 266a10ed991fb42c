"""Configuration of imports."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class ImportsConfig(PartConfig):
    """Imports and exports of registers."""

    name = "lianshang.core.imports"
    label = "imports"
    verbose_name = "导入"
    menu = (MenuItem(_("导入"), "imports:batches", "enterprises.import", order=56, icon="upload"),)

"""Configuration of the UI kit."""

from lianshang.core.app import PartConfig


class UiConfig(PartConfig):
    """Templates, panels, lists, forms."""

    name = "lianshang.core.ui"
    label = "ui"
    verbose_name = "界面"

"""Configuration of saved lists."""

from lianshang.core.app import PartConfig


class SavedConfig(PartConfig):
    """Lists that people keep."""

    name = "lianshang.core.saved"
    label = "saved"
    verbose_name = "我的列表"

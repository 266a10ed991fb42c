"""Configuration of the journal."""

from lianshang.core.app import PartConfig


class JournalConfig(PartConfig):
    """Notes that people keep about things."""

    name = "lianshang.core.journal"
    label = "journal"
    verbose_name = "手记"

"""Configuration of search."""

from lianshang.core.app import PartConfig


class SearchConfig(PartConfig):
    """Search."""

    name = "lianshang.core.search"
    label = "search"
    verbose_name = "搜索"

"""Configuration of files."""

from lianshang.core.app import PartConfig


class FilesConfig(PartConfig):
    """Stored files."""

    name = "lianshang.core.files"
    label = "files"
    verbose_name = "文件"

"""Configuration of office papers."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class PapersConfig(PartConfig):
    """Office papers and their templates."""

    name = "lianshang.core.papers"
    label = "papers"
    verbose_name = "文书"
    menu = (MenuItem(_("文书"), "papers:papers", "papers.view", order=55),)

"""Configuration of the enterprise register."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class EnterprisesConfig(PartConfig):
    """The enterprise register and the fact ledger."""

    name = "lianshang.apps.enterprises"
    label = "enterprises"
    verbose_name = "企业"
    menu = (
        MenuItem(_("企业"), "enterprises:list", "enterprises.view", order=20, icon="building"),
        MenuItem(_("自报待核"), "enterprises:checks", "facts.check", order=38, icon="check"),
        MenuItem(_("数据口径"), "enterprises:quantities", "catalogue.view", order=70),
        MenuItem(_("数据来源"), "enterprises:sources", "catalogue.view", order=71, icon="info"),
        MenuItem(_("来源冲突"), "enterprises:conflicts", "facts.record", order=57, icon="warning"),
    )

"""Configuration of the Party chain."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class PartyConfig(PartConfig):
    """Organisations, their trees and posts, and who is covered by whom."""

    name = "lianshang.apps.party"
    label = "party"
    verbose_name = "党建"
    menu = (
        MenuItem(_("党建"), "party:organizations", "party.view", order=45, icon="building"),
        MenuItem(_("党建覆盖"), "party:coverage", "party.view", order=46, icon="check"),
        MenuItem(_("党建规则"), "party:rules", "party.view", order=74, icon="info"),
    )

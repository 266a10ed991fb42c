"""Configuration of accounts."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class AccountsConfig(PartConfig):
    """Units, users, memberships."""

    name = "lianshang.core.accounts"
    label = "accounts"
    verbose_name = "账号"
    menu = (
        MenuItem(_("用户"), "accounts:users", "accounts.view", order=90, icon="people"),
        MenuItem(_("单位"), "accounts:units", "accounts.units", order=91, icon="building"),
    )

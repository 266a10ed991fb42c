"""Configuration of policies."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class PoliciesConfig(PartConfig):
    """Policy library and entitlement."""

    name = "lianshang.apps.policies"
    label = "policies"
    verbose_name = "政策"
    menu = (
        MenuItem(_("我的政策"), "policies:mine", "portal.view", order=25, icon="target"),
        MenuItem(_("政策"), "policies:list", order=30, icon="paper"),
        MenuItem(_("差一步"), "policies:one-step", "workbench.view", order=35, icon="target"),
        MenuItem(
            _("兑现"),
            "policies:rounds",
            "policies.deliver",
            order=36,
            icon="money",
            covers=("/policies/cases/", "/policies/procedures/"),
        ),
        MenuItem(_("政策草稿"), "policies:drafts", "policies.write", order=40, icon="pen"),
    )

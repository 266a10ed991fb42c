"""Configuration of audit."""

from django.utils.translation import gettext_lazy as _

from lianshang.core.app import MenuItem, PartConfig


class AuditConfig(PartConfig):
    """History and access log."""

    name = "lianshang.core.audit"
    label = "audit"
    verbose_name = "审计"
    menu = (
        MenuItem(_("操作审计"), "audit:actions", "audit.view", order=93, icon="list"),
        MenuItem(_("访问记录"), "audit:accesses", "audit.view", order=94, icon="eye"),
    )

"""Kinds of units, roles, and what each role may do."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What sort of body a unit stands for."""

    ZONE = "zone", _("高新区")
    DEPARTMENT = "department", _("部门")
    ORGANIZATION = "organization", _("组织")
    ENTERPRISE = "enterprise", _("企业")
    OPERATOR = "operator", _("楼宇园区运营方")
    BANK = "bank", _("金融机构")


class Role(models.TextChoices):
    """As what a user joins a unit."""

    ZONE_ADMIN = "zone_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")
    OFFICE_STAFF = "office_staff", _("部门工作人员")
    SUPERVISOR = "supervisor", _("督办人员")
    PARTY_STAFF = "party_staff", _("党建工作人员")
    SERVICE_OFFICER = "service_officer", _("企服专员")
    ORGANIZATION_STAFF = "organization_staff", _("组织联络员")
    BUILDING_OPERATOR = "building_operator", _("楼宇运营方")
    ENTERPRISE = "enterprise", _("企业")
    BANK = "bank", _("金融机构")


# The three administrators are apart (GB/T 22239-2019, 8.1.4.2: least privilege, separated roles):
# nobody holds two of these roles, and none of them reads or changes the zone's business data.
ADMINISTRATORS = frozenset({Role.ZONE_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})

# In which kinds of units a role can be held.
UNITS_OF_ROLE: dict[str, frozenset[str]] = {
    Role.ZONE_ADMIN: frozenset({UnitKind.ZONE}),
    Role.SECURITY_ADMIN: frozenset({UnitKind.ZONE}),
    Role.AUDIT_ADMIN: frozenset({UnitKind.ZONE}),
    Role.OFFICE_STAFF: frozenset({UnitKind.ZONE, UnitKind.DEPARTMENT, UnitKind.ORGANIZATION}),
    Role.SUPERVISOR: frozenset({UnitKind.ZONE, UnitKind.DEPARTMENT}),
    Role.PARTY_STAFF: frozenset({UnitKind.ZONE, UnitKind.DEPARTMENT, UnitKind.ORGANIZATION}),
    Role.SERVICE_OFFICER: frozenset({UnitKind.ZONE, UnitKind.DEPARTMENT, UnitKind.ORGANIZATION}),
    Role.ORGANIZATION_STAFF: frozenset({UnitKind.ORGANIZATION}),
    Role.BUILDING_OPERATOR: frozenset({UnitKind.OPERATOR}),
    Role.ENTERPRISE: frozenset({UnitKind.ENTERPRISE}),
    Role.BANK: frozenset({UnitKind.BANK}),
}

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.ZONE_ADMIN: frozenset(
        {
            "accounts.units",
            "places.view",
            "places.manage",
            "calendar.view",
            "calendar.manage",
            "catalogue.view",
            "sources.manage",
            "jobs.view",
            "notices.view",
            "packs.view",
            "packs.manage",
            "policies.view",
        }
    ),
    Role.SECURITY_ADMIN: frozenset({"accounts.manage", "accounts.units", "accounts.view"}),
    Role.AUDIT_ADMIN: frozenset({"audit.view", "accounts.view"}),
    Role.OFFICE_STAFF: frozenset(
        {
            "papers.view",
            "papers.issue",
            "papers.templates",
            "enterprises.view",
            "enterprises.change",
            "enterprises.import",
            "enterprises.export",
            "facts.record",
            "catalogue.view",
            "calendar.view",
            "places.view",
            "packs.view",
            "policies.view",
            "policies.evaluate",
            "policies.write",
            "policies.publish",
            "policies.deliver",
            "facts.check",
            "officers.assign",
            "party.view",
            "workbench.view",
            "duties.view",
            "duties.handle",
            "duties.open",
            "journal.use",
            "saved.use",
        }
    ),
    Role.SERVICE_OFFICER: frozenset(
        {
            "papers.view",
            "enterprises.view",
            "enterprises.export",
            "facts.record",
            "facts.check",
            "catalogue.view",
            "calendar.view",
            "places.view",
            "packs.view",
            "policies.view",
            "workbench.view",
            "duties.view",
            "duties.handle",
            "duties.open",
            "journal.use",
            "saved.use",
        }
    ),
    Role.SUPERVISOR: frozenset(
        {
            "calendar.view",
            "papers.view",
            "papers.issue",
            "places.view",
            "workbench.view",
            "duties.view",
            "duties.handle",
            "duties.open",
            "journal.use",
            "saved.use",
            "duties.supervise",
            "duties.kinds",
        }
    ),
    # Names of post holders are read by this role only; an administrator has no part in it.
    Role.PARTY_STAFF: frozenset(
        {
            "party.view",
            "party.manage",
            "party.members",
            "enterprises.view",
            "places.view",
            "calendar.view",
            "workbench.view",
            "duties.view",
            "duties.handle",
            "duties.open",
            "journal.use",
            "saved.use",
        }
    ),
    # The contact of a branch or committee: its own matters, nothing of other bodies.
    Role.ORGANIZATION_STAFF: frozenset(
        {
            "workbench.view",
            "papers.view",
            "policies.view",
            "duties.view",
            "duties.handle",
            "duties.open",
            "journal.use",
            "saved.use",
        }
    ),
    Role.BUILDING_OPERATOR: frozenset({"enterprises.view", "places.view", "policies.view"}),
    Role.ENTERPRISE: frozenset({"portal.view", "policies.view", "consents.give"}),
    Role.BANK: frozenset({"enterprises.view", "consents.use", "policies.view"}),
}

# What may be done on the outside face (public site, portal), whatever the role: staff work inside.
OUTSIDE_PERMISSIONS = frozenset({"portal.view", "policies.view", "consents.give"})

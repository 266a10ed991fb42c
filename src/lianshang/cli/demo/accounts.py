"""The people of the invented zone: its departments and bodies, and one account for each role."""

from collections.abc import Iterator
from dataclasses import dataclass

from lianshang.cli.demo.offices.duty import officer_username
from lianshang.cli.demo.sizes import Scale
from lianshang.cli.demo.zone import ZONE_NAME

PASSWORD = "lianshang-2026"  # known to everybody: a demo has nothing to hide
COMMITTEE = f"{ZONE_NAME}管委会（演示）"
ECONOMY = "经济发展局（演示）"
SCIENCE = "科技创新局（演示）"
PARTY_OFFICE = "党建办（演示）"
SERVICE_CENTRE = "企业服务中心（演示）"
TAX_OFFICE = "示例税务分局（演示）"
AUDIT_OFFICE = "审计办公室（演示）"
OPERATOR = "示范园区运营公司（演示）"
BANK = "示例银行高新支行（演示）"
SUPERVISION = "督查办公室（演示）"
PHOTON_BRANCH = "示例光电园联合党支部（演示）"
SOFTWARE_BRANCH = "示例软件园联合党支部（演示）"
RESEARCH_TEAM = "党工妇团调研组（演示）"
DEMO_FIRM = ""  # stands for the firm of the demo account, which the register names


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A body that has users; departments lie below the committee."""

    name: str
    kind: str  # lianshang.core.accounts.choices.UnitKind


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One person who can sign in; `unit` names a DemoUnit, the committee, or DEMO_FIRM."""

    username: str
    name: str
    role: str  # lianshang.core.accounts.choices.Role
    unit: str


UNITS = (
    DemoUnit(ECONOMY, "department"),
    DemoUnit(SCIENCE, "department"),
    DemoUnit(PARTY_OFFICE, "department"),
    DemoUnit(SERVICE_CENTRE, "department"),
    DemoUnit(TAX_OFFICE, "department"),
    DemoUnit(AUDIT_OFFICE, "department"),
    DemoUnit(SUPERVISION, "department"),
    DemoUnit(PHOTON_BRANCH, "organization"),
    DemoUnit(SOFTWARE_BRANCH, "organization"),
    DemoUnit(RESEARCH_TEAM, "organization"),
    DemoUnit(OPERATOR, "operator"),
    DemoUnit(BANK, "bank"),
)
# Who keeps which source (policies/sources.yaml); the others belong to nobody in particular.
SOURCE_OWNERS = {
    "annual_report": ECONOMY,
    "statistics": ECONOMY,
    "public_list": SCIENCE,
    "officer": SERVICE_CENTRE,
    "firm": SERVICE_CENTRE,
    "tax": TAX_OFFICE,
}
ACCOUNTS = (
    DemoAccount("demo.admin", "陈系统（演示）", "zone_admin", COMMITTEE),
    DemoAccount("demo.security", "林安全（演示）", "security_admin", COMMITTEE),
    DemoAccount("demo.audit", "沈审计（演示）", "audit_admin", COMMITTEE),
    DemoAccount("demo.office", "许经办（演示）", "office_staff", ECONOMY),
    DemoAccount("demo.science", "何科创（演示）", "office_staff", SCIENCE),
    DemoAccount("demo.party", "宋党建（演示）", "office_staff", PARTY_OFFICE),
    DemoAccount("demo.officer", "周晓禾（演示）", "service_officer", SERVICE_CENTRE),
    DemoAccount("demo.supervisor", "韩督办（演示）", "supervisor", SUPERVISION),
    DemoAccount("demo.branch", "苏支部（演示）", "organization_staff", PHOTON_BRANCH),
    DemoAccount("demo.branch2", "卫支部（演示）", "organization_staff", SOFTWARE_BRANCH),
    DemoAccount("demo.team", "蒋调研（演示）", "office_staff", RESEARCH_TEAM),
    DemoAccount("demo.operator", "吴楼宇（演示）", "building_operator", OPERATOR),
    DemoAccount("demo.firm", "郑企业（演示）", "enterprise", DEMO_FIRM),
    DemoAccount("demo.bank", "冯信贷（演示）", "bank", BANK),
)


def accounts(scale: Scale) -> Iterator[DemoAccount]:
    """One account for each role, and the other officers of a zone of this size."""
    yield from ACCOUNTS
    for turn in range(1, scale.officers):
        username, name = officer_username(turn), f"示例专员{turn + 1}（演示）"
        yield DemoAccount(username, name, "service_officer", SERVICE_CENTRE)

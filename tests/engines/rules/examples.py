"""A small catalogue and policy that the tests vary."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from lianshang.engines.rules import Catalogue, CompiledPolicy, Outcome, Policy, policy_from_mapping

DAY = date(2026, 6, 1)
LABEL = {"zh": "示例", "en": "example"}


def quantity(zh: str, en: str, **fields: Any) -> dict[str, Any]:
    return {"label": {"zh": zh, "en": en}, "type": "number", **fields}


MONEY = {"unit": "元", "scale": 2, "max": 10**13, "period": "annual"}
QUANTITIES: dict[str, Any] = {
    "rd_exp": quantity("研发费用", "R&D expense", min=0, **MONEY),
    "revenue": quantity("营业收入", "Revenue", min=0, **MONEY),
    "net_assets": quantity("净资产", "Net assets", min=-(10**13), **MONEY),
    "staff": quantity("职工人数", "Staff", unit="人", scale=2, min=0, max=10**6),
    "ip1_count": quantity("Ⅰ类知识产权", "Class I IP", unit="项", min=0, max=10**5),
    "ip2_count": quantity("Ⅱ类知识产权", "Class II IP", unit="项", min=0, max=10**5),
    "ip_level": quantity("技术先进程度得分", "Points", unit="分", min=0, max=8, expert=True),
    "age_days": quantity("注册天数", "Days", unit="天", min=0, max=10**5, period="derived"),
    "registered_on": {"label": {"zh": "注册日期", "en": "Registered"}, "type": "date"},
    "listed_abroad": {"label": {"zh": "境外上市", "en": "Listed abroad"}, "type": "bool"},
    "field_supported": {"label": {"zh": "属于支持领域"}, "type": "bool", "expert": True},
    "industry": {
        "label": {"zh": "划型行业", "en": "Industry"},
        "type": "code",
        "codes": {
            "farming": {"zh": "农业", "en": "Farming"},
            "industry": {"zh": "工业", "en": "Industry"},
            "software": {"zh": "软件业", "en": "Software"},
        },
    },
    "title_hnte": {
        "label": {"zh": "高新技术企业", "en": "HNTE"},
        "type": "title",
        "policy": "cn.hnte",
    },
}


def catalogue(**changes: Any) -> Catalogue:
    """The example catalogue; a keyword replaces or adds a quantity."""
    return Catalogue.from_mapping({"quantities": {**QUANTITIES, **changes}})


def parameter(value: object, unit: str = "1", *, since: date = date(2020, 1, 1)) -> dict[str, Any]:
    return {
        "label": LABEL,
        "unit": unit,
        "source": "d1",
        "values": [{"from": since, "value": value}],
    }


def clause(key: str, when: str, change: str = "firm") -> dict[str, Any]:
    return {"id": key, "label": LABEL, "source": "d1 第一条", "change": change, "when": when}


def policy_file(*tests: str, **fields: Any) -> dict[str, Any]:
    """A policy file as loaded, its clauses C0, C1, … all required."""
    return {
        "id": "x.example",
        "name": LABEL,
        "issuer": LABEL,
        "level": "zone",
        "kind": "grant",
        "channel": "fast",
        "valid": {"from": date(2020, 1, 1)},
        "sources": {"d1": {"document": "示例〔2026〕1号", "title": {"zh": "示例办法"}}},
        "require": {"all": [clause(f"C{index}", test) for index, test in enumerate(tests)]},
        **fields,
    }


def policy(*tests: str, **fields: Any) -> Policy:
    return policy_from_mapping(policy_file(*tests, **fields))


def compiled(*tests: str, **fields: Any) -> CompiledPolicy:
    return CompiledPolicy(policy(*tests, **fields), catalogue(), DAY)


def facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as people give them, as the engine holds them."""
    book = catalogue()
    return {name: book.encode(name, value) for name, value in values.items()}


def ask(*tests: str, given: Mapping[str, Any], **fields: Any) -> Outcome:
    """What a policy of these clauses says about an enterprise with these facts."""
    return compiled(*tests, **fields).evaluate(facts(given))


def state_of(test: str, given: Mapping[str, Any], **fields: Any) -> str:
    """The state of a single clause."""
    return ask(test, given=given, **fields).clauses["C0"].key


def value_of(expression: str, given: Mapping[str, Any], **fields: Any) -> object:
    """The exact value of an expression."""
    lets = {"asked": {"label": LABEL, "expr": expression}}
    always = "listed_abroad"
    value = ask(always, given=given, **{**fields, "let": lets}).lets["asked"]
    return value if not isinstance(value, Fraction) or value.denominator != 1 else int(value)

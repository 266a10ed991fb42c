"""Values computed from the register itself: age, industry, legal form, size. Never typed in.

Each function takes a firm of the register and the evaluation day and gives the value in the
catalogue's own terms, or None where the register does not say. Their definitions are the notes of
policies/catalogue.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from lianshang.apps.enterprises.choices import ActorKind
from lianshang.apps.places.models import Zone
from lianshang.engines.standards.industry import Industry, Level, industry
from lianshang.engines.standards.size_class import size_industries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

    from lianshang.apps.enterprises.models import Enterprise

Value = int | bool | str | None

# The catalogue's codes of the sixteen rows of 工信部联企业〔2011〕300号, in the order of its
# Article 4.
SIZE_INDUSTRY_CODES = (
    *("agriculture", "industry", "construction", "wholesale", "retail", "transport"),
    *("warehousing", "post", "accommodation", "catering", "telecom", "software"),
    *("real_estate", "property_management", "leasing_business", "other"),
)
LIMITED_COMPANIES = ("有限公司", "有限责任公司", "股份公司")
WITHOUT_LEGAL_PERSONALITY = (
    "分公司",
    "分店",
    "分所",
    "分部",
    "（有限合伙）",
    "(有限合伙)",
    "（普通合伙）",
)


@dataclass(frozen=True)
class RegisterRow:
    """What the register says about one firm, as far as values are derived from it."""

    pk: int
    name: str
    kind: str
    registered_on: date | None
    industry_code: str
    in_west: bool | None


def register_rows(firms: QuerySet[Enterprise]) -> Iterator[RegisterRow]:
    """The register's columns of these firms, streamed."""
    own = Zone.objects.filter(is_own=True).first()
    in_west = own.in_west if own else None
    columns = ("pk", "name", "kind", "registered_on", "industry_code")
    rows = firms.order_by("pk").values_list(*columns).iterator(chunk_size=10_000)
    for pk, name, kind, registered_on, code in rows:
        yield RegisterRow(pk, name, kind, registered_on, code, in_west)


def derived_values(row: RegisterRow, on: date) -> dict[str, Value]:
    """Every derived quantity of one firm, by its code."""
    return {code: compute(row, on) for code, compute in DERIVED.items()}


def _age_days(row: RegisterRow, on: date) -> Value:
    return (on - row.registered_on).days if row.registered_on else None


def _fiscal_years_completed(row: RegisterRow, on: date) -> Value:
    return max(0, on.year - row.registered_on.year) if row.registered_on else None


def _last_tax_year(row: RegisterRow, on: date) -> Value:
    return on.year - 1


def _resident_enterprise(row: RegisterRow, on: date) -> Value:
    return True  # whoever stands in the zone's register is registered on the mainland


def _independent_legal_person(row: RegisterRow, on: date) -> Value:
    if row.kind == ActorKind.SOLE_TRADER or row.name.endswith(WITHOUT_LEGAL_PERSONALITY):
        return False
    return True if row.name.endswith(LIMITED_COMPANIES) else None


def _individual_business(row: RegisterRow, on: date) -> Value:
    return row.kind == ActorKind.SOLE_TRADER


def _registered_in_west(row: RegisterRow, on: date) -> Value:
    return row.in_west


def _industry_section(row: RegisterRow, on: date) -> Value:
    entry = _entry(row.industry_code)
    return entry.section.code if entry else None


def _industry_division(row: RegisterRow, on: date) -> Value:
    entry = _entry(row.industry_code)
    division = entry.at(Level.DIVISION) if entry else None
    return division.code if division else None


def _size_industry(row: RegisterRow, on: date) -> Value:
    return _size_industry_code(row.industry_code)


DERIVED: dict[str, Callable[[RegisterRow, date], Value]] = {
    "age_days": _age_days,
    "fiscal_years_completed": _fiscal_years_completed,
    "last_tax_year": _last_tax_year,
    "resident_enterprise": _resident_enterprise,
    "independent_legal_person": _independent_legal_person,
    "individual_business": _individual_business,
    "registered_in_west": _registered_in_west,
    "industry_section": _industry_section,
    "industry_division": _industry_division,
    "size_industry": _size_industry,
}


@lru_cache(maxsize=4096)
def _entry(code: str) -> Industry | None:
    found = industry(code) if code else None
    return found if isinstance(found, Industry) else None


@lru_cache(maxsize=4096)
def _size_industry_code(code: str) -> str | None:
    entry = _entry(code)
    rows = size_industries(entry) if entry else ()
    if len(rows) != 1 or rows[0] is None:
        return None  # outside the standard, or the code is too coarse to tell
    return SIZE_INDUSTRY_CODES[rows[0].number - 1]

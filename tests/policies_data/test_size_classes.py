"""Every bound of the table of size classes, at the bound and just below it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from lianshang.core.code_tables import code_tables
from lianshang.core.policy_files import default_folder, read_policies, read_yaml
from lianshang.engines.rules import Catalogue, CompiledPolicy, policy_from_mapping

CLASSES = ("large", "medium", "small", "micro")
INDICATORS = {"staff": "staff_end_y0", "revenue": "revenue_y0", "assets": "total_assets_y0"}

_mappings = {file.mapping["id"]: file.mapping for file in read_policies(default_folder())}
_mapping = _mappings["cn.size.300_2011"]
_rows: dict[str, dict[str, int]] = _mapping["tables"]["bounds"]["rows"]
_catalogue = Catalogue.from_mapping(read_yaml(default_folder() / "catalogue.yaml"), code_tables())
_compiled = CompiledPolicy(policy_from_mapping(_mapping), _catalogue, date(2026, 6, 1))


def size_class(industry: str, indicators: dict[str, Decimal]) -> str | None:
    """The class of a firm of an industry; money in 万元."""
    facts = {"size_industry": _catalogue.encode("size_industry", industry)}
    for name, value in indicators.items():
        in_unit = value if name == "staff" else value * 10_000
        facts[INDICATORS[name]] = _catalogue.encode(INDICATORS[name], in_unit)
    return _compiled.evaluate(facts).class_code


def bounds(industry: str, size: str) -> dict[str, Decimal]:
    row = _rows[industry]
    named = {name: row.get(f"{size}_{name}") for name in INDICATORS}
    return {name: Decimal(value) for name, value in named.items() if value is not None}


def just_below() -> Iterator[tuple[str, str, str]]:
    for industry in _rows:
        for size in CLASSES[:3]:
            yield from ((industry, size, indicator) for indicator in bounds(industry, size))


def test_the_table_has_the_sixteen_industries_of_the_standard() -> None:
    assert list(_rows) == list(_catalogue.quantities["size_industry"].codes)


@pytest.mark.parametrize("industry", list(_rows))
@pytest.mark.parametrize("size", CLASSES[:3])
def test_at_all_its_lower_bounds_a_firm_is_in_the_class(industry: str, size: str) -> None:
    assert size_class(industry, bounds(industry, size)) == size


@pytest.mark.parametrize(("industry", "size", "indicator"), list(just_below()))
def test_below_one_lower_bound_it_drops_a_class(industry: str, size: str, indicator: str) -> None:
    at_bounds = bounds(industry, size)
    step = Decimal(1) if indicator == "staff" else Decimal("0.01")
    dropped = size_class(industry, at_bounds | {indicator: at_bounds[indicator] - step})
    assert dropped in CLASSES[CLASSES.index(size) + 1 :]


def test_the_statistical_method_has_the_same_numbers() -> None:
    statistical = _mappings["cn.size.stat2017"]
    assert statistical["tables"]["bounds"]["rows"] == _rows
    assert statistical["classes"] == _mapping["classes"]

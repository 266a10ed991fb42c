"""How facts are held: whole numbers, days, indexes, or not known."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.engines.rules.examples import catalogue

from lianshang.engines.rules import Catalogue, PolicyError
from lianshang.engines.rules.problems import ExpressionError


@pytest.mark.parametrize(
    ("name", "value", "held"),
    [
        ("rd_exp_y0", Decimal("286.40"), 28640),
        ("rd_exp_y0", "0.005", 1),  # half up to the 分
        ("rd_exp_y10", 0.1, 10),  # a float is taken as written
        ("net_assets_y1", Decimal("-12.345"), -1234),
        ("staff", 12, 1200),
        ("listed_abroad", True, True),
        ("title_hnte", 0, False),
        ("industry", "software", 2),
        ("registered_on", date(1970, 1, 11), 10),
        ("registered_on", "1969-12-31", -1),
        ("rd_exp_y0", None, None),
        ("rd_exp_y0", float("nan"), None),
        ("rd_exp_y0", float("inf"), None),
        ("staff", Decimal("NaN"), None),
    ],
)
def test_values_as_the_engine_holds_them(name: str, value: Any, held: Any) -> None:
    assert catalogue().encode(name, value) == held


@pytest.mark.parametrize(
    ("name", "held", "value"),
    [
        ("rd_exp_y0", 28640, Decimal("286.40")),
        ("listed_abroad", False, False),
        ("industry", 2, "software"),
        ("registered_on", -1, date(1969, 12, 31)),
        ("rd_exp_y0", None, None),
    ],
)
def test_and_back(name: str, held: Any, value: Any) -> None:
    assert catalogue().decode(name, held) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rd_exp_y0", -1),
        ("staff", 1_000_001),
        ("industry", "mining"),
        ("listed_abroad", "maybe"),
        ("staff", "many"),
        ("staff", True),
    ],
)
def test_what_cannot_be_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=name.removesuffix("_y0")):
        catalogue().encode(name, value)


def test_an_annual_quantity_has_a_variable_for_each_of_eleven_years() -> None:
    names = [name for name in catalogue().variables if name.startswith("revenue")]
    assert names == [f"revenue_y{year}" for year in range(11)]
    assert catalogue().variables["revenue_y2"].years_back == 2


def test_a_name_without_its_year_is_pointed_out() -> None:
    with pytest.raises(ExpressionError) as error:
        catalogue().variable("revenue")
    assert error.value.problem.hint == (
        "It is kept by year: write revenue_y0 for the last completed year."
    )


def test_titles_and_judgements_are_known_by_name() -> None:
    assert catalogue().titles == {"cn.hnte": "title_hnte"}
    assert catalogue().judged == {"ip_level", "field_supported"}


def test_a_standard_code_table_is_taken_from_the_caller() -> None:
    table = {"39": {"zh": "计算机制造"}, "65": {"zh": "软件"}}
    quantity = {"label": {"zh": "大类"}, "type": "code", "codes": "gbt4754.division"}
    book = Catalogue.from_mapping(
        {"quantities": {"division": quantity}}, {"gbt4754.division": table}
    )
    assert book.encode("division", "65") == 1


def test_every_fault_of_a_catalogue_is_reported_at_once() -> None:
    quantities = {
        "a": {"label": {"zh": "甲"}, "type": "number", "unit": "里", "min": 0, "max": 1},
        "b": {"label": {"zh": "乙"}, "type": "number", "unit": "元", "min": 5, "max": 1},
        "c": {"type": "bool", "lable": {}},
        "d": {"label": {"zh": "丁"}, "type": "title"},
    }
    with pytest.raises(PolicyError) as error:
        Catalogue.from_mapping({"quantities": quantities})
    found = {(problem.path, problem.code) for problem in error.value.problems}
    assert found == {
        ("quantities.a.unit", "unknown-unit"),
        ("quantities.b", "bounds"),
        ("quantities.c", "unknown-field"),
        ("quantities.c.label", "structure"),
        ("quantities.d", "missing-field"),
    }

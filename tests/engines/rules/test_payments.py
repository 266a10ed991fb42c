"""A benefit paid in parts: the parts are the whole, and what cannot be is refused."""

from datetime import date
from typing import Any

import pytest

from lianshang.engines.rules import (
    Catalogue,
    PolicyError,
    check_policy,
    payments,
    policy_from_mapping,
)

DAY = date(2025, 6, 30)
REVENUE = {
    "label": "营业收入", "type": "number", "unit": "元", "scale": 2, "min": 0, "max": 10**12,
    "period": "annual",
}  # fmt: skip


def policy(schedule: list[dict[str, Any]]) -> Any:
    def money(value: float) -> dict[str, Any]:
        values = [{"from": "2025-01-01", "value": value}]
        return {"label": "款", "unit": "万元", "source": "d1", "values": values}

    return policy_from_mapping(
        {
            "id": "x", "name": "示例", "issuer": "示例", "level": "zone", "kind": "grant",
            "channel": "automatic", "valid": {"from": "2025-01-01"},
            "sources": {"d1": {"document": "示例办法", "kind": "copy", "date": "2025"}},
            "parameters": {
                "total": money(20), "first": money(5), "second": money(15),
                "people": {**money(1), "unit": "人"},
            },
            "require": {"all": [
                {"id": "A", "label": "甲", "source": "d1", "when": "revenue_y0 >= total"},
            ]},
            "benefit": {"label": "奖", "amount": "total", "per": "once", "schedule": schedule},
        }
    )  # fmt: skip


def test_amounts_of_the_document_are_due_in_their_years() -> None:
    parts = [
        {"year_offset": 0, "amount": "first", "label": "首期"},
        {"year_offset": 2, "amount": "second", "label": "末期"},
    ]
    due = payments(policy(parts), 20_000_000, DAY)
    assert [(one.label["zh"], one.year, one.amount) for one in due] == [
        ("首期", 2025, 5_000_000),
        ("末期", 2027, 15_000_000),
    ]


def test_shares_make_the_whole_to_the_fen() -> None:
    parts = [
        {"on": "2025-09-30", "share": 0.333, "label": "一"},
        {"on": "2026-09-30", "share": 0.333, "label": "二"},
        {"on": "2027-09-30", "share": 0.334, "label": "三"},
    ]
    due = payments(policy(parts), 1001, DAY)
    assert [one.amount for one in due] == [333, 333, 335]
    assert [one.on for one in due] == [date(2025, 9, 30), date(2026, 9, 30), date(2027, 9, 30)]
    assert payments(policy([]), 1001, DAY) == ()


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"year_offset": 0, "amount": "fist"}, "'fist' is no parameter"),
        ({"year_offset": 0, "amount": "people"}, "not an amount of money"),
        ({"year_offset": 0, "share": 0.5}, "add up to 0.5"),
        ({"year_offset": 0, "share": 1.5}, "at most 1"),
    ],
)
def test_parts_that_cannot_be_are_found(part: dict[str, Any], said: str) -> None:
    found = check_policy(
        policy([{**part, "label": "一"}]),
        Catalogue.from_mapping({"quantities": {"revenue": REVENUE}}, {}),
    )
    assert any(said in problem.what for problem in found if problem.severity == "error")


def test_a_part_is_one_or_the_other() -> None:
    with pytest.raises(PolicyError, match="either `share` or `amount`"):
        policy([{"year_offset": 0, "amount": "first", "share": 1, "label": "一"}])
    with pytest.raises(PolicyError, match="either `year_offset` or `on`"):
        policy([{"amount": "first", "label": "一"}])


def test_a_part_may_say_what_is_looked_at_again_before_it_is_paid() -> None:
    parts = [
        {"year_offset": 0, "share": 0.5, "label": "首期"},
        {"year_offset": 1, "share": 0.5, "label": "末期", "condition": {"zh": "次年复核合格"}},
    ]
    due = payments(policy(parts), 10_001, DAY)
    assert [(one.amount, one.condition) for one in due] == [
        (5_000, {}),
        (5_001, {"zh": "次年复核合格"}),
    ]

"""Why: each clause with its values, its source, and what exactly would turn it."""

from fractions import Fraction
from typing import Any

import pytest
from tests.engines.rules.examples import LABEL, clause, compiled, facts, parameter

from lianshang.engines.rules import Explanation, explain
from lianshang.engines.rules.explain import ClauseExplanation, GroupExplanation
from lianshang.engines.rules.formatting import format_number
from lianshang.engines.rules.gaps import nearest
from lianshang.engines.rules.language.units import PURE

PARAMETERS = {"share": parameter(0.03), "floor": parameter(100, "万元")}
FIRM = {"rd_exp_y0": 2_864_000, "revenue_y0": 102_300_000}


def explained(
    *tests: str, given: dict[str, Any], language: str = "zh", **fields: Any
) -> Explanation:
    asked = compiled(*tests, parameters=PARAMETERS, **fields)
    return explain(asked, facts(given), language=language)


def first(
    test: str, given: dict[str, Any], language: str = "zh", **fields: Any
) -> ClauseExplanation:
    return explained(test, given=given, language=language, **fields).clauses[0]


def test_a_failing_ratio_with_its_values_and_the_two_ways_to_meet_it() -> None:
    lets = {"ratio": {"label": LABEL, "expr": "rd_exp_y0 / NULLIF(revenue_y0, 0)"}}
    told = first("ratio >= share", FIRM, let=lets)
    assert told.reading.text == (
        "研发费用（2025年）286.4 万元 ÷ 营业收入（2025年）10,230 万元 = 2.80%，需 ≥ 3%"
    )
    left, right = told.reading.left, told.reading.right
    assert left is not None
    assert right is not None
    assert (left.value, left.shown) == (Fraction(2864, 102300), "2.80%")
    assert (right.value, told.reading.operator) == (Fraction(3, 100), "≥")
    more, less = told.gaps
    assert (more.variable, more.change, more.exact) == (
        "rd_exp_y0",
        Fraction(205_000),
        "205,000 元",
    )
    assert more.text == "研发费用（2025年）增加 20.5 万元（至 306.9 万元）"
    # 2,864,000 ÷ 3 % is 95,466,666.666… 元: the text is rounded to what is enough.
    assert (less.needed, less.change) == (9_546_666_666, Fraction(-683_333_334, 100))
    assert less.text == "营业收入（2025年）减少 683.34 万元（至 9,546.66 万元）"


def test_in_english() -> None:
    told = first("rd_exp_y0 / NULLIF(revenue_y0, 0) >= share", FIRM, "en")
    assert told.reading.text == (
        "R&D expense (2025) 2.86 million yuan ÷ Revenue (2025) 102.3 million yuan = 2.80%, "
        "needs ≥ 3%"
    )
    assert told.gaps[0].text == "R&D expense (2025): 205,000 yuan more (to 3.07 million yuan)"


def test_what_is_just_short_is_not_shown_as_enough() -> None:
    given = {"rd_exp_y0": "2999999.99", "revenue_y0": 100_000_000}
    told = first("rd_exp_y0 / NULLIF(revenue_y0, 0) >= share", given)
    assert told.reading.left is not None
    assert told.reading.left.shown == "2.99999999%"
    assert first("rd_exp_y0 >= floor * 3", given).reading.text == (
        "研发费用（2025年）299.999999 万元，需 ≥ 100 万元 × 3 = 300 万元"
    )


def test_the_source_of_a_clause() -> None:
    [source] = first("title_hnte", {}).sources
    assert (str(source), source.source.title["zh"]) == ("示例〔2026〕1号 第一条", "示例办法")


def test_missing_facts_by_name_and_year() -> None:
    told = first("rd_exp_y0 / NULLIF(revenue_y1, 0) >= share", {"rd_exp_y0": 5})
    assert [(fact.variable, fact.label) for fact in told.missing] == [
        ("revenue_y1", "营业收入（2024年）")
    ]
    assert told.reading.text == "研发费用（2025年）5 元 ÷ 营业收入（2024年）未知，需 ≥ 3%"
    assert told.gaps == ()


def test_a_title_and_other_facts_of_yes_or_no() -> None:
    told = first("title_hnte AND NOT listed_abroad", {"title_hnte": False, "listed_abroad": True})
    assert told.reading.text == "高新技术企业 否，需为是；且 境外上市 是，需为否"
    assert [(gap.text, gap.family) for gap in told.gaps] == [
        ("高新技术企业：是", "cn.hnte"),
        ("境外上市：否", ""),
    ]


def test_codes_and_dates() -> None:
    given = {"industry": "farming", "registered_on": "2026-05-01"}
    told = first("industry IN ('industry', 'software')", given)
    assert told.reading.text == "划型行业 农业，需属于 工业、软件业"
    assert first("industry = 'software'", given).reading.text == "划型行业 农业，需 = 软件业"
    told = first("registered_on <= DATE '2025-06-01'", given)
    assert told.reading.text == "注册日期 2026-05-01，需 ≤ 2025-06-01"
    assert told.gaps[0].text == "注册日期减少 334 天（至 2025-06-01）"


def test_parts_of_a_clause_are_read_apart() -> None:
    test = "rd_exp_y0 >= floor AND (ip1_count >= 1 OR NOT (ip2_count < 5 AND title_hnte))"
    given = {"rd_exp_y0": 10**6, "ip1_count": 0, "ip2_count": 4, "title_hnte": True}
    reading = first(test, given).reading
    assert (reading.kind, reading.met) == ("all", False)
    assert [(part.kind, part.met) for part in reading.parts] == [("test", True), ("any", False)]
    assert reading.parts[1].text == (
        "Ⅰ类知识产权 0 项，需 ≥ 1；或 （Ⅱ类知识产权 4 项，需 ≥ 5；或 高新技术企业 是，需为否）"
    )


ITEMS: dict[str, Any] = {
    "items": {
        "level": {"label": LABEL, "source": "d1", "expert": [0, 8], "fact": "ip_level"},
        "count": {
            "label": {"zh": "数量"},
            "source": "d1 附件1",
            "brackets": [
                {"when": "ip1_count >= 1", "points": [7, 8]},
                {"when": "ip2_count >= 5", "points": [5, 6]},
                {"else": 0},
            ],
        },
    },
    "scores": {"total": {"label": {"zh": "总分"}, "cap": 30, "items": ["level", "count"]}},
}


def test_a_score_with_the_next_bracket_of_each_item() -> None:
    given = {"ip1_count": 0, "ip2_count": 3, "ip_level": 4}
    told = explained("score.total > 5", given=given, **ITEMS)
    assert told.clauses[0].reading.text == "总分 4 分，需 > 5"
    [card] = told.scores
    assert (card.low, card.high, card.cap) == (4, 4, 30)
    level, count = card.items
    assert (level.judged, level.low, level.most, level.better) == (True, 4, 8, None)
    assert (count.low, count.high, count.most, count.better_points) == (0, 0, 8, (5, 6))
    assert count.better is not None
    assert [gap.text for gap in count.better.gaps] == ["Ⅱ类知识产权增加 2 项（至 5 项）"]


def test_what_would_raise_a_score_far_enough() -> None:
    given = {"ip1_count": 0, "ip2_count": 3, "ip_level": 0}
    [gap] = explained("score.total > 6", given=given, **ITEMS).clauses[0].gaps[1:]
    assert gap.text == "Ⅰ类知识产权增加 1 项（至 1 项）"


def test_groups_keep_their_shape() -> None:
    require = {"all": [clause("A", "title_hnte"), {"any": [clause("B", "listed_abroad")]}]}
    told = explained(given={"listed_abroad": True}, require=require)
    assert (told.require.kind, told.require.met) == ("all", None)
    group = told.require.branches[1]
    assert isinstance(group, GroupExplanation)
    assert (group.kind, group.met) == ("any", True)


def test_the_amount_and_how_it_comes_about() -> None:
    benefit = {
        "label": {"zh": "减免"},
        "amount": "larger(rd_exp_y0 - floor, 0) * share",
        "per": "year",
    }
    told = explained("title_hnte", given=FIRM, benefit=benefit).amount
    assert told is not None
    assert (told.yuan, told.text, told.exact) == (Fraction(55_920), "5.59 万元", "55,920 元")
    assert told.formula == "(研发费用（2025年）286.4 万元 − 100 万元) × 3%"


def test_assumed_facts_and_disputes_are_told() -> None:
    told = explained(
        "NOT listed_abroad",
        given={"ip1_count": 3},
        assume={"listed_abroad": {"value": False, "source": "d1 第二条", "reason": {"zh": "少见"}}},
        disputes=[
            {"id": "D1", "text": {"zh": "总有争议"}},
            {"id": "D2", "text": {"zh": "恰为 3 项"}, "when": "ip1_count = 3"},
            {"id": "D3", "text": {"zh": "恰为 4 项"}, "when": "ip1_count = 4"},
            {"id": "D4", "text": {"zh": "或许"}, "when": "ip2_count = 4"},
        ],
    )
    [assumed] = told.assumed
    assert (assumed.fact.label, assumed.fact.text, assumed.reason) == ("境外上市", "否", "少见")
    assert told.clauses[0].reading.text == "境外上市 否（假定），需为否"
    assert told.disputes == ("总有争议", "恰为 3 项", "或许")


def test_the_nearest_number_that_holds() -> None:
    assert nearest(lambda x: x >= 137, 0, 10**15) == 137
    assert nearest(lambda x: x <= -5, 3, -100) == -5
    assert nearest(lambda x: 40 <= x <= 200, 0, 10**6) == 40
    assert nearest(lambda x: False, 0, 10**6) is None
    assert nearest(lambda x: x == 10, 9, 10) == 10


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(45, 1000), "4.5%"),  # as a policy writes it: 0.045
        (Fraction(3, 100), "3%"),
        (Fraction(45001, 1_000_000), "4.5001%"),  # nothing that matters is rounded away
        (Fraction(125, 100_000), "0.125%"),
        (Fraction(2864, 102_300), "2.80%"),  # a quotient: its zeros say how exact it is
        (Fraction(1, 3), "33.33%"),
        (Fraction(0), "0%"),
    ],
)
def test_a_percentage_is_written_as_it_is(share: Fraction, shown: str) -> None:
    assert format_number(share, PURE, "zh", percent=True) == shown


def test_a_threshold_of_four_and_a_half_percent_has_no_zeros_behind_it() -> None:
    asked = compiled(
        "rd_exp_y0 / NULLIF(revenue_y0, 0) >= low", parameters={"low": parameter(0.045)}
    )
    told = explain(asked, facts(FIRM), language="zh").clauses[0].reading
    assert told.text.endswith("= 2.80%，需 ≥ 4.5%")
    unread = explain(asked, {}, language="zh").clauses[0].reading
    assert unread.text.endswith("未知，需 ≥ 4.5%")

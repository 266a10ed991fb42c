"""Due moments as sentences, word for word."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from django.utils.translation import override
from tests.engines.worktime.china import at, china, working_days

from lianshang.core.calendars.equations import equation, progress, short
from lianshang.engines.worktime import (
    Clock,
    DayKind,
    Pause,
    SpecialDay,
    Start,
    Unit,
    due,
    used,
)

CHINA = china(
    on_2026_11_25=SpecialDay(DayKind.MORNING, "区运动会"),
    on_2026_12_02=SpecialDay(DayKind.AFTERNOON, "上午停电"),
)
WAITING = Pause(at("2026-10-08 10:00"), at("2026-10-09 10:00"), "等企业补材料")


@pytest.fixture(autouse=True)
def _read_in_chinese() -> Iterator[None]:
    """Whatever language the page of an earlier test left behind."""
    with override("zh-hans"):
        yield


def said(start: str, clock: Clock, *pauses: Pause, language: str = "zh-hans") -> str:
    with override(language):
        return equation(due(at(start), clock, CHINA, pauses), clock, at(start))


def test_the_example_of_the_specification() -> None:
    assert said("2026-09-29 16:40", working_days(3)) == (
        "自 9月29日（周二）16:40 起 3 个工作日：9月30日 周三，10月1日–7日 国庆节放假，"
        "10月8日 周四，10月9日 周五 → 2026-10-09 16:40；10月10日 周六为调休上班"
    )


def test_the_example_in_english() -> None:
    assert said("2026-09-29 16:40", working_days(3), language="en") == (
        "3 working days from Tue 2026-09-29 16:40: Wed 30 Sep, holiday 1–7 Oct, Thu 8 Oct, "
        "Fri 9 Oct → Fri 2026-10-09 16:40; Sat 10 Oct is a make-up working day"
    )


def test_a_pause_says_when_why_and_how_much() -> None:
    assert said("2026-09-29 16:40", working_days(3), WAITING) == (
        "自 9月29日（周二）16:40 起 3 个工作日：9月30日 周三，10月1日–7日 国庆节放假，"
        "10月8日 周四，10月9日 周五，10月8日 10:00–10月9日 10:00 等企业补材料，停 1 个工作日，"
        "10月10日 周六（调休上班） → 2026-10-10 16:40"
    )


def test_an_open_pause_says_what_is_left() -> None:
    waiting = Pause(at("2026-11-24 13:30"), None, "等企业补材料")
    assert said("2026-11-23 13:30", working_days(3), waiting) == (
        "自 11月23日（周一）13:30 起 3 个工作日：11月24日 周二，11月24日 13:30– 等企业补材料"
        " → 暂停中，还剩 2 个工作日"
    )


def test_a_long_clock_names_what_is_unusual() -> None:
    assert said("2026-11-20 15:00", working_days(60, Start.NEXT)) == (
        "自 11月20日（周五）15:00 次日起 60 个工作日，周六日不计：11月25日只上午上班，"
        "12月2日只下午上班，1月1日 元旦放假，2月5日–8日 春节放假 → 2027-02-18 17:30；"
        "放假安排未公布，暂按周一至周五计算"
    )


@pytest.mark.parametrize(
    ("clock", "text"),
    [
        (
            working_days(3),
            "自 11月27日（周五）15:00 起 3 个工作日：11月28日–29日 周末，11月30日 周一，"
            "12月1日 周二，12月2日只下午上班，12月3日 周四 → 2026-12-03 09:30",
        ),
        (
            Clock(1, Unit.WORKING_HOURS),
            "自 11月27日（周五）15:00 起 1 个工作小时：11月27日 周五 → 2026-11-27 16:00",
        ),
        (
            Clock(2, Unit.NATURAL_HOURS),
            "自 11月27日（周五）15:00 起 2 小时 → 2026-11-27 17:00",
        ),
        (
            Clock(3, Unit.NATURAL_DAYS, Start.NEXT),
            "自 11月27日（周五）15:00 次日起 3 个自然日 → 2026-11-30 24:00",
        ),
        (
            Clock(2, Unit.NATURAL_DAYS, Start.NEXT, rolls=True),
            "自 11月27日（周五）15:00 次日起 2 个自然日 → 2026-11-30 24:00；"
            "最后一日为休息日，顺延至下一个工作日",
        ),
    ],
)
def test_every_sort_of_clock(clock: Clock, text: str) -> None:
    assert said("2026-11-27 15:00", clock) == text


def test_lists_get_a_short_form() -> None:
    start, clock = at("2026-11-18 10:00"), working_days(3)
    assert short(due(start, clock, CHINA), clock, start) == "3 个工作日：11-18 起，周六日不计"
    start = at("2026-09-29 16:40")
    assert short(due(start, clock, CHINA), clock, start) == (
        "3 个工作日：09-29 起，周六日、国庆节不计"
    )
    natural = Clock(15, Unit.NATURAL_DAYS, Start.NEXT)
    assert short(due(start, natural, CHINA), natural, start) == "15 个自然日：09-29 次日起"


def test_how_far_a_clock_is() -> None:
    start, clock = at("2026-08-10 10:00"), working_days(60)
    assert progress(used(start, at("2026-10-10 15:00"), clock, CHINA), clock) == (
        "60 个工作日中的第 41 日"
    )
    assert progress(Fraction(0), clock) == "60 个工作日中的第 1 日"
    assert progress(Fraction(125, 2), clock) == "60 个工作日已满，超过 2.5 个工作日"
    assert progress(Fraction(3, 2), Clock(2, Unit.WORKING_HOURS)) == "2 个工作小时中的第 2 小时"

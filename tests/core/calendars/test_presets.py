"""The published time limits, each from a festival Friday, a night and a make-up Saturday."""

from datetime import date

import pytest
from django.utils.translation import override
from tests.engines.worktime.china import at, china

from lianshang.core.calendars.presets import Stage, presets
from lianshang.engines.worktime import due

CHINA = china()
MID_AUTUMN = "2026-09-25 10:00"  # the Friday before National Day, itself off
NIGHT = "2026-09-30 22:30"
MAKE_UP = "2026-10-10 10:00"
FIRST, STAGE, CLOSE = Stage.FIRST_CONTACT, Stage.STAGE, Stage.CLOSE

LIMITS = [
    ("zhongshan", FIRST, "", "09-28 10:00", "10-08 10:00", "10-10 11:00"),
    ("zhongshan", STAGE, "", "09-30 17:30", "10-10 17:30", "10-14 10:00"),
    ("zhongshan", CLOSE, "", "10-09 17:30", "10-13 17:30", "10-16 10:00"),
    ("changchun_new_area", STAGE, "咨询", "09-28 17:30", "10-08 17:30", "10-12 10:00"),
    ("changchun_new_area", STAGE, "答复", "09-30 17:30", "10-10 17:30", "10-14 10:00"),
    ("changchun_new_area", CLOSE, "", "10-22 17:30", "10-27 17:30", "10-30 10:00"),
    ("chongming_park", FIRST, "", "09-28 11:00", "10-08 11:00", "10-10 12:00"),
    ("chongming_park", STAGE, "", "09-30 17:30", "10-10 17:30", "10-14 10:00"),
    ("chongming_park", CLOSE, "", "10-22 17:30", "10-27 17:30", "10-30 10:00"),
    ("jinniu_12345", FIRST, "咨询即办", "09-25 10:00", "09-30 22:30", "10-10 10:00"),
    ("jinniu_12345", FIRST, "紧急", "09-25 12:00", "10-01 00:30", "10-10 12:00"),
    ("jinniu_12345", CLOSE, "需调查", "09-27 10:00", "10-02 22:30", "10-12 10:00"),
    ("hefei_enterprise_home", FIRST, "派单", "09-26 10:00", "10-01 22:30", "10-11 10:00"),
    ("shenzhen_2020", FIRST, "政策咨询", "09-26 10:00", "10-01 22:30", "10-11 10:00"),
    ("shenzhen_2020", STAGE, "", "09-30 17:30", "10-10 17:30", "10-14 10:00"),
    ("beijing_12345", FIRST, "紧急", "09-25 12:00", "10-01 00:30", "10-10 12:00"),
    ("beijing_12345", FIRST, "水电气热", "09-26 10:00", "10-01 22:30", "10-11 10:00"),
    ("beijing_12345", STAGE, "一般", "10-02 10:00", "10-07 22:30", "10-17 10:00"),
    ("beijing_12345", CLOSE, "复杂", "10-10 10:00", "10-15 22:30", "10-25 10:00"),
    ("policy_payout", STAGE, "", "10-12 17:30", "10-15 17:30", "10-20 17:30"),
    ("policy_payout", CLOSE, "", "12-24 17:30", "12-29 17:30", "2027-01-04 17:30"),
]


@pytest.mark.parametrize(
    ("code", "stage", "label", "ends"), [(*row[:3], row[3:]) for row in LIMITS]
)
def test_a_limit_runs_out_when_a_calendar_says_so(
    code: str, stage: Stage, label: str, ends: tuple[str, str, str]
) -> None:
    clock = presets()[code].clock(stage, label)
    for start, end in zip((MID_AUTUMN, NIGHT, MAKE_UP), ends, strict=True):
        year = "" if end.startswith("2027") else "2026-"
        assert due(at(start), clock, CHINA).at == at(year + end)


def test_every_limit_of_the_file_is_tested() -> None:
    written = [(code, one.stage) for code, preset in presets().items() for one in preset.clocks]
    assert sorted(written) == sorted((code, stage) for code, stage, *_rest in LIMITS)


def test_the_plan_of_inspections_is_due_by_the_end_of_march() -> None:
    assert presets()["inspection_plan"].yearly_day(2027) == date(2027, 3, 31)
    assert presets()["zhongshan"].yearly_day(2027) is None


def test_what_no_source_says_is_marked_in_both_languages() -> None:
    beijing = presets()["beijing_12345"]
    with override("zh-hans"):
        assert "待按正式文本确认" in str(beijing.note)
    with override("en"):
        assert "to be confirmed" in str(beijing.note)
    unclear = [code for code, one in presets().items() if "确认" not in one.note.zh]
    assert unclear == ["inspection_plan"]


def test_a_limit_that_does_not_exist_is_named() -> None:
    with pytest.raises(KeyError, match="hefei_enterprise_home has no limit close"):
        presets()["hefei_enterprise_home"].clock(CLOSE)

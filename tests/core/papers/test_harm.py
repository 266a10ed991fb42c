"""Values are text, whatever they look like."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.core.papers.made import made, rows_of, text_of

from lianshang.core.papers.contexts import Item
from lianshang.core.papers.samples import BULLETIN, HANDLING_SLIP, MINUTES

NASTY = (
    "{{ number }}",
    "{% for x in items %}{{ x }}{% endfor %}",
    "</w:t></w:r><w:r><w:t>注入",
    "A & B <b>\"引号\"</b> 和 '单引号'",
    "{{ ''.__class__.__mro__ }}",
    "{_{ title }_}",
)


@pytest.mark.parametrize("value", NASTY)
def test_a_value_is_printed_as_it_is(value: str) -> None:
    rows = rows_of(made("handling_slip", matter=value))
    assert ["事　　项", value.replace("{_{", "{{").replace("}_}", "}}")] in rows


@pytest.mark.parametrize("value", NASTY[:5])
def test_a_title_is_printed_as_it_is(value: str) -> None:
    lines = text_of(made("bulletin", title=value)).splitlines()
    assert value in "".join(lines)


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    rows = rows_of(made("handling_slip", matter="用\x00电\x0b扩\u202e容\ufffe\t一期"))
    assert ["事　　项", "用电扩容 一期"] in rows or ["事　　项", "用电\n扩容 一期"] in rows


def test_a_thousand_characters_are_all_there() -> None:
    request = "新建产线申请临时用电扩容，" * 77
    rows = rows_of(made("handling_slip", request=request[:1000]))
    assert ["诉求内容", request[:1000]] in rows


def test_lines_become_paragraphs_of_the_same_style() -> None:
    bulletin = replace(BULLETIN, items=(Item(heading="要闻", text="第一段。\r\n\r\n第二段。"),))
    text = text_of(made("bulletin", bulletin))
    assert "一、要闻\n第一段。\n第二段。\n" in text


def test_a_name_with_marks_does_not_break_a_list() -> None:
    minutes = replace(MINUTES, present=("甲 <1>", "乙 & 丙"))
    assert "出席：甲 <1>、乙 & 丙" in text_of(made("minutes", minutes))


def test_nothing_given_is_printed_as_nothing() -> None:
    slip = replace(HANDLING_SLIP, proposal="")
    rows = rows_of(made("handling_slip", slip))
    assert ["拟办意见", "\n签字：　　　　　　　　　年　　月　　日"] in rows

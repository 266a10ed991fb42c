"""Each paper read back: page, fonts, lines, and what it says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from tests.core.papers.made import left_over, made, opened, rows_of, text_of

from lianshang.core.papers.contexts import Decision, balanced, chinese_day
from lianshang.core.papers.furniture import masthead_size
from lianshang.core.papers.kinds import KINDS
from lianshang.core.papers.rendering import chinese_number


def mm(length: Any) -> float:
    return round(length.mm, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_that_of_the_standard(kind: str) -> None:
    section = opened(made(kind)).sections[0]
    assert (mm(section.page_width), mm(section.page_height)) == (210, 297)
    assert (mm(section.top_margin), mm(section.left_margin)) == (37, 28)
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    assert (round(width / 36000), round(height / 36000)) == (156, 225)


@pytest.mark.parametrize("kind", KINDS)
def test_the_fonts_are_named_with_their_stand_ins(kind: str) -> None:
    document = opened(made(kind))
    found = {}
    for name in ("公文标题", "公文正文", "一级标题", "二级标题", "版记", "页码"):
        style: Any = document.styles[name]
        fonts = style.element.rPr.find(qn("w:rFonts"))
        found[name] = (fonts.get(qn("w:eastAsia")), style.font.size.pt)
    assert found == {
        "公文标题": ("方正小标宋简体", 22),
        "公文正文": ("仿宋_GB2312", 16),
        "一级标题": ("黑体", 16),
        "二级标题": ("楷体_GB2312", 16),
        "版记": ("仿宋_GB2312", 14),
        "页码": ("宋体", 14),
    }
    table = next(p for p in document.part.package.iter_parts() if "fontTable" in p.partname)
    assert 'w:altName w:val="仿宋,FangSong"' in table.blob.decode()


def test_22_lines_of_28_characters_fill_the_page_and_no_more() -> None:
    style: Any = opened(made("minutes")).styles["公文正文"]
    line = style.paragraph_format.line_spacing
    assert 22 * line <= Mm(225) < 22.1 * line
    tighter = int(style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    width = style.font.size.pt + tighter
    assert 28 * width <= Mm(156).pt < 28.1 * width
    indent = style.element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_page_numbers_stand_outside_between_dashes() -> None:
    document = opened(made("minutes"))
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (odd.alignment, even.alignment) == (ALIGN.RIGHT, ALIGN.LEFT)
    assert (odd.paragraph_format.right_indent, even.paragraph_format.left_indent) == (
        Pt(14),
        Pt(14),
    )
    assert document.settings.odd_and_even_pages_header_footer is True


@pytest.mark.parametrize("kind", KINDS)
def test_every_placeholder_is_filled(kind: str) -> None:
    assert left_over(made(kind)) == []


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("handling_slip", 0), ("supervision_letter", 3), ("minutes", 2), ("bulletin", 2)],
)
def test_red_is_the_masthead_and_its_lines_and_nothing_else(kind: str, expected: int) -> None:
    document = opened(made(kind))
    section = document.sections[0]
    parts = [document.element, section.first_page_header._element]
    parts.append(section.first_page_footer._element)
    colours = [
        str(one.get(qn(f"w:{name}")))
        for part in parts
        for one in part.iter()
        for name in ("color", "val")
        if one.tag in {qn("w:color"), qn("w:top"), qn("w:bottom")}
    ]
    assert colours.count("FF0000") == expected


def test_the_handling_slip_says_who_until_when_and_why() -> None:
    content = made("handling_slip")
    rows = {row[0]: row[1:] for row in rows_of(content)}
    assert rows["主办单位"] == ["示例建设管理局", "协办单位", "示例供电服务中心、示例交通管理处"]
    assert rows["接收时间"] == ["2026年11月23日 16:40", "办理时限", "2026年11月30日 18:00"]
    assert rows["时限算式"][0].startswith("2026-11-23 16:40 收到，次个工作日 11-24 起算")
    assert rows["答复企业"] == ["示例建设管理局", "2026年11月30日", ""]
    assert rows["领导批示"] == ["\n签字：　　　　　　　　　年　　月　　日"]
    assert rows["办理结果"] == ["\n（盖章）　　　　　　　　年　　月　　日"]
    assert "编号：示高管文〔2026〕3号\n2026" not in text_of(content)
    assert "编号：示高管文〔2026〕3号2026年11月23日" in text_of(content)


def test_signature_boxes_never_break_across_pages() -> None:
    table = opened(made("handling_slip")).tables[0]
    kept = {
        row.cells[0].text: row._tr.trPr is not None
        and row._tr.trPr.find(qn("w:cantSplit")) is not None
        for row in table.rows
    }
    assert kept["诉求内容"] is False  # a long request may run on
    assert all(kept[name] for name in ("拟办意见", "领导批示", "办理结果", "提出方评价"))


def test_what_is_not_given_leaves_no_empty_row() -> None:
    rows = rows_of(made("handling_slip", steps=(), equation="", co_owners=()))
    labels = [row[0] for row in rows]
    assert "办理环节" not in labels
    assert "时限算式" not in labels
    assert ["主办单位", "示例建设管理局", "协办单位", "—"] in rows


def test_the_supervision_letter_names_the_overdue_and_leaves_room_for_the_seal() -> None:
    text = text_of(made("supervision_letter")).splitlines()
    assert text[:3] == [
        "示高管文〔2026〕3号",
        "关于解决新建产线临时用电扩容的督办函",
        "示例建设管理局：",
    ]
    assert "截至2026年11月23日，该事项尚未办结，已逾期6 个工作日（自11月16日起算）。" in text[3]
    assert text[4:7] == [
        "该事项已完成现场核实。现将有关要求函告如下：",
        "1. 三个工作日内完成方案会商，并将经办人告知企业。",
        "2. 办结后当面答复企业，由企业确认是否真正解决。",
    ]
    assert text[8:12] == [
        "特此督办。",
        "示例高新区管委会",
        "2026年11月23日",
        "抄送：示例供电服务中心、示例党建工作办公室。",
    ]
    paragraphs = opened(made("supervision_letter")).paragraphs
    place = [one.text for one in paragraphs].index("示例高新区管委会")
    before = paragraphs[place - 3 : place]
    assert [one.text for one in before] == ["特此督办。", "", ""]
    assert all(one.paragraph_format.keep_with_next for one in before)


def test_thirty_decisions_are_numbered_under_a_repeated_heading() -> None:
    decisions = tuple(
        Decision(matter=f"办理事项{n}", owner="示例建设管理局", due=date(2026, 12, n))
        for n in range(1, 31)
    )
    content = made("minutes", decisions=decisions)
    rows = rows_of(content)
    assert rows[0] == ["序号", "议定事项", "牵头单位", "配合单位", "完成时限"]
    assert rows[30] == ["30", "办理事项30", "示例建设管理局", "—", "2026年12月30日"]
    assert len(rows) == 31
    table = opened(content).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_minutes_name_who_was_there_after_the_text() -> None:
    text = text_of(made("minutes"))
    assert "示例高新区管委会会议纪要" in text
    assert "一、关于企业诉求办理" in text
    assert text.index("完成示例光电") < text.index("出席：示例党建工作办公室甲、")
    assert "报：示例党工委。\n发送：各成员单位、各链上企业党组织。\n示例高新区管委会2026" in text


def test_figures_of_a_bulletin_stand_with_source_and_day() -> None:
    rows = rows_of(made("bulletin"))
    assert rows[0] == ["序号", "指标", "数值", "来源", "数据日期"]
    assert rows[2] == ["2", "企业确认解决率", "90.3%", "企业回访", "2026年11月20日"]
    assert "第3期" in text_of(made("bulletin"))


def test_long_titles_become_lines_of_equal_length() -> None:
    assert balanced("十一月企业诉求办结率和企业确认解决率双提升") == (
        "十一月企业诉求办结率\n和企业确认解决率双提升"
    )
    assert balanced("关于用电扩容的督办函") == "关于用电扩容的督办函"
    long = "关于" + "协调解决新建产线临时用电扩容" * 4 + "的督办函"
    assert {len(line) for line in balanced(long).splitlines()} == {15, 16}


def test_a_long_name_gets_a_smaller_masthead() -> None:
    assert masthead_size("示例高新区管委会").pt == 48
    assert masthead_size("示例国家高新技术产业开发区管委会").pt == 27
    assert masthead_size("示" * 40).pt == 26


def test_days_and_numbers_are_written_as_offices_write_them() -> None:
    assert chinese_day(date(2026, 1, 5)) == "2026年1月5日"
    numbers = [chinese_number(n) for n in (1, 10, 12, 20, 35)]
    assert numbers == ["一", "十", "十二", "二十", "三十五"]

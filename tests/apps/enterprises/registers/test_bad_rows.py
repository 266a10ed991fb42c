"""Every kind of bad cell in the register of enterprises: what is said of it, and that good rows go
on.
"""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.core.imports.tables import checked, code, committed, file, states, told, told_of_file

from lianshang.apps.enterprises.models import Enterprise
from lianshang.core.imports.refusals import ImportRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("park")]
GOOD = (code(1), "示例光电科技有限公司")


def said_of(
    header: str, cell: Any, *, row: Sequence[Any] = (code(2), "示例软件有限公司")
) -> list[str]:
    """What is said of one cell in a file whose other row is good; the good row goes on."""
    rows = [("统一社会信用代码", "企业名称", header), (*GOOD, None), (*row, cell)]
    if header in rows[0][:2]:
        place = rows[0].index(header)
        bad = list(row)
        bad[place] = cell
        rows = [rows[0][:2], GOOD, tuple(bad)]
    batch = checked("enterprises", file(rows, sheet="企业名录"))
    problems = told(batch)
    committed(batch)
    assert Enterprise.objects.filter(name=GOOD[1]).exists()
    assert 2 not in problems
    return problems.get(3, [])


def test_a_bad_check_digit() -> None:
    bad = code(2)[:-1] + ("0" if code(2)[-1] != "0" else "1")
    assert said_of("统一社会信用代码", bad) == [
        f"工作表“企业名录” 第 3 行 A 列“统一社会信用代码”：读到“{bad}”；"
        "应为校验码相符的代码（第 17、18 位）。"
        "第 18 位校验不符，可能有一位抄错，请对照营业执照核对。"
    ]
    assert not Enterprise.objects.filter(name="示例软件有限公司").exists()


def test_a_code_with_two_wrong_digits_and_a_likely_meaning() -> None:
    assert said_of("统一社会信用代码", "91610131MA6U2F8G8K") == [
        "工作表“企业名录” 第 3 行 A 列“统一社会信用代码”：读到“91610131MA6U2F8G8K”；"
        "应为校验码相符的代码（第 17、18 位）。"
        "第 17、18 位校验不符，可能有一位抄错，请对照营业执照核对。"
        "可能是 91610131MA6U2FBG8K。"
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("9161013", "应为18 位统一社会信用代码。读到 7 位，请补全。"),
        ("990001123456789", "应为18 位统一社会信用代码。读到 15 位，请补全。"),
        ("MA6TG1J05", "这是 9 位组织机构代码，请换成营业执照上的统一社会信用代码。"),
        ("9.161013E+17", "请把该列设为“文本”后重新填写。"),
        ("916101O1MA6TG1J056", "第 7 位的“O”不会出现在代码中"),
    ],
)
def test_other_numbers_where_the_code_should_be(cell: str, expected: str) -> None:
    [said] = said_of("统一社会信用代码", cell)
    assert expected in said


def test_an_identity_card_number_is_neither_kept_nor_repeated() -> None:
    [said] = said_of("统一社会信用代码", "11010519491231002X")
    assert said == (
        "工作表“企业名录” 第 3 行 A 列“统一社会信用代码”：读到“（身份证号，已隐去）”；"
        "应为企业的统一社会信用代码。这是居民身份证号，属于个人信息，未保存；请改填企业代码。"
    )


def test_full_width_digits_are_read_and_told() -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code(2))
    assert said_of("统一社会信用代码", wide) == [
        f"工作表“企业名录” 第 3 行 A 列“统一社会信用代码”：读到“{wide}”；"
        f"应为半角的数字和字母。已按“{code(2)}”读取，请核对。"
    ]
    assert Enterprise.objects.get(credit_code=code(2)).name == "示例软件有限公司"


def test_an_unknown_industry_code_keeps_the_row_back() -> None:
    assert said_of("行业代码", "9999") == [
        "工作表“企业名录” 第 3 行 C 列“行业代码”：读到“9999”；"
        "应为GB/T 4754-2017 的行业代码。没有这个代码，请核对。"
    ]
    assert not Enterprise.objects.filter(credit_code=code(2)).exists()


def test_a_wrong_section_letter_is_put_right_in_words() -> None:
    [said] = said_of("行业代码", "C6513")
    assert said.endswith("应为字母与数字相符的行业代码。门类字母不对，应为 I6513。")


def test_a_number_that_may_have_lost_its_zero() -> None:
    [said] = said_of("行业代码", 111)
    assert "如果前面丢了 0，应为 A0111 稻谷种植，请核对。" in said


def test_a_spreadsheets_day_number_is_a_date() -> None:
    assert said_of("成立日期", 43634) == [
        "工作表“企业名录” 第 3 行 C 列“成立日期”：读到“43634”；"
        "应为日期，如 2024-03-01。是表格软件的日期序号，已读作 2019-06-18，请核对。"
    ]
    assert str(Enterprise.objects.get(credit_code=code(2)).registered_on) == "2019-06-18"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("去年", "读到“去年”；应为日期，如 2024-03-01。请按“年-月-日”写全，如 2024-03-01。"),
        ("2023-02-30", "应为确实存在的日期。"),
        ("4/5/2021", "可能是 2021-04-05 / 2021-05-04，请按“年-月-日”填写。"),
        ("2199-01-01", "应为1900 至 2100 年之间的日期。请核对年份。"),
        ("2099-01-01", "应为不晚于今天的日期。请核对年份。"),
        ("2019年6月", "应为精确到日的日期。已按 2019-06-01 读取，请核对。"),
    ],
)
def test_other_dates(cell: str, expected: str) -> None:
    [said] = said_of("成立日期", cell)
    assert expected in said


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("登记状态", "好", "应为存续、停业、迁出、吊销、注销之一。请改为其中一项。"),
        ("类型", "甲类", "应为企业、个体工商户、科研院所、新型研发机构、社会组织之一。"),
        (
            "园区",
            "没听说过的园",
            "应为已登记的园区或其别名。请核对名称；是新园区的，先在“园区”中登记",
        ),
        ("坐标系", "北京54", "应为CGCS2000、WGS-84、GCJ-02、BD-09之一。"),
        ("注册地址", "长" * 301, "应为不超过 300 个字。请缩短后重试。"),
        ("企业名称", 123456, "应为企业全称。请填营业执照上的名称。"),
        ("企业名称", "", "应为企业名称，不能为空。请补填此格，或作废此行。"),
        ("经度", "东边", "应为数字。请只填数字，单位写在表头。"),
    ],
)
def test_cells_that_keep_the_row_back(header: str, cell: Any, expected: str) -> None:
    assert expected in said_of(header, cell)[0]
    assert not Enterprise.objects.filter(credit_code=code(2)).exists()


def test_longitude_and_latitude_in_the_wrong_order() -> None:
    rows = [("企业名称", "经度", "纬度", "坐标系"), ("示例软件有限公司", 36.1, 105.3, "CGCS2000")]
    batch = checked("enterprises", file(rows, sheet="企业名录"))
    assert told(batch)[2][0] == (
        "工作表“企业名录” 第 2 行 B 列“经度”：读到“36.1, 105.3”；"
        "应为先经度、后纬度。经纬度填反了，应为经度 105.3、纬度 36.1。"
    )


def test_formulas_with_and_without_a_saved_value() -> None:
    rows = [
        ("企业名称", "注册地址"),
        ("示例光电科技有限公司", '="示例大道" & 1'),
        ("示例软件有限公司", "示例大道2号"),
    ]
    batch = checked("enterprises", file(rows, sheet="企业名录"))
    assert told_of_file(batch) == [
        "工作表“企业名录”：读到“1 个公式”；应为数值。"
        "已读取公式最近一次保存的结果；如有疑问请在 Excel 中重新计算并保存。"
    ]
    assert states(committed(batch)) == {"created": 2}


def test_a_file_without_the_needed_column_says_which() -> None:
    with pytest.raises(ImportRefused) as caught:
        checked(
            "enterprises", file([("统一社会信用代码", "备注"), (code(1), "x")], sheet="企业名录")
        )
    assert caught.value.reasons == [
        "工作表“企业名录”：应为有一列是“企业名称”。请在“列对应”页指定这一列，或在表中补上后重新上传。"
    ]


def test_a_file_without_any_known_column() -> None:
    with pytest.raises(ImportRefused) as caught:
        checked("enterprises", file([("甲", "乙"), ("1", "2")], sheet="企业名录"))
    assert caught.value.reasons[0] == (
        "工作表“企业名录”：应为含有“统一社会信用代码”等列名的表头行。"
        "请下载模板对照列名，或检查是否选错了工作表。"
    )


def test_unknown_doubled_and_nameless_columns_are_told_and_left_out() -> None:
    rows = [("企业名称", "名称", "法人爱好", ""), ("示例软件有限公司", "别名", "x", "y")]
    batch = checked("enterprises", file(rows, sheet="企业名录"))
    assert told_of_file(batch) == [
        "工作表“企业名录” 第 1 行 B 列“名称”：读到“名称”；应为“企业名称”只有一列。"
        "与 A 列重复，只读取了 A 列。",
        "工作表“企业名录” 第 1 行 C 列“法人爱好”：读到“法人爱好”；应为可识别的列名。"
        "此列未导入；需要时请在“列对应”页指定。",
        "工作表“企业名录” 第 1 行 D 列“”：应为有列名的列。此列有内容但没有列名，未导入。",
    ]
    assert states(committed(batch)) == {"created": 1}


def test_titles_totals_notes_and_repeated_headers_are_no_firms() -> None:
    rows = [
        ("示例高新区企业名录", ""),
        ("制表：示例部门", ""),
        ("企业名称", "登记状态"),
        ("示例光电科技有限公司", "存续"),
        ("企业名称", "登记状态"),
        ("示例软件有限公司", "存续"),
        ("合计", "2"),
        ("注：数据来自登记机关", ""),
    ]
    batch = checked("enterprises", file(rows, sheet="企业名录", merged=[(0, 0, 0, 1)]))
    assert told_of_file(batch) == [
        "工作表“企业名录” 第 5 行：读到“企业名称”；应为一行一个对象。是重复的表头，未导入。",
        "工作表“企业名录” 第 7 行：读到“合计”；应为一行一个对象。是合计行，未导入。",
        "工作表“企业名录” 第 8 行：读到“注：数据来自登记机关”；"
        "应为一行一个对象。是说明文字，未导入。",
    ]
    assert states(committed(batch)) == {"created": 2}


def test_a_header_under_group_headings_is_found() -> None:
    rows = [
        ("主体信息", "", "住所"),
        ("企业名称", "登记状态", "注册地址"),
        ("示例光电科技有限公司", "存续", "示例大道1号"),
    ]
    batch = checked("enterprises", file(rows, sheet="企业名录", merged=[(0, 0, 0, 1)]))
    assert (batch.header_row, batch.first_row, told_of_file(batch)) == (2, 3, [])
    committed(batch)
    assert Enterprise.objects.get().registered_address == "示例大道1号"

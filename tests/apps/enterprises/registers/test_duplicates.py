"""Two rows about one firm in one file: the same, complementary, contradicting."""

import pytest
from tests.core.imports.tables import checked, code, committed, file, states, told

from lianshang.apps.enterprises.models import Enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("park")]
HEADER = ("统一社会信用代码", "企业名称", "成立日期", "注册地址")
FIRST = (code(1), "示例光电科技有限公司", "2019-06-18", "")


def test_the_same_row_twice_is_one() -> None:
    batch = checked("enterprises", file([HEADER, FIRST, FIRST], sheet="企业名录"))
    assert told(batch) == {
        3: ["工作表“企业名录” 第 3 行：应为每家企业一行。与第 2 行相同，已合为一行。"]
    }
    assert states(committed(batch)) == {"created": 1, "skipped": 1}


def test_complementary_rows_are_merged_with_a_notice() -> None:
    second = (code(1), "示例光电科技有限公司", "", "示例大道1号")
    batch = checked("enterprises", file([HEADER, FIRST, second], sheet="企业名录"))
    assert told(batch) == {
        3: [
            "工作表“企业名录” 第 3 行：应为每家企业一行。"
            "与第 2 行是同一对象且互为补充，已并入第 2 行。"
        ]
    }
    committed(batch)
    firm = Enterprise.objects.get()
    assert (str(firm.registered_on), firm.registered_address) == ("2019-06-18", "示例大道1号")


def test_contradicting_rows_keep_the_second_back_and_show_both_values() -> None:
    second = (code(1), "示例光电科技有限公司", "2018-06-18", "")
    batch = checked("enterprises", file([HEADER, FIRST, second], sheet="企业名录"))
    assert told(batch) == {
        3: [
            "工作表“企业名录” 第 3 行 C 列“成立日期”：读到“2018-06-18”；"
            "应为与第 2 行一致（该行为“2019-06-18”）。"
            "两行是同一对象但内容矛盾：请改正此格，或作废其中一行。"
        ]
    }
    assert states(committed(batch)) == {"created": 1, "quarantined": 1}
    assert str(Enterprise.objects.get().registered_on) == "2019-06-18"


def test_a_row_without_a_code_is_known_by_its_name() -> None:
    second = ("", "示例光电科技（有限公司）".replace("（有限公司）", "有限公司"), "", "示例大道1号")
    batch = checked("enterprises", file([HEADER, FIRST, second], sheet="企业名录"))
    assert states(committed(batch)) == {"created": 1, "skipped": 1}
    assert Enterprise.objects.get().registered_address == "示例大道1号"


def test_one_name_with_two_codes_is_a_contradiction() -> None:
    second = (code(2), "示例光电科技有限公司", "2019-06-18", "")
    batch = checked("enterprises", file([HEADER, FIRST, second], sheet="企业名录"))
    [said] = told(batch)[3]
    assert f"第 3 行 A 列“统一社会信用代码”：读到“{code(2)}”；应为与第 2 行一致" in said


def test_a_third_row_is_settled_against_the_merged_one() -> None:
    second = (code(1), "示例光电科技有限公司", "", "示例大道1号")
    third = (code(1), "示例光电科技有限公司", "", "示例大道9号")
    batch = checked("enterprises", file([HEADER, FIRST, second, third], sheet="企业名录"))
    assert [row.state for row in batch.rows.order_by("number")] == [
        "ready",
        "skipped",
        "quarantined",
    ]

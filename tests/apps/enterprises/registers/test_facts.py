"""Figures in the ledger: quantity, year and unit from the heading, source and day beside every
value.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.core.imports.tables import (
    checked,
    code,
    committed,
    file,
    imported,
    states,
    told,
    told_of_file,
)

from lianshang.apps.enterprises.models import Enterprise, Fact
from lianshang.apps.places.models import Park
from lianshang.core.imports.refusals import ImportRefused

pytestmark = pytest.mark.django_db
LIGHT, SOFT = "示例光电科技有限公司", "示例软件有限公司"


@pytest.fixture(autouse=True)
def _firms(park: Park) -> None:
    rows = [("统一社会信用代码", "企业名称"), (code(1), LIGHT), (code(2), SOFT)]
    imported("enterprises", rows)


def ledger() -> list[tuple[Any, ...]]:
    """(firm, quantity, year, value, source) of every present fact, as plain as it gets."""
    rows = Fact.objects.order_by("enterprise__name_key", "quantity__code", "year", "pk")
    return [
        (one.enterprise.name, one.quantity.code, one.year, one.value, one.source.code)
        for one in rows.select_related("enterprise", "quantity", "source")
    ]


def said_of(header: str, cell: Any) -> list[str]:
    """What is said of one cell; the other row is good and goes on."""
    rows = [("企业名称", header, "Ⅰ类知识产权（项）"), (LIGHT, None, 3), (SOFT, cell, 4)]
    batch = checked("facts", file(rows, sheet="年报"), source="firm")
    said = told(batch)
    committed(batch)
    assert ledger()[0] == (LIGHT, "ip1_count", None, Decimal(3), "firm")
    assert 2 not in said
    return said.get(3, [])


def test_units_and_years_stand_in_the_heading() -> None:
    rows = [
        (
            "企业名称",
            "2025年营业收入（万元）",
            "2024年度营业收入(元)",
            "销售收入2025年（亿元）",
            "查账征收",
        ),
        (LIGHT, 1234.5, "1,000,000.50", 0.5, "是"),
    ]
    assert states(imported("facts", rows, source="firm")) == {"created": 1}
    assert ledger() == [
        (LIGHT, "audited_collection", None, True, "firm"),
        (LIGHT, "revenue", 2024, Decimal("1000000.5"), "firm"),
        (LIGHT, "revenue", 2025, Decimal(12345000), "firm"),
        (LIGHT, "sales_rev", 2025, Decimal(50000000), "firm"),
    ]


def test_a_heading_that_may_mean_several_quantities_is_not_guessed() -> None:
    rows = [
        ("企业名称", "2025年研发费用（元）", "2025年末资产总额（元）", "2025年净资产（元）"),
        (LIGHT, 1, 2, 3),
    ]
    batch = imported("facts", file(rows, sheet="年报"), source="firm")
    assert [one[1:4] for one in ledger()] == [
        ("net_assets", 2025, Decimal(3)),
        ("total_assets", 2025, Decimal(2)),
    ]
    [said] = told_of_file(batch)
    assert "读到“2025年研发费用（元）”；应为可识别的列名。" in said


def test_merged_headings_are_joined_and_told() -> None:
    rows = [
        ("企业名称", "2025年", "", "2024年", ""),
        ("", *("营业收入（万元）", "从业人员（报告期末）（人）") * 2),
        (LIGHT, 100, 20, 90, 18),
    ]
    merged = [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)]
    batch = checked("facts", file(rows, sheet="年报", merged=merged), source="firm")
    assert told_of_file(batch)[0] == (
        "工作表“年报” 第 2 行 B 列“2025年 / 营业收入（万元）”：读到“2025年 / 营业收入（万元）”；"
        "应为单行表头。是合并或分层的表头，已读作“2025年营业收入（万元）”，请核对。"
    )
    committed(batch)
    assert [one[1:4] for one in ledger()] == [
        ("revenue", 2024, Decimal(900000)),
        ("revenue", 2025, Decimal(1000000)),
        ("staff_end", 2024, Decimal(18)),
        ("staff_end", 2025, Decimal(20)),
    ]


def test_a_unit_above_the_table_holds_for_all_amounts() -> None:
    rows = [("单位：万元", ""), ("企业名称", "2025年营业收入"), (LIGHT, 100)]
    batch = imported("facts", file(rows, sheet="年报"), source="firm")
    assert told_of_file(batch) == [
        "工作表“年报”：读到“单位：万元”；应为写在列名中的单位。"
        "表头上方写明单位，未另写单位的金额列已按“万元”读取。"
    ]
    assert ledger() == [(LIGHT, "revenue", 2025, Decimal(1000000), "firm")]


def test_an_amount_without_any_unit_is_asked_about_before_anything_is_read() -> None:
    with pytest.raises(ImportRefused) as caught:
        checked(
            "facts",
            file([("企业名称", "2025年营业收入"), (LIGHT, 100)], sheet="年报"),
            source="firm",
        )
    assert caught.value.reasons == [
        "工作表“年报” 第 1 行 B 列“2025年营业收入”：读到“2025年营业收入”；"
        "应为写明单位的列名，如“营业收入（万元）”。请在“列对应”页选定这一列的单位。"
    ]


def test_an_annual_quantity_needs_a_year() -> None:
    rows = [("企业名称", "营业收入（万元）"), (LIGHT, 100)]
    with pytest.raises(ImportRefused) as caught:
        checked("facts", file(rows, sheet="年报"), source="firm")
    assert caught.value.reasons[0].endswith(
        "应为写明年度的列名，如“2025年营业收入”。请在列名中写明年度，或加一列“年度”。"
    )
    imported("facts", rows, source="firm", options={"year": "2025"})
    assert ledger() == [(LIGHT, "revenue", 2025, Decimal(1000000), "firm")]


def test_a_source_is_needed() -> None:
    with pytest.raises(ImportRefused, match="应为数据来源。请选择数据来源，或加一列“来源”。"):
        checked("facts", [("企业名称", "Ⅰ类知识产权"), (LIGHT, 3)])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("见附件", "读到“见附件”；应为数字。请只填数字，单位写在表头。"),
        ("100-200", "读到“100-200”；应为一个确定的数。请填一个数，不要填区间。"),
        ("1000以上", "应为一个确定的数。请填实际数，不要写“以上”“以下”。"),
        ("约500", "应为一个确定的数。请填实际数，不要写“约”“左右”。"),
        ("12,34", "应为数字，千分位逗号每三位一个。请去掉逗号后重填。"),
        ("100万美元", "应为人民币金额。请折算成人民币后填写。"),
        ("#REF!", "应为公式算出的值。请在原表修正公式，或直接填数值。"),
        ("30人", "应为金额。请填金额，单位为元或万元。"),
        (-5, "读到“-5”；应为0 至 10000000000000 元 之间的数。请核对数值和单位。"),
        (10**12, "应为0 至 10000000000000 元 之间的数。"),
    ],
)
def test_cells_that_are_no_amount_keep_the_row_back(cell: Any, expected: str) -> None:
    [said] = said_of("2025年营业收入（万元）", cell)
    assert said.startswith("工作表“年报” 第 3 行 B 列“2025年营业收入（万元）”：")
    assert expected in said
    assert not Fact.objects.filter(enterprise__name=SOFT).exists()


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("１２３", 1230000, "应为半角的数字和字母。已按“123”读取，请核对。"),
        ("500元", 500, "格内另写了单位，已按格内单位读作 500 元，请核对。"),
        ("2亿", 200000000, "应为以万元为单位的数。格内另写了单位，已按格内单位读作 200000000 元"),
        (3000000, 30000000000, "数值偏大，可能填的是元；已按万元读取，请核对。"),
    ],
)
def test_cells_that_are_read_with_a_notice(cell: Any, value: int, expected: str) -> None:
    said = said_of("2025年营业收入（万元）", cell)
    assert expected in said[0]
    assert Fact.objects.get(enterprise__name=SOFT, quantity__code="revenue").number == value


@pytest.mark.parametrize("cell", ["无", "—", "/"])
def test_a_dash_is_not_zero(cell: str) -> None:
    said = said_of("2025年营业收入（万元）", cell)
    if cell != "/":
        assert said[0].endswith("应为数字；确实为零请填 0。已按未填处理。")
    assert not Fact.objects.filter(enterprise__name=SOFT, quantity__code="revenue").exists()


def test_percentages_counts_dates_and_codes() -> None:
    rows = [
        (
            *("企业名称", "主导产品细分市场占有率", "设备器具购进日期", "增值税纳税人类型"),
            *("2025年从业人员（报告期末）（人）",),
        ),
        (LIGHT, "12.5%", "2025.03.01", "小规模纳税人", "30人"),
        (SOFT, 0.2, 45000, "甲类", 12.5),
    ]
    batch = imported("facts", rows, source="firm")
    assert [one[1:4] for one in ledger()] == [
        ("equipment_purchased_on", None, date(2025, 3, 1)),
        ("market_share", None, Decimal("0.125")),
        ("staff_end", 2025, Decimal(30)),
        ("vat_payer_type", None, "small"),
    ]
    assert [line.split("；", 1)[1] for line in told(batch)[3]] == [
        "应为日期，如 2024-03-01。是表格软件的日期序号，已读作 2023-03-15，请核对。",
        "应为小规模纳税人、一般纳税人之一。请改为其中一项。",
        "应为整数。请填整数。",
    ]


def test_a_year_in_each_row_and_a_firm_merged_over_its_years() -> None:
    rows = [("企业名称", "年度", "营业收入（元）"), (LIGHT, "2024年", 900), ("", 2025, 1000)]
    imported("facts", file(rows, merged=[(1, 0, 2, 0)]), source="firm")
    assert [one[2:4] for one in ledger()] == [(2024, Decimal(900)), (2025, Decimal(1000))]


def test_a_firm_nobody_knows_is_kept_back() -> None:
    batch = imported(
        "facts",
        file([("企业名称", "Ⅰ类知识产权"), ("示例新人有限公司", 3)], sheet="年报"),
        source="firm",
    )
    assert told(batch)[2] == [
        "工作表“年报” 第 2 行 A 列“企业名称”：读到“示例新人有限公司”；应为企业名录中的企业。"
        "请核对名称和代码，或先导入企业名录，再重新校验。"
    ]


def test_two_sources_for_one_fact_stand_side_by_side() -> None:
    rows = [("企业名称", "2025年营业收入（元）"), (LIGHT, 1000)]
    imported("facts", rows, source="firm")
    imported("facts", [rows[0], (LIGHT, 1100)], source="tax")
    assert [one[3:] for one in ledger()] == [(Decimal(1000), "firm"), (Decimal(1100), "tax")]


def test_the_same_file_again_adds_nothing_and_a_new_value_is_a_new_fact() -> None:
    rows = [("企业名称", "2025年营业收入（元）", "Ⅰ类知识产权"), (LIGHT, 1000, 3)]
    first = imported("facts", rows, source="firm")
    version = Enterprise.objects.get(name=LIGHT).facts_version
    assert states(imported("facts", rows, source="firm")) == {"unchanged": 1}
    assert (Fact.objects.count(), Enterprise.objects.get(name=LIGHT).facts_version) == (2, version)
    changed = checked("facts", [rows[0], (LIGHT, 1200, 3)], source="firm")
    assert changed.rows.get().before == {"revenue@2025": ["1000.000000", "1200"]}
    assert states(committed(changed)) == {"updated": 1}
    assert [(one[3], one[1]) for one in ledger()] == [
        (Decimal(3), "ip1_count"),
        (Decimal(1000), "revenue"),
        (Decimal(1200), "revenue"),
    ]
    assert first.pk != changed.pk


def test_skip_adds_only_what_the_ledger_lacks() -> None:
    imported("facts", [("企业名称", "2025年营业收入（元）"), (LIGHT, 1000)], source="firm")
    rows = [("企业名称", "2025年营业收入（元）", "Ⅰ类知识产权"), (LIGHT, 1200, 3)]
    imported("facts", rows, source="firm", on_duplicate="skip")
    assert [one[3] for one in ledger()] == [Decimal(3), Decimal(1000)]


def test_a_value_ten_thousand_times_the_known_one_is_pointed_out() -> None:
    imported("facts", [("企业名称", "2025年营业收入（万元）"), (LIGHT, 1000)], source="firm")
    batch = checked("facts", [("企业名称", "2025年营业收入（元）"), (LIGHT, 1000)], source="tax")
    assert told(batch)[2][-1].endswith(
        "应为与已有值 10000000 相近的数。与已有值相差 10,000 倍，可能写错了单位，请核对。"
    )


def test_source_and_day_may_stand_in_the_row() -> None:
    rows = [
        ("企业名称", "来源", "数据日期", "Ⅰ类知识产权"),
        (LIGHT, "税务台账", "2026-03-31", 3),
        (LIGHT, "firm", "2026-03-31", 4),
        (SOFT, "听说", "2026-03-31", 4),
    ]
    batch = imported("facts", rows)
    assert [
        (one.source.code, str(one.observed_on), one.value) for one in Fact.objects.order_by("pk")
    ] == [
        ("tax", "2026-03-31", 3),
        ("firm", "2026-03-31", 4),
    ]
    assert "应为已登记的来源代码。请填：annual_report、" in told(batch)[4][0]


def test_facts_remember_batch_and_row() -> None:
    batch = imported("facts", [("企业名称", "Ⅰ类知识产权"), (SOFT, 1), (LIGHT, 3)], source="firm")
    fact = Fact.objects.get(enterprise__name=LIGHT)
    assert (fact.batch, fact.row_number) == (batch, 3)

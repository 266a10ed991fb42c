"""What is exported can be imported again unchanged; what may not leave, does not, and that is
said.
"""

import csv
import io

import pytest
from tests import factories
from tests.core.imports.tables import checked, code, imported, states, told, told_of_file

from lianshang.apps.enterprises.models import Enterprise, Fact, ServiceOfficer
from lianshang.apps.places.models import Park
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.audit.models import AccessLog
from lianshang.core.files.guard import TableFile, check_table
from lianshang.core.imports import registry
from lianshang.core.imports.files_out import export_register, write_template
from lianshang.core.imports.reading.tables import read_table

pytestmark = pytest.mark.django_db
LIGHT, SOFT = "示例光电科技有限公司", "示例软件有限公司"


@pytest.fixture(autouse=True)
def _firms(park: Park) -> None:
    header = ("统一社会信用代码", "企业名称", "曾用名", "成立日期", "行业代码", "园区", "注册地址")
    place = ("经度", "纬度", "坐标系", "联系人", "联系电话")
    rows = [
        (*header, *place),
        (
            *(code(1), LIGHT, "示例激光", "2019-06-18", "6513", "示例光电园", "'=示例+1号"),
            *(105.3, 36.1, "高德", "示例人", "13800000001"),
        ),
        (code(2), SOFT, "", "", "", "", "", "", "", "", "", ""),
    ]
    imported("enterprises", rows)


def exported(
    name: str, kind: str = "xlsx", *, user: User | None = None, purpose: str = "service"
) -> tuple[TableFile, list[str]]:
    content = io.BytesIO()
    register = registry.get(name)
    notes = export_register(register, user=user, purpose=purpose, kind=kind, handle=content)
    return check_table(io.BytesIO(content.getvalue()), f"{register.label}.{kind}"), notes


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_register_goes_round_unchanged(kind: str) -> None:
    history = Enterprise.pgh_event_model.objects.count()  # type: ignore[attr-defined]  # by pghistory
    table, notes = exported("enterprises", kind)
    assert notes == ["个人信息不导出：联系人、联系电话。再次导入时不会改动它们。"]
    batch = imported("enterprises", table)
    assert states(batch) == {"unchanged": 2}
    assert Enterprise.pgh_event_model.objects.count() == history  # type: ignore[attr-defined]  # by pghistory
    firm = Enterprise.objects.get(name=LIGHT)
    assert (firm.given_crs, firm.registered_address) == ("gcj02", "=示例+1号")


def test_text_that_would_run_as_a_formula_leaves_with_an_apostrophe() -> None:
    table, _notes = exported("enterprises", "csv")
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert "'=示例+1号" in rows[1]


def test_persons_do_not_leave() -> None:
    table, _notes = exported("enterprises", "csv")
    text = table.content.decode("utf-8-sig")
    assert "示例人" not in text
    assert "13800000001" not in text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_facts_of_several_sources_years_and_types_go_round(kind: str) -> None:
    header = ("企业名称", "2025年营业收入（万元）", "2024年营业收入（万元）", "查账征收")
    imported("facts", [header, (LIGHT, 1234.56, 99, "是"), (SOFT, 7, "", "否")], source="firm")
    more = ("企业名称", "主导产品细分市场占有率", "设备器具购进日期", "增值税纳税人类型")
    imported("facts", [more, (LIGHT, "12.5%", "2025-03-01", "一般纳税人")], source="officer")
    count = Fact.objects.count()
    table, notes = exported("facts", kind)
    assert notes == []
    assert states(imported("facts", table)) == {"unchanged": 3}
    assert Fact.objects.count() == count


def test_titles_go_round() -> None:
    rows = [
        ("企业名称", "资格", "证书编号", "发证日期", "有效期至"),
        (LIGHT, "高新技术企业", "GR1", "2024-11-01", "2027-10-31"),
    ]
    imported("titles", rows, source="public_list")
    table, _notes = exported("titles")
    assert states(imported("titles", table)) == {"unchanged": 1}
    assert Fact.objects.count() == 1


def test_services_go_round() -> None:
    officer = factories.user(Role.SERVICE_OFFICER)
    imported("officers", [("企业名称", "专员"), (LIGHT, officer.username)])
    table, _notes = exported("officers")
    assert states(imported("officers", table)) == {"unchanged": 1}
    assert ServiceOfficer.objects.count() == 1


def test_what_the_law_keeps_to_one_use_is_left_out_and_counted() -> None:
    header = ("企业名称", "2025年营业收入（元）")
    imported("facts", [header, (LIGHT, 1000), (SOFT, 2000)], source="statistics")
    imported("facts", [header, (LIGHT, 1100)], source="firm")
    table, notes = exported("facts")
    assert notes == ["来源“statistics”的 2 个数值因法定用途限制未导出。"]
    assert [row[4] for row in read_table(table).sheet.rows[1:]] == [1100.0]
    _table, notes = exported("facts", purpose="statistics")
    assert notes == []


def test_an_officer_exports_the_firms_served_and_the_look_is_logged() -> None:
    officer = factories.user(Role.SERVICE_OFFICER)
    imported("officers", [("企业名称", "专员"), (LIGHT, officer.username)])
    table, _notes = exported("enterprises", user=officer)
    assert [row[1] for row in read_table(table).sheet.rows[1:]] == [LIGHT]
    entry = AccessLog.objects.get()
    assert (entry.user, entry.kind, entry.subject_label, entry.subject_text, entry.purpose) == (
        officer,
        "export",
        "register.enterprises",
        "企业名录",
        "service",
    )


@pytest.mark.parametrize("name", ["enterprises", "facts", "titles", "officers"])
def test_the_template_is_understood_column_by_column(name: str) -> None:
    content = io.BytesIO()
    register = registry.get(name)
    write_template(register, content)
    workbook = read_table(check_table(io.BytesIO(content.getvalue()), "模板.xlsx"))
    assert workbook.sheets == [str(register.label), "填写说明"]
    header = workbook.sheet.rows[0]
    assert header == [str(column.label) for column in register.template_columns()]


def test_a_filled_template_is_imported() -> None:
    register = registry.get("facts")
    header = [str(column.label) for column in register.template_columns()]
    row = [code(1), LIGHT, "", "", "firm", 100, 20, 30]
    batch = checked("facts", [header, row])
    assert (told_of_file(batch), told(batch), states(batch)) == ([], {}, {"ready": 1})

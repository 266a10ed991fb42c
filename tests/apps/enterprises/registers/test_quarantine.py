"""Rows kept back: put right in place, checked again, released, or left out with a reason."""

import pytest
from tests import factories
from tests.core.imports.tables import checked, code, committed, imported, states, told

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.places.models import Park
from lianshang.core.imports.actions.rows import correct_row, dismiss_row, recheck_quarantine
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.running import run_commit

pytestmark = pytest.mark.django_db
HEADER = ("统一社会信用代码", "企业名称", "行业代码", "园区", "联系电话")
ROWS = [
    HEADER,
    (code(1), "示例光电科技有限公司", "6513", "", ""),
    (code(2), "示例软件有限公司", "9999", "新园", "13800000001"),
]


def test_a_row_is_put_right_before_the_import_is_confirmed(park: Park) -> None:
    batch = checked("enterprises", ROWS)
    row = batch.rows.get(state="quarantined")
    person = factories.office()
    cells = {"industry_code": "6560", "park": "示例光电园"}
    row = correct_row(actor=person, row=row, cells=cells, reason="已电话核实")
    assert (row.state, row.planned, told(batch)) == ("ready", "created", {})
    [entry] = row.handling
    assert (entry["by"], entry["reason"]) == (person.name, "已电话核实")
    assert entry["cells"] == {"industry_code": ["9999", "6560"], "park": ["新园", "示例光电园"]}
    assert states(committed(batch)) == {"created": 2}
    firm = Enterprise.objects.get(credit_code=code(2))
    assert (firm.industry_code, firm.park, firm.contact_phone) == ("I6560", park, "13800000001")


def test_a_row_is_put_right_after_the_import_and_goes_in_at_once(park: Park) -> None:
    batch = imported("enterprises", ROWS)
    row = batch.rows.get(state="quarantined")
    correct_row(actor=None, row=row, cells={"industry_code": "", "park": ""}, reason="核实")
    batch = run_commit(ImportBatch.objects.get(pk=batch.pk))
    assert (batch.state, states(batch)) == ("done", {"created": 2})
    assert Enterprise.objects.filter(credit_code=code(2)).exists()


def test_a_row_that_is_still_wrong_stays(park: Park) -> None:
    batch = imported("enterprises", ROWS)
    row = batch.rows.get(state="quarantined")
    row = correct_row(actor=None, row=row, cells={"industry_code": "6560"}, reason="核实")
    assert row.state == "quarantined"
    [said] = told(batch)[3]
    assert "D 列“园区”：读到“新园”" in said


def test_the_whole_quarantine_is_checked_again_after_the_park_was_added(park: Park) -> None:
    rows = [*ROWS[:2], (code(2), "示例软件有限公司", "6560", "新园", "")]
    batch = imported("enterprises", rows)
    assert recheck_quarantine(actor=None, batch=batch) == 0
    Park.objects.create(zone=park.zone, name="新园")
    assert recheck_quarantine(actor=None, batch=batch) == 1
    batch = run_commit(ImportBatch.objects.get(pk=batch.pk))
    assert states(batch) == {"created": 2}


def test_a_row_is_left_out_with_a_reason(park: Park) -> None:
    batch = imported("enterprises", ROWS)
    row = dismiss_row(actor=None, row=batch.rows.get(state="quarantined"), reason="企业已注销")
    assert (row.state, row.handling[0]["reason"]) == ("dismissed", "企业已注销")


def test_a_row_put_right_adds_what_its_twin_lacks(park: Park) -> None:
    rows = [
        ("统一社会信用代码", "企业名称", "注册地址", "行业代码"),
        (code(1), "示例光电科技有限公司", "示例大道1号", ""),
        (code(1), "示例光电科技有限公司", "", "9999"),
    ]
    batch = checked("enterprises", rows)
    row = batch.rows.get(state="quarantined")
    row = correct_row(actor=None, row=row, cells={"industry_code": "6560"}, reason="核实")
    assert row.state == "skipped"
    committed(batch)
    firm = Enterprise.objects.get()
    assert (firm.registered_address, firm.industry_code) == ("示例大道1号", "I6560")


def test_a_contradiction_is_settled_by_putting_the_cell_right(park: Park) -> None:
    rows = [
        ("统一社会信用代码", "企业名称", "注册地址"),
        (code(1), "示例光电科技有限公司", "示例大道1号"),
        (code(1), "示例光电科技有限公司", "示例大道2号"),
    ]
    batch = checked("enterprises", rows)
    row = batch.rows.get(state="quarantined")
    still = correct_row(
        actor=None, row=row, cells={"registered_address": "示例大道3号"}, reason="x"
    )
    assert still.state == "quarantined"
    settled = correct_row(
        actor=None, row=row, cells={"registered_address": "示例大道1号"}, reason="x"
    )
    assert (settled.state, settled.planned) == ("skipped", "skipped")
    other = correct_row(actor=None, row=row, cells={"credit_code": code(3)}, reason="x")
    assert other.state == "quarantined"

"""Taking an import back: the register as it was before, and what others did since left alone."""

from typing import Any

import pytest
from tests import factories
from tests.core.imports.tables import code, imported, states, told, undone

from lianshang.apps.enterprises.models import Enterprise, Fact, FormerName
from lianshang.apps.enterprises.queries.ledger import present_facts
from lianshang.apps.places.models import Park
from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.actions.library import sync_policies
from lianshang.apps.policies.models import Assessment
from lianshang.core.accounts.models import Unit

pytestmark = pytest.mark.django_db
HEADER = ("统一社会信用代码", "企业名称", "登记状态", "注册地址", "联系电话")
LIGHT, SOFT = "示例光电科技有限公司", "示例软件有限公司"
BEFORE = [HEADER, (code(1), LIGHT, "存续", "示例大道1号", "13800000001")]


def register() -> list[dict[str, Any]]:
    """The register as it is, every column but the version of the facts."""
    rows = Enterprise.objects.present().order_by("pk").values()
    return [{**row, "facts_version": None} for row in rows]


def test_undo_restores_the_state_before(park: Park) -> None:
    imported("enterprises", BEFORE)
    before, names = register(), FormerName.objects.count()
    after = [
        HEADER,
        (code(1), "示例激光集团有限公司", "迁出", "示例大道9号", "13900000009"),
        (code(2), SOFT, "存续", "", ""),
    ]
    batch = imported("enterprises", after)
    assert Enterprise.objects.present().count() == 2
    batch = undone(batch)
    assert (batch.state, states(batch)) == ("retired", {"undone": 2})
    assert (register(), FormerName.objects.count()) == (before, names)
    assert Unit.objects.get(name=SOFT).is_active is False


def test_a_retired_firm_comes_back_with_the_next_import(park: Park) -> None:
    batch = imported("enterprises", BEFORE)
    key = Enterprise.objects.get().pk
    undone(batch)
    again = imported("enterprises", BEFORE)
    assert states(again) == {"updated": 1}
    assert Enterprise.objects.present().get().pk == key
    assert Enterprise.objects.get().unit.is_active


def test_a_firm_imported_with_a_wrong_code_can_come_with_the_right_one(park: Park) -> None:
    undone(imported("enterprises", BEFORE))
    again = imported("enterprises", [HEADER, (code(2), LIGHT, "存续", "", "")])
    assert states(again) == {"created": 1}
    assert Enterprise.objects.present().get().credit_code == code(2)


def test_what_somebody_changed_since_is_listed_and_not_overwritten(park: Park) -> None:
    imported("enterprises", BEFORE)
    batch = imported("enterprises", [HEADER, (code(1), LIGHT, "迁出", "示例大道9号", "")])
    Enterprise.objects.update(registered_address="示例路5号")
    batch = undone(batch)
    firm = Enterprise.objects.get()
    assert (firm.status, firm.registered_address) == ("operating", "示例路5号")
    assert states(batch) == {"kept": 1}
    assert told(batch)[2] == [
        "工作表“名单” 第 2 行 D 列“注册地址”：读到“示例路5号”；应为导入时写入的“示例大道9号”。"
        "导入后又被改动，撤销时保留现值，请人工核对。"
    ]


def test_a_new_firm_that_others_refer_to_stays(park: Park) -> None:
    batch = imported("enterprises", [*BEFORE, (code(2), SOFT, "存续", "", "")])
    factories.fact(Enterprise.objects.get(name=LIGHT), "ip1_count", 3)
    batch = undone(batch)
    assert [firm.name for firm in Enterprise.objects.present()] == [LIGHT]
    assert states(batch) == {"kept": 1, "undone": 1}
    assert told(batch)[2] == [
        f"工作表“名单” 第 2 行 B 列“企业名称”：读到“{LIGHT}”；应为没有其他记录引用的对象。"
        "已被引用（事实），撤销时保留，请人工核对。"
    ]


def test_a_computed_answer_about_a_new_firm_does_not_keep_it(park: Park) -> None:
    batch = imported("enterprises", BEFORE)
    sync_policies(actor=None)
    evaluate_register(actor=None)
    assert Assessment.objects.exists()
    assert states(undone(batch)) == {"undone": 1}


def test_a_new_firm_that_somebody_changed_stays(park: Park) -> None:
    batch = imported("enterprises", BEFORE)
    Enterprise.objects.update(status="suspended")
    assert states(undone(batch)) == {"kept": 1}
    assert Enterprise.objects.present().exists()


def test_a_later_import_undone_first_leaves_nothing_in_the_way(park: Park) -> None:
    first = imported("enterprises", BEFORE)
    second = imported("enterprises", [HEADER, (code(1), LIGHT, "迁出", "", "")])
    undone(second)
    assert states(undone(first)) == {"undone": 1}
    assert not Enterprise.objects.present().exists()


def test_the_facts_of_a_taken_back_import_are_ignored_and_their_readers_told(park: Park) -> None:
    imported("enterprises", BEFORE)
    rows = [("企业名称", "Ⅰ类知识产权"), (LIGHT, 3)]
    kept = imported("facts", rows, source="firm")
    batch = imported("facts", [rows[0], (LIGHT, 5)], source="tax")
    version = Enterprise.objects.get().facts_version
    batch = undone(batch)
    assert [fact.batch for fact in present_facts()] == [kept]
    assert Fact.objects.count() == 2
    assert Enterprise.objects.get().facts_version == version + 1
    assert states(batch) == {"undone": 1}


def test_undo_is_in_the_history_with_who_and_why(park: Park) -> None:
    person = factories.office()
    batch = undone(imported("enterprises", BEFORE), actor=person)
    assert (batch.retired_by, batch.retired_at is not None) == (person, True)
    history = type(batch).pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # by pghistory
        pgh_context__metadata__action="imports.start_undo"
    )
    assert history.get().pgh_context.metadata["reason"] == "导错了文件"

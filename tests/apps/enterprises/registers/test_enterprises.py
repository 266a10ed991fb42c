"""Enterprises in the register: new, changed, renamed, found by name, left alone."""

from datetime import date

import pytest
from tests import factories
from tests.core.imports.tables import checked, code, file, imported, states, told

from lianshang.apps.enterprises.events import EnterprisesChanged, FactsChanged
from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.places.models import Park
from lianshang.core import events
from lianshang.core.accounts.models import Unit

pytestmark = pytest.mark.django_db
HEADER = ("统一社会信用代码", "企业名称", "登记状态", "注册地址")
LIGHT = "示例光电科技有限公司"


def test_every_column_arrives_in_the_registers_terms(park: Park) -> None:
    rows = [
        (
            *("统一社会信用代码", "企业名称", "曾用名", "类型", "登记状态", "成立日期"),
            *("行业代码", "注册地址", "经营地址", "园区", "经度", "纬度", "坐标系"),
            *("联系人", "联系电话"),
        ),
        (
            *(code(1), "示例光电科技(西安)有限公司", "示例光电、示例激光", "有限责任公司"),
            *("存续（在营、开业、在册）", date(2019, 6, 18), "6513", "示例大道1号", "2号楼301"),
            *("光电产业园", 105.3056, 36.0985, "高德", "示例人", "13800000001"),
        ),
    ]
    assert states(imported("enterprises", rows)) == {"created": 1}
    firm = Enterprise.objects.get()
    assert (firm.credit_code, firm.name) == (code(1), "示例光电科技（西安）有限公司")
    assert (firm.kind, firm.status, firm.registered_on) == ("firm", "operating", date(2019, 6, 18))
    assert (firm.industry_code, firm.park) == ("I6513", park)
    assert (firm.name_key[:15], firm.match_key) == (
        "shi li guang di",
        "示例光电科技(西安)有限公司",
    )
    assert (str(firm.longitude), str(firm.latitude)) == ("105.301812", "36.098640")
    assert firm.given_crs == "gcj02"
    assert (firm.contact_name, firm.contact_phone) == ("示例人", "13800000001")
    assert [one.name for one in firm.former_names.order_by("pk")] == ["示例光电", "示例激光"]
    assert (firm.unit.kind, firm.unit.name) == ("enterprise", "示例光电科技（西安）有限公司")


def test_the_kind_follows_from_the_code_where_the_file_is_silent(park: Park) -> None:
    from lianshang.engines.standards.creditcode import new_credit_code

    shop = new_credit_code("92990001", 7)
    imported("enterprises", [HEADER[:2], (shop, "示例小吃店")])
    assert Enterprise.objects.get().kind == "sole_trader"


def test_the_same_file_again_changes_nothing(park: Park) -> None:
    rows = [HEADER, (code(1), LIGHT, "存续", "示例大道1号"), (code(2), "示例软件有限公司", "", "")]
    imported("enterprises", rows)
    history = Enterprise.pgh_event_model.objects.count()  # type: ignore[attr-defined]  # by pghistory
    versions = list(Enterprise.objects.values_list("facts_version"))
    again = imported("enterprises", rows)
    assert states(again) == {"unchanged": 2}
    assert Enterprise.pgh_event_model.objects.count() == history  # type: ignore[attr-defined]  # by pghistory
    assert list(Enterprise.objects.values_list("facts_version")) == versions
    assert Unit.objects.filter(kind="enterprise").count() == 2


def test_only_given_cells_change_and_before_and_after_are_shown(park: Park) -> None:
    imported("enterprises", [HEADER, (code(1), LIGHT, "存续", "示例大道1号")])
    batch = checked("enterprises", [HEADER, (code(1), LIGHT, "迁出", "")])
    row = batch.rows.get()
    assert (row.planned, row.before) == ("updated", {"status": ["operating", "moved_out"]})
    assert Enterprise.objects.get().status == "operating"
    imported("enterprises", [HEADER, (code(1), LIGHT, "迁出", "")])
    firm = Enterprise.objects.get()
    assert (firm.status, firm.registered_address) == ("moved_out", "示例大道1号")


def test_history_names_verb_person_and_file(park: Park) -> None:
    person = factories.office()
    imported("enterprises", [HEADER, (code(1), LIGHT, "存续", "")], actor=person)
    history = Enterprise.pgh_event_model.objects.get()  # type: ignore[attr-defined]  # by pghistory
    context = history.pgh_context.metadata
    assert (context["action"], context["actor"], context["reason"]) == (
        "imports.commit_chunk",
        person.pk,
        "名单.xlsx",
    )


def test_a_new_name_under_the_same_code_is_a_renaming(park: Park) -> None:
    imported("enterprises", [HEADER, (code(1), LIGHT, "存续", "")])
    batch = imported("enterprises", [HEADER, (code(1), "示例激光集团有限公司", "存续", "")])
    assert told(batch)[2] == [
        "工作表“名单” 第 2 行 B 列“企业名称”：读到“示例激光集团有限公司”；"
        f"应为与登记簿一致的名称“{LIGHT}”。代码相同，名称将改为新名称，原名称记为曾用名。"
    ]
    firm = Enterprise.objects.get()
    assert (firm.name, firm.unit.name) == ("示例激光集团有限公司", "示例激光集团有限公司")
    assert [one.name for one in firm.former_names.all()] == [LIGHT]


def test_a_former_name_finds_the_firm_and_does_not_come_back(park: Park) -> None:
    imported("enterprises", [HEADER, (code(1), LIGHT, "存续", "")])
    imported("enterprises", [HEADER, (code(1), "示例激光集团有限公司", "存续", "")])
    batch = imported("enterprises", [HEADER, ("", LIGHT, "停业", "")])
    assert told(batch)[2][0].endswith(
        "应为现用名称“示例激光集团有限公司”。读到的是曾用名，已对应到该企业。"
    )
    firm = Enterprise.objects.get()
    assert (firm.name, firm.status) == ("示例激光集团有限公司", "suspended")


def test_a_firm_without_a_code_gets_the_code_later(park: Park) -> None:
    batch = imported("enterprises", [HEADER, ("", LIGHT, "存续", "")])
    assert told(batch)[2][0].endswith("没有代码，只按名称登记；有代码后请补导。")
    imported("enterprises", [HEADER, (code(1), LIGHT, "", "")])
    assert Enterprise.objects.get().credit_code == code(1)


def test_the_same_name_with_another_code_is_kept_back(park: Park) -> None:
    imported("enterprises", [HEADER, (code(1), LIGHT, "存续", "")])
    batch = imported("enterprises", [HEADER, (code(2), LIGHT, "存续", "")])
    assert told(batch)[2] == [
        f"工作表“名单” 第 2 行 A 列“统一社会信用代码”：读到“{code(2)}”；"
        f"应为登记簿中该企业的代码 {code(1)}。"
        "同名企业已登记为另一代码：请核对代码；确是另一家的，请写全称以示区别。"
    ]
    assert states(batch) == {"quarantined": 1}


def test_a_name_that_two_firms_have_had_is_kept_back_with_the_candidates(park: Park) -> None:
    for serial, name in ((1, "示例甲有限公司"), (2, "示例乙有限公司")):
        rows = [("统一社会信用代码", "企业名称", "曾用名"), (code(serial), name, LIGHT)]
        imported("enterprises", rows)
    batch = imported("enterprises", [HEADER, ("", LIGHT, "停业", "")])
    [said] = told(batch)[2]
    assert f"可能是：示例甲有限公司（{code(1)}）；示例乙有限公司（{code(2)}）。" in said


@pytest.mark.parametrize(("choice", "status"), [("update", "moved_out"), ("skip", "operating")])
def test_rows_already_there_are_updated_or_skipped(park: Park, choice: str, status: str) -> None:
    imported("enterprises", [HEADER, (code(1), LIGHT, "存续", "")])
    rows = [HEADER, (code(1), LIGHT, "迁出", ""), (code(2), "示例软件有限公司", "", "")]
    batch = imported("enterprises", rows, on_duplicate=choice)
    other = "updated" if choice == "update" else "skipped"
    assert states(batch) == {other: 1, "created": 1}
    assert Enterprise.objects.get(credit_code=code(1)).status == status


def test_stop_writes_nothing_and_names_the_row(park: Park) -> None:
    imported("enterprises", [HEADER, (code(1), LIGHT, "存续", "")])
    rows = [HEADER, (code(2), "示例软件有限公司", "", ""), (code(1), LIGHT, "迁出", "")]
    batch = checked("enterprises", rows, on_duplicate="stop")
    assert batch.state == "stopped"
    assert told(batch) == {
        3: [
            f"工作表“名单” 第 3 行 B 列“企业名称”：读到“{LIGHT}”；应为登记簿中还没有的对象。"
            f"“{LIGHT}”已在登记簿中：请改选“更新”或“跳过”后重新校验。"
        ]
    }
    assert Enterprise.objects.count() == 1


def test_one_event_of_each_kind_for_a_chunk(park: Park, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    for kind in (EnterprisesChanged, FactsChanged):
        monkeypatch.setitem(events._reactions, kind, [heard.append])
    imported(
        "enterprises", [HEADER, (code(1), LIGHT, "", ""), (code(2), "示例软件有限公司", "", "")]
    )
    firms = tuple(Enterprise.objects.order_by("pk").values_list("pk", flat=True))
    assert [type(one) for one in heard] == [EnterprisesChanged, FactsChanged]
    assert all(one.enterprise_ids == firms for one in heard)  # type: ignore[attr-defined]  # both have it
    assert set(Enterprise.objects.values_list("facts_version", flat=True)) == {1}


def test_contacts_lie_encrypted_in_the_import_too(park: Park) -> None:
    rows = [("企业名称", "联系人", "联系电话"), (LIGHT, "示例人", "13800000001")]
    row = checked("enterprises", file(rows)).rows.get()
    stored = f"{row.cells}{row.values}{row.problems}"
    assert "示例人" not in stored
    assert "13800000001" not in stored
    assert row.cells["contact_name"].startswith("gAAAA")


def test_a_masked_contact_does_not_overwrite_the_real_one(park: Park) -> None:
    header = ("企业名称", "联系电话")
    imported("enterprises", [header, (LIGHT, "13800000001")])
    batch = imported("enterprises", [header, (LIGHT, "138****0001")])
    assert states(batch) == {"unchanged": 1}
    assert told(batch)[2][0].endswith("含遮盖符号“*”，已按未填处理，原值不变。")
    assert Enterprise.objects.get().contact_phone == "13800000001"

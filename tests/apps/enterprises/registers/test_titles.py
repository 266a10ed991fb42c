"""Lists of titles: who holds one and until when, and who, if the list is complete, does not."""

from datetime import date

import pytest
from tests.core.imports.tables import code, file, imported, states, told, undone

from lianshang.apps.enterprises.models import Fact
from lianshang.apps.places.models import Park
from lianshang.core.imports.refusals import ImportRefused

pytestmark = pytest.mark.django_db
LIGHT, SOFT, TEA = "示例光电科技有限公司", "示例软件有限公司", "示例茶业有限公司"
HEADER = ("企业名称", "资格", "证书编号", "发证日期", "有效期至")


@pytest.fixture(autouse=True)
def _firms(park: Park) -> None:
    names = enumerate((LIGHT, SOFT, TEA), start=1)
    rows = [("统一社会信用代码", "企业名称"), *((code(serial), name) for serial, name in names)]
    imported("enterprises", rows)


def held() -> dict[str, bool]:
    """Firm → the latest word on whether it holds the high-tech title."""
    facts = Fact.objects.filter(quantity__code="title_hnte", batch__retired_at__isnull=True)
    return {one.enterprise.name: bool(one.flag) for one in facts.order_by("pk")}


def test_a_title_with_its_number_and_validity() -> None:
    rows = [HEADER, (LIGHT, "高新技术企业", "GR202699000001", "2024年11月1日", "2027-10-31")]
    assert states(imported("titles", rows, source="public_list")) == {"created": 1}
    fact = Fact.objects.get()
    assert (fact.quantity.code, fact.flag, fact.code) == ("title_hnte", True, "GR202699000001")
    assert (fact.valid_from, fact.valid_until) == (date(2024, 11, 1), date(2027, 10, 31))
    assert states(imported("titles", rows, source="public_list")) == {"unchanged": 1}


def test_a_renewed_title_is_a_new_fact() -> None:
    for until in ("2027-10-31", "2030-10-31"):
        batch = imported(
            "titles", [HEADER, (LIGHT, "高新技术企业", "", "", until)], source="public_list"
        )
    assert states(batch) == {"updated": 1}
    assert [str(one.valid_until) for one in Fact.objects.order_by("pk")] == [
        "2027-10-31",
        "2030-10-31",
    ]


def test_the_whole_list_may_be_about_one_title() -> None:
    rows = [("企业名称", "证书编号"), (LIGHT, "GR1")]
    with pytest.raises(ImportRefused, match="请加一列“资格”，或在选项中指定这份名单的资格。"):
        imported("titles", rows, source="public_list")
    imported("titles", rows, source="public_list", options={"title": "title_hnte"})
    assert held() == {LIGHT: True}


def test_a_complete_list_says_of_the_others_that_they_do_not_hold_it() -> None:
    imported(
        "titles",
        [HEADER, (LIGHT, "高新技术企业", "", "", "")],
        source="public_list",
        options={"complete": True},
    )
    assert held() == {LIGHT: True, SOFT: False, TEA: False}
    note = Fact.objects.get(enterprise__name=TEA)
    assert (note.source.code, note.row_number, note.note) == (
        "public_list",
        None,
        "不在名单上：名单.xlsx",
    )


def test_a_complete_list_again_adds_nothing_and_undone_leaves_nothing() -> None:
    rows = [HEADER, (LIGHT, "高新技术企业", "", "", "")]
    first = imported("titles", rows, source="public_list", options={"complete": True})
    imported("titles", rows, source="public_list", options={"complete": True})
    assert Fact.objects.count() == 3
    undone(first)
    assert held() == {}


def test_a_firm_on_a_quarantined_row_is_not_said_to_hold_nothing() -> None:
    rows = [
        HEADER,
        (LIGHT, "高新技术企业", "", "", ""),
        (SOFT, "高新技术企业", "", "2027-01-01", "2024-01-01"),
    ]
    batch = imported("titles", rows, source="public_list", options={"complete": True})
    assert told(batch)[3][0].endswith("应为不早于发证日期的有效期。请核对两个日期。")
    assert held() == {LIGHT: True, TEA: False}


def test_an_unknown_title_lists_the_known_ones() -> None:
    batch = imported(
        "titles", file([HEADER, (LIGHT, "好企业", "", "", "")], sheet="名单"), source="public_list"
    )
    [said] = told(batch)[2]
    assert said.startswith(
        "工作表“名单” 第 2 行 B 列“资格”：读到“好企业”；"
        "应为目录中的资格名称或代码。可填：高新技术企业"
    )


def test_long_term_means_no_end() -> None:
    imported("titles", [HEADER, (LIGHT, "高新技术企业", "", "", "长期")], source="public_list")
    assert Fact.objects.get().valid_until is None

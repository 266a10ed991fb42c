"""Old and new version side by side: what was asked before, what is asked now."""

import pytest
from django.test import Client

from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries.versions import side_by_side

pytestmark = pytest.mark.usefixtures("library_in_june")


def texts(title: str, name: str, family: str = "cn.srdi_sme") -> list[str]:
    compared = side_by_side(family)
    assert compared is not None
    rows = next(one.rows for one in compared.sections if one.title == title)
    return list(next(row.texts for row in rows if row.label == name))


def test_a_raised_threshold_stands_beside_the_old_one() -> None:
    assert texts("参数", "营业收入下限") == ["1,000 万元", "1,500 万元"]
    assert texts("参数", "每年研发费用占比下限") == ["3%", "3%"]
    assert texts("参数", "评价得分下限") == ["60 分", ""]


def test_clauses_about_the_same_facts_share_a_row_whatever_their_number() -> None:
    assert texts("条款", "S1、S1a") == [
        "从事特定细分市场 2 年以上：从事特定细分市场的年限，需 ≥ 2 年",
        "从事特定细分市场 3 年以上：从事特定细分市场的年限，需 ≥ 3 年",
    ]


def test_the_year_before_is_no_change_though_it_is_another_year() -> None:
    share = (
        "上年度制造业销售额占比超过 50%（不含）：制造业产品销售额（不含税）（上年）"
        " ÷ 全部销售额（不含税）（上年），需 > 50%"
    )
    assert texts("条款", "M3", "cn.vat.adv_mfg_5") == [share, share]


def test_anybody_can_read_it_and_one_version_has_no_such_page() -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    new = Policy.objects.get(code="cn.srdi_sme.2026")
    page = client.get(f"/policies/{new.pk}/versions/").content.decode()
    assert "1,000 万元" in page
    assert page.index("1,000 万元") < page.index("1,500 万元")
    assert f"/policies/{new.pk}/versions/" in client.get(f"/policies/{new.pk}/").content.decode()
    alone = Policy.objects.get(code="cn.hnte.recognition")
    assert client.get(f"/policies/{alone.pk}/versions/").status_code == 404

"""Which clauses look forbidden, and which ordinary words stay free."""

import pytest

from lianshang.apps.policies.queries.fair_competition import questions, suspicions, unanswered


def kinds(text: str, path: str = "label") -> set[str]:
    return {one.kind for one in suspicions({"benefit": {path: {"zh": text}}})}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("五年内不迁出，否则收回奖励", "staying"),
        ("承诺 10 年内不搬离本区的企业", "staying"),
        ("企业迁出的，已拨付资金予以追回", "staying"),
        ("在本区经营期限不少于五年", "staying"),
        ("新迁入企业一次性奖励 50 万元", "registration"),
        ("在本区注册并纳税的企业", "registration"),
        ("注册地须在高新区", "registration"),
        ("优先采购本地产品", "registration"),
        ("奖励 XX 公司", "named"),
        ("给予示例光芯科技有限公司补贴", "named"),
        ("营业收入排名前三", "ranking"),
        ("全区前十名的企业", "ranking"),
        ("入选中国企业五百强", "ranking"),
        ("按地方税收贡献奖励", "tax"),
        ("按当年缴纳增值税的 50% 奖励", "tax"),
        ("税收返还", "tax"),
        ("Firms that do not relocate for five years", "staying"),
    ],
)
def test_what_looks_forbidden_is_suspected(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "研发费用比上年增加 10% 以上",
        "高新技术企业首次认定奖励 20 万元",
        "支持上市公司和科技型公司",
        "不以注册地、纳税地为条件",
        "不得要求企业不迁出",
        "应纳税所得额不超过 300 万元",
        "新产品销售收入占比不低于 10%",
        "两年内获得发明专利",
        "前三年营业收入平均增长率不低于 8%",
    ],
)
def test_ordinary_words_stay_free(text: str) -> None:
    assert kinds(text) == set()


def test_expressions_are_read_too() -> None:
    found = suspicions(
        {
            "require": {"all": [{"id": "A", "when": "domestic_rank <= 3"}]},
            "benefit": {"amount": "six_taxes_two_fees_payable_y0 * share"},
        }
    )
    assert [(one.kind, one.path, one.words) for one in found] == [
        ("ranking", "require.all[0].when", "domestic_rank"),
        ("tax", "benefit.amount", "six_taxes_two_fees_payable_y0"),
    ]


def test_the_words_the_place_and_the_article_are_told() -> None:
    [one] = suspicions({"note": {"zh": "支持企业。五年内不迁出。"}})
    assert (one.path, one.words) == ("note.zh", "五年内不迁出")
    assert "第九条 ‡" in one.article


def test_the_title_of_a_cited_document_asks_for_nothing() -> None:
    assert not suspicions({"sources": {"d1": {"title": {"zh": "关于新迁入企业的通知"}}}})


def test_a_question_needs_yes_or_no_and_a_reason() -> None:
    every = {one.id: {"answer": "no", "reason": "不涉及"} for one in questions()}
    assert unanswered(every) == []
    every["staying"] = {"answer": "no", "reason": " "}
    assert [one.id for one in unanswered(every)] == ["staying"]
    assert all("‡" in one.ground for one in questions())

"""The guard refuses what the five don'ts forbid, and raises no alarm at ordinary words."""

from typing import Any

import pytest

from lianshang.core.formalism import CLAUSES, Refusal, check
from lianshang.core.formalism.held import held, normal
from lianshang.core.formalism.refusals import only_refused


def found(config: dict[str, Any]) -> list[tuple[str, int]]:
    return [(one.code, one.clause.number) for one in check(config, "示例配置")]


@pytest.mark.parametrize(
    ("label", "code", "clause"),
    [
        ("党员积分排名", "points", 2),
        ("非公企业党员积分", "points", 2),
        ("干部打分", "points", 2),
        ("网格员排行榜", "ranking", 2),
        ("积分排名", "ranking", 2),
        ("Member points", "points", 2),
        ("Leaderboard of people: staff ranking", "ranking", 2),
        ("每日签到", "sign_in", 2),
        ("党员须到会打卡", "sign_in", 2),
        ("应急签到", "sign_in", 2),
        ("签到率通报", "sign_in", 2),
        ("Mandatory check-in", "sign_in", 2),
        ("在线时长不少于 30 分钟", "online_time", 2),
        ("time online", "online_time", 2),
        ("APP 安装率", "install", 3),
        ("人人下载小程序", "install", 3),
        ("强制登录", "log_in", 3),
        ("install quota", "install", 3),
        ("学习时长", "study_hours", 4),
        ("点赞数考核", "likes", 4),
        ("必须上传照片", "media", 4),
        ("拍照留痕", "media", 4),
        ("网格员走访轨迹", "media", 4),
        ("实时定位", "media", 4),
        ("竞价排名", "commerce", 5),
    ],
)
def test_words_that_ask_for_show_are_refused(label: str, code: str, clause: int) -> None:
    assert found({"title": label}) == [(code, clause)]


@pytest.mark.parametrize(
    "label",
    [
        *("税收积分", "积分球采购", "微积分课程", "企业信用评分", "满意度评分", "员工人数排名"),
        *("个人所得税排名", "主导产品国内市场排名", "视频会议", "必须参加视频会议", "产业定位"),
        *("必须明确功能定位", "投票表决", "无记名投票", "客服在线时间", "灭火器安装率", "自愿签到"),
        *("不得强制签到", "不搞党员积分排名", "取消学习时长要求", "成长轨迹", "须转发各支部"),
        *("党员报到", "红色打卡点", "培训学时", "照片（可选）", "须登录政务服务平台申报"),
        *("voluntary check-in", "no ranking of people", "Questions of the branches"),
    ],
)
def test_ordinary_words_are_free(label: str) -> None:
    assert found({"title": label}) == []


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"check_in": {"mode": "forced"}}, [("sign_in", 2)]),
        ({"check_in": "required"}, [("sign_in", 2)]),
        ({"check_in": True}, [("sign_in", 2)]),  # not said to be voluntary
        ({"points": True}, [("points", 2)]),
        ({"points": {"of": "members", "per_visit": 5}}, [("points", 2)]),
        ({"ranking": {"of": "people"}}, [("ranking", 2)]),
        ({"ranking": "cadres"}, [("ranking", 2)]),
        ({"online_time": {"at_least": 30}}, [("online_time", 2)]),
        ({"install_quota": 0.95}, [("install", 3)]),
        ({"login": {"mode": "forced"}}, [("log_in", 3)]),
        ({"study_hours": 40}, [("study_hours", 4)]),
        ({"photo": "required"}, [("media", 4)]),
        ({"location": {"required": True}}, [("media", 4)]),
        ({"track": True}, [("media", 4)]),
        ({"appraisal": {"by": ["results", "likes"]}}, [("likes", 4)]),
        ({"advertising": True}, [("commerce", 5)]),
        ({"visits": [{"steps": [{"photo": "required"}]}]}, [("media", 4)]),  # however deep
        ({"check_in": {"mode": "voluntary"}}, []),
        ({"check_in": None, "points": False, "ranking": "none"}, []),
        ({"photo": "optional", "location": "示例楼三层", "track": "voluntary"}, []),
        ({"ranking": {"of": "enterprises"}, "score": {"of": "offers"}}, []),
        ({"appraisal": {"by": ["results"]}}, []),
        ({"reported": [{"label": "党员积分", "value": "1"}], "source": "学习时长考核"}, []),
    ],
)
def test_declared_keys(config: dict[str, Any], expected: list[tuple[str, int]]) -> None:
    assert found(config) == expected


DOCUMENT = "《示例突发事件应急预案》"


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"steps": [{"label": "应急签到", "statutory": DOCUMENT}]}, []),
        ({"roll_call": {"mode": "forced", "statutory": "《示例议事规则》"}}, []),
        ({"patrol": {"photo": "required", "statutory": "文物保护法"}}, []),
        # The exception must name its document, and stand with what it excuses.
        ({"steps": [{"label": "应急签到", "statutory": "yes"}]}, [("sign_in", 2)]),
        ({"statutory": DOCUMENT, "steps": [{"label": "应急签到"}]}, [("sign_in", 2)]),
        # No document makes points or rankings of people lawful.
        ({"steps": [{"points": "members", "statutory": DOCUMENT}]}, [("points", 2)]),
    ],
)
def test_the_exceptions_of_the_law(config: dict[str, Any], expected: list[tuple[str, int]]) -> None:
    assert found(config) == expected


def test_a_ranking_of_bodies_is_flagged_not_refused() -> None:
    warned = check({"title": "支部排名", "ranking": {"of": "branches"}}, "示例配置")
    assert [(one.level, one.code) for one in warned] == [("warn", "unit_ranking")] * 2
    assert only_refused(warned) == ()
    assert [one.level for one in check({"title": "积分制管理"}, "x")] == ["warn"]


@pytest.mark.parametrize(
    ("field", "is_refused"),
    [
        ({"label": "营业收入"}, True),
        ({"label": {"zh": "请填写贵公司2025年度营业收入（万元）", "en": "Turnover"}}, True),
        ({"label": "职工人数"}, True),
        ({"label": "统一社会信用代码"}, True),
        ({"label": "人数", "collect": "revenue"}, True),
        ({"label": "人数", "collect": "营业收入"}, True),
        ({"label": "营业收入", "fact": "revenue"}, False),
        ({"label": "营业收入", "collect": "revenue", "reuse": True}, False),
        ({"label": "需要协调的问题"}, False),
        ({"label": "希望增加的营业网点"}, False),
    ],
)
def test_a_field_may_not_ask_for_what_is_held(field: dict[str, Any], is_refused: bool) -> None:
    assert bool(found({"forms": [{"fields": [field]}]})) is is_refused


def test_the_names_of_what_is_held_come_from_the_catalogue() -> None:
    assert normal("近三年 营业收入（万元）：") == "营业收入"
    assert held().called("上年营业收入") == "revenue 营业收入"
    assert held().collected("revenue") == "revenue"


def test_a_refusal_says_where_what_which_clause_and_what_to_do() -> None:
    config = {"forms": [{"fields": [{"label": "姓名"}, {"photo": "required"}]}]}
    lines = {("forms",): 3, ("forms", 0, "fields", 1): 7}
    (refusal,) = check(config, "pack.yaml", lines=lines)
    assert refusal == Refusal("media", "forms[0].fields[1].photo", "pack.yaml:7", "photo: required")
    assert str(refusal) == (
        "pack.yaml:7（forms[0].fields[1].photo）：必传照片、视频、轨迹或定位，"
        "读到“photo: required”。"
        "依据《政务移动互联网应用程序规范化管理办法》（国办函〔2026〕12号）‡“五个不得”之（4）"
        "不得把应用当作考核工具：点赞、投票、转发、学习时长、强制拍照、录像、上传轨迹。"
        "改为可选：photo: optional；法律要求留存的，在同一处写 statutory: <文件名>。"
    )


def test_there_are_five_donts() -> None:
    assert sorted(CLAUSES) == [1, 2, 3, 4, 5]

"""The five don'ts, and what of each the guard catches."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Number and day were read in a secondary copy; the mark stays until the official page is read.
DOCUMENT = _("《政务移动互联网应用程序规范化管理办法》（国办函〔2026〕12号）‡")
TO_CONFIRM = _("‡ 文号、日期与措辞待与官方公布文本核对；条目序号为本系统归纳的“五个不得”。")


@dataclass(frozen=True)
class Clause:
    """One of the five don'ts."""

    number: int
    text: str | Promise
    catches: str | Promise


CLAUSES: dict[int, Clause] = {
    clause.number: clause
    for clause in (
        Clause(
            1,
            _("不得随意、重复向基层索要表格和数据"),
            _("表单里要求填写已掌握的数据项，而没有绑定已有事实"),
        ),
        Clause(
            2,
            _("不得强制签到打卡、积分排名、统计在线时长（涉及安全、应急的除外）"),
            _("强制签到；对个人积分、打分、排名；统计在线时长"),
        ),
        Clause(
            3,
            _("不得强制安装、下达安装率指标、强制登录"),
            _("强制安装或登录；安装率、注册率、日活率等指标"),
        ),
        Clause(
            4,
            _("不得把应用当作考核工具：点赞、投票、转发、学习时长、强制拍照、录像、上传轨迹"),
            _("以点赞、转发、学习时长作考核；必传照片、视频、轨迹、定位"),
        ),
        Clause(5, _("不得从事商业活动"), _("商业广告、付费推广")),
    )
}


@dataclass(frozen=True)
class Rule:
    """One thing the guard catches: the clause it breaks, what it is, what to do instead."""

    clause: int
    what: str | Promise
    instead: str | Promise


RULES: dict[str, Rule] = {
    "repeated": Rule(
        1,
        _("要求再填一次已掌握的数据"),
        _("写 fact: <数据项代码> 让表单显示已有的值，或写 reuse: true；只问还没有掌握的。"),
    ),
    "sign_in": Rule(
        2,
        _("强制签到、打卡"),
        _(
            "改为自愿：check_in: {mode: voluntary}；属应急、安全或法定点名的，在同一处写 "
            "statutory: <文件名>。"
        ),
    ),
    "points": Rule(
        2, _("对个人积分、打分"), _("删去积分；要看成效，请统计事项是否办成、对方是否认可。")
    ),
    "ranking": Rule(2, _("对个人排名"), _("删去排名；要看进度，请列出未办结事项及到期日。")),
    "unit_ranking": Rule(
        2,
        _("对单位积分、排名（不是对个人，不拒绝，但请斟酌）"),
        _("确需比较时，比较事项的办结情况，并写明口径；不得把名次分解到个人。"),
    ),
    "unclear_points": Rule(
        2,
        _("积分制管理，没有写明对谁"),
        _("写明对象；对个人的积分请删去。"),
    ),
    "online_time": Rule(2, _("统计在线时长"), _("删去；本系统不记录在线时长。")),
    "install": Rule(
        3,
        _("强制安装或下达安装率、登录率指标"),
        _("删去指标；不装应用的人也要能办事（网页、电话、当面）。"),
    ),
    "log_in": Rule(3, _("强制登录"), _("删去；登录只在需要办理事项时进行，不作要求和统计。")),
    "study_hours": Rule(4, _("统计、考核学习时长"), _("删去；只记录自愿参加，不计时长。")),
    "likes": Rule(
        4, _("以点赞、投票、转发等作考核"), _("删去；需要意见时用不记名、可不答的反馈。")
    ),
    "media": Rule(
        4,
        _("必传照片、视频、轨迹或定位"),
        _("改为可选：photo: optional；法律要求留存的，在同一处写 statutory: <文件名>。"),
    ),
    "commerce": Rule(5, _("商业广告、付费推广"), _("删去；供需信息按同一规则免费列出。")),
}
WARNINGS = frozenset({"unit_ranking", "unclear_points"})
# Where the law itself asks for it (emergency, safety, a statutory roll call), it may stand.
MAY_BE_STATUTORY = frozenset({"sign_in", "media"})

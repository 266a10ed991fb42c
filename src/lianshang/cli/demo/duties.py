"""Three weeks of an office's life: duties opened, answered, paused, returned, late — through the
same verbs as the pages, with the clock moved to each moment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from lianshang.cli.demo import accounts as who

if TYPE_CHECKING:
    from lianshang.core.accounts.models import Unit, User
    from lianshang.core.workflow.models import Duty


@dataclass(frozen=True, slots=True)
class Did:
    """One act: so many working days before today, at an hour, by an account."""

    days: int
    hour: float
    account: str
    act: str
    reason: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Life:
    """One duty and what became of it; the first row of `acts` opens it."""

    kind: str
    title: str
    text: str
    owner: str
    asker: str
    acts: tuple[Did, ...]
    urgency: str = "normal"
    co_owners: tuple[str, ...] = ()


OFFICE, SCIENCE, PARTY = "demo.office", "demo.science", "demo.party"
OFFICER, BRANCH, BRANCH2, SUPERVISOR = (
    "demo.officer",
    "demo.branch",
    "demo.branch2",
    "demo.supervisor",
)
LIVES = (
    Life(
        "request",
        "园区东门早高峰拥堵，客户迟到",
        "每天 8:20 到 9:00 右转车道排到辅路，请协调信号配时。",
        who.SERVICE_CENTRE,
        who.PHOTON_BRANCH,
        (
            Did(5, 16.7, BRANCH, "open"),
            Did(5, 17.0, OFFICER, "accept"),
            Did(5, 17.2, OFFICER, "contact", "已电话联系支部，约定到现场看。"),
            Did(3, 10.0, OFFICER, "report", "已到现场计时，配时方案交交警大队研究。"),
        ),
        co_owners=(who.ECONOMY,),
    ),
    Life(
        "request",
        "二期排污许可怎样办理",
        "项目 12 月投产，请说明办理顺序和时间。",
        who.SERVICE_CENTRE,
        who.SOFTWARE_BRANCH,
        (
            Did(2, 9.6, BRANCH2, "open"),
            Did(2, 9.9, OFFICER, "accept"),
            Did(2, 10.2, OFFICER, "contact", "38 分钟内电话说明了流程。"),
        ),
    ),
    Life(
        "request",
        "车间用电增容等了两个月",
        "请帮助明确排期。",
        who.ECONOMY,
        who.PHOTON_BRANCH,
        (
            Did(9, 9.2, BRANCH, "open"),
            Did(9, 10.0, OFFICE, "accept"),
            Did(9, 10.1, OFFICE, "contact", "已联系企业电工负责人。"),
            Did(
                8,
                15.0,
                OFFICE,
                "pause",
                "等企业补充负荷计算书。",
                {"proof": "11 时短信告知，企业回复“收到”。"},
            ),
            Did(4, 11.0, BRANCH, "supply", "负荷计算书已交。"),
            Did(1, 16.0, OFFICE, "claim", "供电所答复 12 月 10 日前送电，附排期表。"),
        ),
    ),
    Life(
        "task",
        "核对高企奖励账户信息",
        "公示已满，请与企业逐一核对账户。",
        who.SCIENCE,
        who.ECONOMY,
        (
            Did(4, 14.0, OFFICE, "open"),
            Did(4, 15.5, SCIENCE, "accept"),
            Did(2, 11.0, SCIENCE, "report", "14 家中已核对 11 家，3 家等企业确认。"),
        ),
    ),
    Life(
        "decision",
        "共用检测平台的预约口径",
        "第 3 次联席会议议定：统一预约入口，给出排队规则。",
        who.SCIENCE,
        who.ECONOMY,
        (Did(12, 16.0, OFFICE, "open"), Did(11, 9.5, SCIENCE, "accept")),
        co_owners=(who.SERVICE_CENTRE,),
    ),
    Life(
        "instruction",
        "尽快摸清外溢加工需求",
        "管委会主要负责同志批示（示高批〔2026〕21 号）。",
        who.ECONOMY,
        who.SUPERVISION,
        (
            Did(6, 9.0, SUPERVISOR, "open"),
            Did(6, 9.4, OFFICE, "accept"),
            Did(4, 17.0, OFFICE, "report", "已向 62 家企业发出问询，收到 41 家。"),
        ),
        urgency="urgent",
    ),
    Life(
        "task",
        "补齐园区消防通道标识",
        "以运营公司现场核对为准。",
        who.PARTY_OFFICE,
        who.ECONOMY,
        (
            Did(3, 10.0, OFFICE, "open"),
            Did(3, 11.0, PARTY, "object", "不属党建办职责，应由服务中心会同运营公司办理。"),
        ),
    ),
    Life(
        "task",
        "整理惠企服务日登记表",
        "上周服务日共 27 件，请分类。",
        who.SERVICE_CENTRE,
        who.PARTY_OFFICE,
        (
            Did(14, 9.0, PARTY, "open"),
            Did(14, 9.5, OFFICER, "accept"),
            Did(11, 15.0, OFFICER, "claim", "27 件已分类，见附件。"),
            Did(11, 16.0, PARTY, "return", "缺 3 件的联系人。"),
            Did(10, 10.0, OFFICER, "claim", "已补齐。"),
            Did(10, 14.0, PARTY, "confirm"),
        ),
    ),
    Life(
        "deed",
        "示例光电园夜班食堂",
        "支部提出：夜班 300 多人晚 11 点后无处用餐。",
        who.PARTY_OFFICE,
        who.PHOTON_BRANCH,
        (
            Did(18, 9.0, BRANCH, "open"),
            Did(16, 15.0, PARTY, "promise", "与运营公司商定开设夜宵窗口。", {"day": -6}),
            Did(7, 16.0, PARTY, "claim", "夜宵窗口已开，22:30 至次日 1:00。"),
            Did(6, 9.0, BRANCH, "confirm"),
            Did(6, 11.0, PARTY, "publish"),
        ),
    ),
    Life(
        "deed",
        "雨天接驳到地铁口",
        "支部提出：雨天从园区北门到地铁口 900 米无遮挡。",
        who.SERVICE_CENTRE,
        who.SOFTWARE_BRANCH,
        (
            Did(8, 9.0, BRANCH2, "open"),
            Did(6, 10.0, OFFICER, "promise", "先开早晚两班雨天接驳。", {"day": 9}),
        ),
    ),
)


def live_through(now: datetime) -> int:
    """Make every duty at its moments, oldest first; how many."""
    from lianshang.core import clock

    local = now.astimezone(clock.zone_time())
    made: dict[str, Duty] = {}
    moments = [
        (working_moment(local, did.days, did.hour), life, did)
        for life in LIVES
        for did in life.acts
    ]
    for moment, life, did in sorted(moments, key=lambda one: one[0]):
        with clock.moved_to(min(moment, now)):
            made[life.title] = _do(life, did, made.get(life.title), local)
    return len(made)


def working_moment(local: datetime, days: int, hour: float) -> datetime:
    """An hour of the day so many working days before."""
    from lianshang.core.calendars.queries import calendar
    from lianshang.engines.worktime import DayKind

    known, on, left = calendar(), local.date(), days
    while left:
        on -= timedelta(days=1)
        left -= known.day(on).kind is not DayKind.OFF
    return datetime.combine(on, time(), local.tzinfo) + timedelta(hours=hour)


def _do(life: Life, did: Did, duty: Duty | None, local: datetime) -> Duty:
    from lianshang.core.accounts.models import User
    from lianshang.core.workflow.actions.duties import act_on
    from lianshang.core.workflow.writing import Details

    actor = User.objects.get(username=did.account)
    if duty is None:
        return _open(life, actor)
    details = dict(did.details)
    if "day" in details:  # given in days from today
        details["day"] = local.date() + timedelta(days=details["day"])
    act_on(actor=actor, duty=duty, act=did.act, reason=did.reason, details=Details(**details))
    duty.refresh_from_db()
    return duty


def _open(life: Life, actor: User) -> Duty:
    from lianshang.core.workflow.actions.duties import open_duty
    from lianshang.core.workflow.models import DutyKind

    return open_duty(
        actor=actor,
        kind=DutyKind.objects.get(code=life.kind),
        title=life.title,
        text=life.text,
        owner=_unit(life.owner),
        asker=_unit(life.asker),
        co_owners=[_unit(name) for name in life.co_owners],
        urgency=life.urgency,
    )


def _unit(name: str) -> Unit:
    from lianshang.core.accounts.models import Unit

    return Unit.objects.get(name=name)

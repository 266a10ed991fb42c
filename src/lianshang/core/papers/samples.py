"""Invented contexts: the trial rendering of templates, previews, tests."""

from datetime import date, datetime
from decimal import Decimal

from lianshang.core.clock import zone_time
from lianshang.core.papers import contexts
from lianshang.core.papers.choices import KindName

OFFICE = "示例高新区管委会"


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=zone_time())


HANDLING_SLIP = contexts.HandlingSlip(
    office=OFFICE,
    source="示例光电科技有限公司，企业服务日现场提出",
    matter="解决新建产线临时用电扩容",
    request="新建产线将于十二月投产，现有变压器容量不足，申请临时用电扩容 800 千伏安，"
    "并请协调施工期间的道路占用手续。",
    owner="示例建设管理局",
    co_owners=("示例供电服务中心", "示例交通管理处"),
    received=_at(23, 16, 40),
    due=_at(30, 18),
    equation="2026-11-23 16:40 收到，次个工作日 11-24 起算 5 个工作日："
    "11-24、11-25、11-26、11-27、11-30（11-28、11-29 周末不计）",
    steps=(
        contexts.Step(name="现场核实", owner="示例建设管理局", due=date(2026, 11, 25)),
        contexts.Step(name="会商方案", owner="示例供电服务中心", due=date(2026, 11, 27)),
        contexts.Step(name="答复企业", owner="示例建设管理局", due=date(2026, 11, 30)),
    ),
    proposal="请示例建设管理局主办，示例供电服务中心、示例交通管理处协办，按时限办结并当面答复企业。",
)
SUPERVISION_LETTER = contexts.SupervisionLetter(
    office=OFFICE,
    addressee="示例建设管理局",
    matter="解决新建产线临时用电扩容",
    received=date(2026, 11, 2),
    due=date(2026, 11, 13),
    as_of=date(2026, 11, 23),
    overdue="6 个工作日",
    equation="自11月16日起算",
    situation="该事项已完成现场核实。",
    demands=(
        "三个工作日内完成方案会商，并将经办人告知企业。",
        "办结后当面答复企业，由企业确认是否真正解决。",
    ),
    reply_by=date(2026, 11, 27),
    copies=("示例供电服务中心", "示例党建工作办公室"),
)
MINUTES = contexts.Minutes(
    office=OFFICE,
    meeting="示例产业链党建联席会第三次会议",
    held=_at(20, 14, 30),
    place="示例大厦三楼会议室",
    chair="示例主任",
    present=("示例党建工作办公室甲", "示例产业促进局乙", "示例建设管理局丙", "示例人才中心丁"),
    attending=("示例光电科技有限公司", "示例软件有限公司", "示例供电服务中心"),
    absent=("示例交通管理处",),
    summary="会议听取了本季度企业诉求办理情况，研究了用电扩容、人才公寓和供需对接等事项。",
    items=(
        contexts.Item(
            heading="关于企业诉求办理",
            text="会议指出，本季度收到诉求三十六件，办结三十一件，企业确认解决二十八件。"
            "未办结的五件由主办单位逐件说明原因。",
        ),
        contexts.Item(
            heading="关于供需对接",
            text="会议明确，供需对接以企业自愿为前提，预匹配结果仅供参考。",
        ),
    ),
    decisions=(
        contexts.Decision(
            matter="完成示例光电新建产线临时用电扩容",
            owner="示例建设管理局",
            co_owner="示例供电服务中心",
            due=date(2026, 11, 30),
        ),
        contexts.Decision(
            matter="提出人才公寓第二批房源分配办法", owner="示例人才中心", due=date(2026, 12, 15)
        ),
        contexts.Decision(
            matter="组织一次光电产业链供需对接会",
            owner="示例产业促进局",
            co_owner="示例党建工作办公室",
            due=date(2026, 12, 25),
        ),
    ),
    report_to=("示例党工委",),
    send_to=("各成员单位", "各链上企业党组织"),
)
BULLETIN = contexts.Bulletin(
    office="示例党建工作办公室",
    name="企业服务简报",
    headline="十一月企业诉求办结率和企业确认解决率双提升",
    lead="十一月，各单位围绕“是否真正解决”办理企业诉求，由企业确认结果。",
    items=(
        contexts.Item(
            heading="诉求办理", text="当月收到诉求三十六件，办结三十一件。超期两件，均已发函督办。"
        ),
        contexts.Item(
            heading="政策直达",
            text="为一百二十家企业推送可享政策，其中四十六家差一步的企业由专员上门补齐信息。",
        ),
    ),
    figures=(
        contexts.Figure(
            name="收到诉求", value=36, unit="件", source="诉求台账", day=date(2026, 11, 20)
        ),
        contexts.Figure(
            name="企业确认解决率",
            value=Decimal("90.3"),
            unit="%",
            source="企业回访",
            day=date(2026, 11, 20),
        ),
        contexts.Figure(
            name="推送可享政策企业",
            value=120,
            unit="家",
            source="政策匹配",
            day=date(2026, 11, 20),
        ),
    ),
    report_to=("示例党工委", "示例高新区管委会"),
    send_to=("各部门",),
    copy_to=("各产业链党委", "各网格"),
)
SAMPLES: dict[str, contexts.PaperContext] = {
    KindName.HANDLING_SLIP: HANDLING_SLIP,
    KindName.SUPERVISION_LETTER: SUPERVISION_LETTER,
    KindName.MINUTES: MINUTES,
    KindName.BULLETIN: BULLETIN,
}
SAMPLE_DAY = date(2026, 11, 23)

"""Words of duties: states, acts, parts that a unit can take, clocks, audiences."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a duty stands."""

    WAITING = "waiting", _("待签收")
    WORKING = "working", _("办理中")
    PAUSED = "paused", _("等待补充")
    OBJECTED = "objected", _("异议待裁定")
    CLAIMED = "claimed", _("待确认")
    CLOSED = "closed", _("已办结")
    PUBLISHED = "published", _("已公示")
    CANCELLED = "cancelled", _("已撤销")


OPEN = (State.WAITING, State.WORKING, State.PAUSED, State.OBJECTED, State.CLAIMED)
ENDED = (State.CLOSED, State.PUBLISHED, State.CANCELLED)


class Act(models.TextChoices):
    """What can be done with a duty; each is one row of its log."""

    OPEN = "open", _("交办")
    ACCEPT = "accept", _("签收")
    CONTACT = "contact", _("首次联系")
    REPORT = "report", _("阶段反馈")
    PROMISE = "promise", _("承诺")
    NOTE = "note", _("内部备注")
    SUPPLY = "supply", _("对方补充")
    PAUSE = "pause", _("暂停计时")
    RESUME = "resume", _("恢复计时")
    EXTEND = "extend", _("延期")
    PRESS = "press", _("调整缓急")
    OBJECT = "object", _("提出异议")
    UPHOLD = "uphold", _("异议成立，改派")
    OVERRULE = "overrule", _("异议不成立")
    HAND_OVER = "hand_over", _("移交")
    JOIN = "join", _("增加协办")
    LEAVE = "leave", _("退出协办")
    CLAIM = "claim", _("报结")
    RETURN = "return", _("退回重办")
    CONFIRM = "confirm", _("确认办结")
    REOPEN = "reopen", _("重新打开")
    PUBLISH = "publish", _("公示")
    CANCEL = "cancel", _("撤销")
    URGE = "urge", _("催办")
    ESCALATE = "escalate", _("升级提醒")


class Part(models.TextChoices):
    """What a unit is to a duty."""

    OWNER = "owner", _("主办")
    CO_OWNER = "co_owner", _("协办")
    ASKER = "asker", _("交办方")
    FORMER = "former", _("曾主办")


class Who(models.TextChoices):
    """Who may do an act."""

    OWNER = "owner", _("主办单位")
    CO_OWNER = "co_owner", _("协办单位")
    ASKER = "asker", _("交办方")
    SUPERVISOR = "supervisor", _("督办人员")
    THIRD = "third", _("与双方无关的督办人员")
    PROGRAM = "program", _("系统")


class Need(models.TextChoices):
    """What an act must be told."""

    REASON = "reason", _("理由")
    PROOF = "proof", _("凭据")
    UNIT = "unit", _("单位")
    DAY = "day", _("日期")
    AMOUNT = "amount", _("数量")
    URGENCY = "urgency", _("缓急")


class Urgency(models.TextChoices):
    """How pressing a duty is; clocks are set per level."""

    NORMAL = "normal", _("一般")
    URGENT = "urgent", _("紧急")
    CRITICAL = "critical", _("特急")


class ClockName(models.TextChoices):
    """The clocks that can run on one duty."""

    CONTACT = "contact", _("首次联系")
    STAGE = "stage", _("阶段反馈")
    CLOSE = "close", _("办结")


class Side(models.TextChoices):
    """On which side of the due moment a rung of the ladder lies."""

    BEFORE = "before", _("到期前")
    AFTER = "after", _("到期后")


class Audience(models.TextChoices):
    """Who is told on a rung of the ladder."""

    OWNER = "owner", _("主办单位")
    CO_OWNERS = "co_owners", _("协办单位")
    ASKER = "asker", _("交办方")
    ABOVE = "above", _("主办单位的上级")
    SUPERVISORS = "supervisors", _("督办人员")
    UNIT = "unit", _("指定单位")


class OriginKind(models.TextChoices):
    """Where duties come from."""

    MEETING = "meeting", _("会议")
    INSTRUCTION = "instruction", _("领导批示")
    INSPECTION = "inspection", _("检查整改")
    RESEARCH = "research", _("调研走访")


class FlowName(models.TextChoices):
    """The tables of states and transitions (see flows.py)."""

    TASK = "task", _("交办事项")
    REQUEST = "request", _("问题诉求")
    INSTRUCTION = "instruction", _("批示办理")
    RECTIFICATION = "rectification", _("问题整改")
    DEED = "deed", _("办实事")

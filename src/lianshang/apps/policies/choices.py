"""States of an answer, kinds and channels of policies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """What the rules say about one firm and one policy; the names are the engine's."""

    MET = "met", _("可享")
    NOT_MET = "not_met", _("不符合")
    NOT_KNOWN = "not_known", _("待补信息")
    NEEDS_PERSON = "needs_person", _("待人工判断")


class Standing(models.TextChoices):
    """The same as an officer reads it: not met splits into one step short and the rest.

    Lists stand in this order: entitled first, then what is within reach.
    """

    ENTITLED = "entitled", _("可享")
    ONE_STEP = "one_step", _("差一步")
    NOT_KNOWN = "not_known", _("待补信息")
    NEEDS_PERSON = "needs_person", _("待人工判断")
    NOT_ENTITLED = "not_entitled", _("不符合")


class Kind(models.TextChoices):
    """What a policy gives."""

    TITLE = "title", _("资格")
    TAX_RELIEF = "tax_relief", _("税费优惠")
    GRANT = "grant", _("奖补")
    CLASSIFICATION = "classification", _("划型")


class Channel(models.TextChoices):
    """How a firm comes to it."""

    AUTOMATIC = "automatic", _("免申即享")
    FAST = "fast", _("快申快享")
    APPLICATION = "application", _("申报")
    SELF_ASSESSED = "self_assessed", _("自行判别、申报享受")


class Level(models.TextChoices):
    """Who issued it."""

    NATIONAL = "national", _("国家")
    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    ZONE = "zone", _("高新区")


class Origin(models.TextChoices):
    """Where the definition of a policy lives."""

    FILE = "file", _("国家政策库")
    PACK = "pack", _("实践包")
    ZONE = "zone", _("本区编写")


class Nearness(models.IntegerChoices):
    """What alone separates a firm from an entitlement; the order is that of an officer's list."""

    NONE = 0, _("不止一步")
    DOCUMENT = 1, _("差一项信息或材料")
    POINT = 2, _("差一个百分点以内")
    WITHIN = 3, _("差一个企业可改变的条件")
    BEYOND = 4, _("差一个企业无法改变的条件")


class StepKind(models.TextChoices):
    """The kinds of steps of a procedure of delivery."""

    LIST = "list", _("生成名单")
    PAGE = "page", _("一页确认")
    APPLICATION = "application", _("企业申报")
    ACCEPTANCE = "acceptance", _("受理")
    DATA_CHECK = "data_check", _("数据核验")
    WISH = "wish", _("企业意愿与收款账户")
    REVIEW = "review", _("审核")
    CREDIT_CHECK = "credit_check", _("信用核查")
    OPINIONS = "opinions", _("部门意见")
    DECISION = "decision", _("会议审定")
    NOTICE = "notice", _("公示")
    PAYMENT_LETTER = "payment_letter", _("拨付函")
    RECEIPT = "receipt", _("登记回单")
    RATING = "rating", _("企业评价")


class StepActor(models.TextChoices):
    """Who acts at a step."""

    FIRM = "firm", _("企业")
    OFFICE = "office", _("主办单位")
    DEPARTMENT = "department", _("其他部门")
    PROGRAM = "program", _("系统按时限")


class CountsFrom(models.TextChoices):
    """From when the working days of a step are counted."""

    STEP = "step", _("进入本环节")
    CASE = "case", _("个案启动")


class StepOutcome(models.TextChoices):
    """What became of a step."""

    ENTERED = "entered", _("已启动")
    PASSED = "passed", _("通过")
    RETURNED = "returned", _("退回补正")
    SUPPLIED = "supplied", _("企业已补充")
    DECLINED = "declined", _("不予兑现")
    WITHDRAWN = "withdrawn", _("企业放弃")
    NOT_NEEDED = "not_needed", _("不需要")
    FAILED = "failed", _("未成功")
    NOTED = "noted", _("内部备注")


class CaseState(models.TextChoices):
    """Where a firm's case stands."""

    LISTED = "listed", _("名单待核")
    EXCLUDED = "excluded", _("已移出名单")
    RUNNING = "running", _("办理中")
    WAITING = "waiting", _("待企业")
    DECLINED = "declined", _("不予兑现")
    WITHDRAWN = "withdrawn", _("企业放弃")
    PAID = "paid", _("已到账，待评价")
    CLOSED = "closed", _("已办结")


class DraftState(models.TextChoices):
    """How far the writing of a policy has come."""

    DRAFTING = "drafting", _("起草中")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已批准")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


class NewsKind(models.TextChoices):
    """What a firm is told about its policies; the order is that of a digest."""

    ENTITLED = "entitled", _("新符合")
    LOST = "lost", _("不再符合")
    LOST_SOON = "lost_soon", _("即将失去")
    WINDOW_5 = "window_5", _("五日内截止")
    WINDOW_15 = "window_15", _("十五日内截止")
    ONE_STEP = "one_step", _("差一步")


class InstalmentState(models.TextChoices):
    """Where one part of an amount stands; read off its days and receipts, not stored."""

    PAID = "paid", _("已到账")
    ENDED = "ended", _("已终止")
    ASKED = "asked", _("已出函，待到账")
    DUE = "due", _("到期可拨")
    HELD = "held", _("到期，条件待核实")
    PLANNED = "planned", _("未到期")

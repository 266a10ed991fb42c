"""Kinds and states of actors, kinds of quantities and sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    """What sort of actor a row of the register is."""

    FIRM = "firm", _("企业")
    SOLE_TRADER = "sole_trader", _("个体工商户")
    INSTITUTE = "institute", _("科研院所")
    NEW_RD_INSTITUTION = "new_rd_institution", _("新型研发机构")
    SOCIAL_ORGANIZATION = "social_organization", _("社会组织")


class ActorStatus(models.TextChoices):
    """Registration status."""

    OPERATING = "operating", _("存续")
    SUSPENDED = "suspended", _("停业")
    MOVED_OUT = "moved_out", _("迁出")
    REVOKED = "revoked", _("吊销")
    DEREGISTERED = "deregistered", _("注销")


class ValueType(models.TextChoices):
    """What the value of a quantity is."""

    NUMBER = "number", _("数值")
    BOOL = "bool", _("是否")
    DATE = "date", _("日期")
    CODE = "code", _("代码")
    TITLE = "title", _("资格")


# The column of a fact that holds values of each type.
VALUE_COLUMN = {
    ValueType.NUMBER: "number",
    ValueType.BOOL: "flag",
    ValueType.TITLE: "flag",
    ValueType.DATE: "day",
    ValueType.CODE: "code",
}


class Period(models.TextChoices):
    """For which time a value holds."""

    ANNUAL = "annual", _("年度")
    POINT = "point", _("时点")
    DERIVED = "derived", _("推算")


class SourceKind(models.TextChoices):
    """Where facts come from, as far as the law cares."""

    REGISTER = "register", _("登记机关")
    FIRM = "firm", _("企业提供")
    OFFICER = "officer", _("工作人员核实")
    PUBLIC_LIST = "public_list", _("公开名单")
    STATISTICS = "statistics", _("统计调查")
    TAX = "tax", _("税务")
    COMPUTED = "computed", _("系统推算")


class Verdict(models.TextChoices):
    """What came of checking a value that a firm supplied."""

    CONFIRMED = "confirmed", _("属实")
    REFUSED = "refused", _("不采用")

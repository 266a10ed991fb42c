"""Kinds of organisations, trees and coverage."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    """What sort of organisation it is; the kind says what it may be above and below."""

    WORK_COMMITTEE = "work_committee", _("党工委")
    COMMITTEE = "committee", _("党委")
    GENERAL_BRANCH = "general_branch", _("党总支")
    BRANCH = "branch", _("党支部")
    JOINT_BRANCH = "joint_branch", _("联合党支部")
    TEMPORARY_BRANCH = "temporary_branch", _("临时党支部")
    GROUP = "group", _("党小组")
    UNION = "union", _("工会")
    YOUTH_LEAGUE = "youth_league", _("共青团组织")
    WOMEN_FEDERATION = "women_federation", _("妇联组织")
    COUNCIL = "council", _("理事会、联席会")
    ALLIANCE = "alliance", _("联盟、联合体")
    TASK_GROUP = "task_group", _("专班")


# Organisations of the Party itself that can cover a firm; a group is a part of its branch.
COVERING = frozenset(
    {
        OrganizationKind.WORK_COMMITTEE,
        OrganizationKind.COMMITTEE,
        OrganizationKind.GENERAL_BRANCH,
        OrganizationKind.BRANCH,
        OrganizationKind.JOINT_BRANCH,
        OrganizationKind.TEMPORARY_BRANCH,
        OrganizationKind.GROUP,
    }
)


class Nature(models.TextChoices):
    """Whether members belong here, or the organisation only brings others together."""

    ENTITY = "entity", _("实体型")
    FUNCTIONAL = "functional", _("功能型")


class TreeKind(models.TextChoices):
    """By what a tree is drawn."""

    TERRITORY = "territory", _("按地域")
    INDUSTRY = "industry", _("按产业链")
    BUILDING = "building", _("按楼宇")
    ALLIANCE = "alliance", _("共建联合")
    MASS = "mass", _("群团")


class CoverForm(models.TextChoices):
    """How an organisation reaches a firm (forms as in the official explainer of coverage)."""

    SINGLE = "single", _("单独组建")
    JOINT = "joint", _("联合组建")
    AREA = "area", _("区域组建")
    TRADE = "trade", _("行业组建")
    ATTACHED = "attached", _("挂靠")
    INSTRUCTOR = "instructor", _("派驻指导员")
    LIAISON = "liaison", _("联络员")
    MASS = "mass", _("群团工作")


ORGANIZED = (CoverForm.SINGLE, CoverForm.JOINT, CoverForm.AREA, CoverForm.TRADE)
WORKED = (CoverForm.INSTRUCTOR, CoverForm.LIAISON, CoverForm.MASS)


class Basis(models.TextChoices):
    """How a number of members is known."""

    DECLARED = "declared", _("企业申报")
    MATCHED = "matched", _("与组织部门核对")


class State(models.TextChoices):
    """How a firm stands on a day."""

    ORGANIZED = "organized", _("组织覆盖")
    WORKED = "worked", _("工作覆盖")
    UNCOVERED = "uncovered", _("未覆盖")
    LEFT_OUT = "left_out", _("不计入")


class Suggested(models.TextChoices):
    """What would cover a firm that is not covered."""

    SINGLE = "single", _("单独组建党支部")
    JOINT = "joint", _("联合组建党支部")
    JOIN = "join", _("加入现有联合党支部")
    ATTACH = "attach", _("挂靠邻近组织")
    COUNT = "count", _("先核对党员人数")
    INSTRUCTOR = "instructor", _("派驻党建指导员")


class WhyLeftOut(models.TextChoices):
    """Why a firm is not in the denominator."""

    SHELL = "shell", _("空壳或无实际经营")
    PUBLIC = "public", _("国有、集体或机关事业单位所属")
    ELSEWHERE = "elsewhere", _("党组织关系在区外上级")

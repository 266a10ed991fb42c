"""Organisations, the trees they stand in, and the posts in them.

The members' system of the organisation departments stays the authority: nothing here is a roster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.party.choices import Nature, OrganizationKind, TreeKind
from lianshang.apps.places.models import Park
from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.privacy import EncryptedTextField, Personal, mask_name

if TYPE_CHECKING:
    from datetime import date


def in_force(on: date, prefix: str = "") -> Q:
    """Rows with `since` and `until` that hold on a day."""
    begun = Q(**{f"{prefix}since__lte": on})
    return begun & (Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": on}))


@pghistory.track()
class Tree(models.Model):
    """One way of drawing who is above whom; an organisation may stand in several."""

    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=10, choices=TreeKind.choices)

    class Meta:
        verbose_name = _("组织体系")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class PartyOrganizationQuerySet(models.QuerySet["PartyOrganization"]):
    """Questions about organisations."""

    def visible_to(self, user: User) -> PartyOrganizationQuerySet:
        """Those who may see the Party chain see every organisation; its contact sees its own."""
        if user.may("party.view"):
            return self
        return self.filter(unit__in=user.unit_ids())

    def existing(self, on: date) -> PartyOrganizationQuerySet:
        """Founded and not ended on the day."""
        return self.filter(Q(founded_on__lte=on), Q(ended_on__isnull=True) | Q(ended_on__gt=on))


@pghistory.track()
class PartyOrganization(models.Model):
    """A Party organisation, a mass organisation or a standing body beside them."""

    unit = models.OneToOneField(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="party_organization"
    )
    kind = models.CharField(_("类别"), max_length=20, choices=OrganizationKind.choices)
    nature = models.CharField(
        _("性质"),
        max_length=12,
        choices=Nature.choices,
        default=Nature.ENTITY,
        help_text=_("功能型组织不接转组织关系，其成员和单位不重复计数"),
    )
    founded_on = models.DateField(_("成立日期"))
    founding_document = models.CharField(_("批复文号"), max_length=100, blank=True)
    ended_on = models.DateField(_("撤销日期"), null=True, blank=True)
    term_ends_on = models.DateField(_("本届任期至"), null=True, blank=True)
    park = models.ForeignKey(
        Park, verbose_name=_("所在园区"), null=True, blank=True, on_delete=models.PROTECT
    )
    industries = models.JSONField(
        _("归口行业"), default=list, blank=True, help_text=_("GB/T 4754 门类、大类代码")
    )

    objects = PartyOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("组织")
        ordering = ["unit__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("founded_on")),
                name="organization_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return self.unit.name

    def get_absolute_url(self) -> str:
        return reverse("party:organization", args=[self.pk])


@pghistory.track()
class Placement(models.Model):
    """An organisation stands under another in one tree, for a time; without a parent at its top."""

    tree = models.ForeignKey(Tree, verbose_name=_("体系"), on_delete=models.PROTECT)
    organization = models.ForeignKey(
        PartyOrganization,
        verbose_name=_("组织"),
        on_delete=models.CASCADE,
        related_name="placements",
    )
    parent = models.ForeignKey(
        PartyOrganization,
        verbose_name=_("上级"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="below",
    )
    since = models.DateField(_("起"), default=clock.today)
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("隶属")
        ordering = ["tree", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tree", "organization"],
                condition=Q(until__isnull=True),
                name="one_place_in_a_tree",
            ),
            models.CheckConstraint(
                condition=~Q(organization=F("parent")), name="nobody_is_above_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.tree}"


@pghistory.track()
class Post(models.Model):
    """A post of an organisation: secretary, deputy, member, chair, instructor, grid worker."""

    organization = models.ForeignKey(
        PartyOrganization, verbose_name=_("组织"), on_delete=models.CASCADE, related_name="posts"
    )
    title = models.CharField(_("职务"), max_length=40)
    order = models.PositiveSmallIntegerField(_("排序"), default=50)

    class Meta:
        verbose_name = _("职务")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "title"], name="one_post_of_a_title")
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track(exclude=["person"])
class PostHolding(models.Model):
    """Who holds a post, for which body, for a time. A seat may be held by an organisation."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="holdings")
    person = EncryptedTextField(
        _("任职人"),
        blank=True,
        personal=Personal(
            _("知道组织的负责人是谁、如何联系"),
            _("履行组织工作职责所必需（个人信息保护法第十三条）"),
            _("离任后三年"),
            mask_name,
        ),
    )
    represents = models.ForeignKey(
        Unit,
        verbose_name=_("代表单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    document = models.CharField(_("任命文号"), max_length=100, blank=True)
    since = models.DateField(_("起"), default=clock.today)
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(person="") | Q(represents__isnull=False), name="somebody_holds_it"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post}"

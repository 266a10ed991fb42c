"""Policies as the database knows them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.choices import Channel, Kind, Level, Origin
from lianshang.core.accounts.models import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lianshang.engines.rules.policy import Policy as Definition


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Questions about policies."""

    def current(self) -> PolicyQuerySet:
        return self.filter(is_retired=False)


@pghistory.track()
class Policy(models.Model):
    """One version of a policy. National ones live in the policy files and are copied here; those
    of practice packs and those that the zone wrote live in this table.
    """

    code = models.CharField(_("编号"), max_length=80, unique=True)
    family = models.CharField(_("政策"), max_length=80, db_index=True)
    name = models.CharField(_("名称"), max_length=200)
    name_en = models.CharField(_("英文名称"), max_length=200)
    issuer = models.CharField(_("发文机关"), max_length=200)
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    kind = models.CharField(_("类别"), max_length=16, choices=Kind.choices)
    channel = models.CharField(_("渠道"), max_length=14, choices=Channel.choices)
    valid_from = models.DateField(_("有效期起"))
    valid_until = models.DateField(_("有效期止"), null=True)
    definition = models.JSONField(_("定义"))
    digest = models.CharField(max_length=64)
    origin = models.CharField(_("出处"), max_length=6, choices=Origin.choices, default=Origin.FILE)
    owner = models.ForeignKey(
        Unit,
        verbose_name=_("责任单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="policies_owned",
        help_text=_("兑付由它办理；规则出错时通知它"),
    )
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    is_retired = models.BooleanField(_("停用"), default=False)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("政策")
        ordering = ["level", "kind", "code"]

    def __str__(self) -> str:
        return self.name

    def define(self, policy: Definition, mapping: Mapping[str, Any], digest: str) -> None:
        """Take a definition, and what the row repeats of it for finding; does not save."""
        self.family, self.kind, self.level = policy.family, policy.kind, policy.level
        self.name, self.name_en = policy.name["zh"], policy.name.get("en", policy.name["zh"])
        self.issuer, self.channel = policy.issuer["zh"], policy.channel
        self.valid_from = policy.valid.start or date.min
        self.valid_until = policy.valid.end
        self.definition = json.loads(json.dumps(mapping, default=str))
        self.digest, self.is_retired = digest, False

    @property
    def documents(self) -> str:
        """The documents it rests on, as they are cited."""
        return "；".join(
            source["document"] for source in self.definition.get("sources", {}).values()
        )

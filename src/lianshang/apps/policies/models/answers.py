"""How the answers are kept: a row per policy and 512 firms, what adds up per policy, and when each
firm was last evaluated. Lists read them through the view `Assessment`.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.models.library import Policy

BLOCK = 512  # firms: a row of their answers fits a page of the database, so no part of it is apart


class AnswerBlock(models.Model):
    """The answers of one policy about the firms whose keys begin at `block` × 512.

    `codes` has a byte per key, see `queries/packing.py`; `small` or `large` an amount each, plus
    one fen so that 0 says that there is none, or `same` the one amount of all. A row is written
    only where its digest is another one.
    """

    policy = models.ForeignKey(
        Policy, on_delete=models.CASCADE, related_name="blocks", db_index=False
    )
    block = models.IntegerField()
    digest = models.BigIntegerField()
    codes = models.BinaryField()
    classes = models.BinaryField(null=True)
    same = models.BigIntegerField(null=True)
    small = ArrayField(models.IntegerField(), null=True)
    large = ArrayField(models.BigIntegerField(), null=True)
    entitled = models.SmallIntegerField()
    one_step = models.SmallIntegerField()
    not_known = models.SmallIntegerField()
    needs_person = models.SmallIntegerField()
    not_entitled = models.SmallIntegerField()
    amount = models.BigIntegerField()  # of the entitled ones, in fen
    best = models.BigIntegerField(null=True)  # the largest of those one step short

    is_computed = True  # does not hold a policy in the library

    class Meta:
        verbose_name = _("评估结果块")
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "block"], include=["digest"], name="one_block_of_answers"
            )
        ]
        indexes = [
            models.Index(fields=["block"]),
            models.Index(  # for the list of the largest amounts: no block else is read
                F("best").desc(nulls_last=True), name="best_blocks", condition=Q(one_step__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} × {self.block}"


class Tally(models.Model):
    """What the answers of one policy add up to over all firms, and the day they are of."""

    policy = models.OneToOneField(
        Policy, on_delete=models.CASCADE, related_name="tally", primary_key=True
    )
    on = models.DateField(_("评估日"))
    is_stopped = models.BooleanField(
        _("评估已停"), default=False, help_text=_("规则出错，保留上一次的结果")
    )
    entitled = models.IntegerField(default=0)
    one_step = models.IntegerField(default=0)
    not_known = models.IntegerField(default=0)
    needs_person = models.IntegerField(default=0)
    not_entitled = models.IntegerField(default=0)
    amount = models.DecimalField(_("可享合计"), max_digits=24, decimal_places=2, default=0)

    is_computed = True  # does not hold a policy in the library

    class Meta:
        verbose_name = _("评估合计")

    def __str__(self) -> str:
        return f"{self.policy_id}"


class EvaluatedFirm(models.Model):
    """A firm that has answers: where they stand in the blocks, and of which facts they are."""

    enterprise = models.OneToOneField(
        Enterprise, on_delete=models.CASCADE, related_name="evaluated", primary_key=True
    )
    block = models.IntegerField(db_index=True)
    place = models.SmallIntegerField()
    on = models.DateField(_("评估日"))
    facts_version = models.BigIntegerField()

    is_computed = True  # does not hold a firm in the register

    class Meta:
        verbose_name = _("已评估企业")

    def __str__(self) -> str:
        return f"{self.enterprise_id}"

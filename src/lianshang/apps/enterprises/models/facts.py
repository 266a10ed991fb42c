"""The fact ledger: catalogued quantities, sources, and values that are only ever added."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.choices import Period, SourceKind, ValueType, Verdict
from lianshang.apps.enterprises.models.actors import Enterprise
from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.append_only import AppendOnly
from lianshang.core.consent.choices import Use
from lianshang.core.imports.models import ImportBatch


@pghistory.track()
class Quantity(models.Model):
    """A catalogued quantity. Its definition lives in policies/catalogue.yaml; this row is its
    copy.
    """

    code = models.CharField(_("代码"), max_length=60, unique=True)
    label = models.CharField(_("名称"), max_length=120)
    label_en = models.CharField(_("英文名称"), max_length=160)
    unit = models.CharField(_("单位"), max_length=10)
    value_type = models.CharField(_("类型"), max_length=8, choices=ValueType.choices)
    period = models.CharField(_("时间口径"), max_length=8, choices=Period.choices)
    definition = models.JSONField(_("定义"))
    is_retired = models.BooleanField(_("停用"), default=False)

    class Meta:
        verbose_name = _("数据项")
        verbose_name_plural = _("数据项")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label


@pghistory.track()
class Source(models.Model):
    """Where values come from: owner, precedence, and what the law lets them be used for."""

    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(_("类别"), max_length=12, choices=SourceKind.choices)
    owner = models.ForeignKey(
        Unit, verbose_name=_("主管单位"), null=True, blank=True, on_delete=models.PROTECT
    )
    rank = models.PositiveSmallIntegerField(
        _("优先级"), help_text=_("数字小者优先；同级取日期新者，再取后录入者")
    )
    uses = ArrayField(
        models.CharField(max_length=12, choices=Use.choices),
        verbose_name=_("允许用途"),
        default=list,
    )
    legal_basis = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("来源")
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name


class Fact(models.Model):
    """One value of a quantity about an actor, from a source. Rows are added, never changed:
    a better value is a new row, an undone import is a retired batch."""

    # The table of most rows: keys that lead another index, or that nobody asks by, have none.
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="facts", db_index=False
    )
    quantity = models.ForeignKey(Quantity, verbose_name=_("数据项"), on_delete=models.PROTECT)
    year = models.SmallIntegerField(_("年度"), null=True)  # for annual quantities
    number = models.DecimalField(_("数值"), max_digits=24, decimal_places=6, null=True)
    flag = models.BooleanField(_("是否"), null=True)
    day = models.DateField(_("日期"), null=True)
    code = models.CharField(_("代码"), max_length=40, null=True)
    source = models.ForeignKey(
        Source, verbose_name=_("来源"), on_delete=models.PROTECT, db_index=False
    )
    observed_on = models.DateField(_("数据日期"))
    valid_from = models.DateField(_("有效期起"), null=True)
    valid_until = models.DateField(_("有效期止"), null=True)
    uses = ArrayField(
        models.CharField(max_length=12, choices=Use.choices), verbose_name=_("允许用途"), null=True
    )  # null: what the source allows
    batch = models.ForeignKey(
        ImportBatch,
        verbose_name=_("导入批次"),
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
    )
    row_number = models.PositiveIntegerField(_("行号"), null=True)
    recorded_at = models.DateTimeField(_("入库时间"), default=clock.now)
    recorded_by = models.ForeignKey(
        User,
        verbose_name=_("录入人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("事实")
        ordering = ["quantity", "-year", "-observed_on", "-pk"]
        indexes = [models.Index(fields=["enterprise", "quantity", "year"])]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "row_number", "enterprise", "quantity", "year"],
                nulls_distinct=False,
                condition=models.Q(batch__isnull=False),
                name="one_fact_per_cell",
            )
        ]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.enterprise_id}:{self.quantity_id}:{self.year}"

    @property
    def value(self) -> object:
        """The value in the catalogue's unit, whichever column holds it."""
        held = (self.number, self.flag, self.day, self.code)
        return next((one for one in held if one is not None), None)

    @property
    def is_refused(self) -> bool:
        """An office checked it and does not take it: it counts as not known."""
        checked = getattr(self, "checked", None)
        return checked is not None and checked.verdict == Verdict.REFUSED

    @property
    def is_self_declared(self) -> bool:
        """Supplied by the firm one by one, and nobody has checked it yet.

        What came in a table was taken over by the office that imported it.
        """
        came_from_firm = self.source.kind == SourceKind.FIRM and self.batch_id is None
        return came_from_firm and getattr(self, "checked", None) is None

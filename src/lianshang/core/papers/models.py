"""Papers, their numbers, their stamped scans, and the templates they are made from."""

from __future__ import annotations

import json
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.append_only import AppendOnly
from lianshang.core.files.models import Attachment
from lianshang.core.files.sealed import open_sealed
from lianshang.core.papers.choices import KindName
from lianshang.core.privacy import EncryptedTextField
from lianshang.core.references import visible_references


@pghistory.track()
class PaperTemplate(models.Model):
    """A template that an office edited; versions count from 1, the built-in one is version 0."""

    kind = models.CharField(_("文种"), max_length=20, choices=KindName.choices)
    version = models.PositiveIntegerField(_("版本"))
    content = models.FileField(_("文件"), upload_to="papers/templates", max_length=300)
    sha256 = models.CharField("SHA-256", max_length=64)
    note = models.CharField(_("改动说明"), max_length=200)
    uploaded_by = models.ForeignKey(
        User, verbose_name=_("上传人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"), default=clock.now)
    is_active = models.BooleanField(_("使用中"), default=False)

    class Meta:
        verbose_name = _("文书模板")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="one_template_per_version"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(is_active=True), name="one_active_template"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} v{self.version}"

    def read(self) -> bytes:
        return open_sealed(self.content)


@pghistory.track()
class NumberWord(models.Model):
    """The word that begins an office's numbers: 示高管督 in 示高管督〔2026〕3号."""

    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT)
    kind = models.CharField(_("文种"), max_length=20, choices=KindName.choices)
    word = models.CharField(_("发文机关代字"), max_length=20)

    class Meta:
        verbose_name = _("发文机关代字")
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind"], name="one_word_per_unit_and_kind")
        ]

    def __str__(self) -> str:
        return self.word


class NumberSeries(models.Model):
    """The last number given under a word in a year; its row is the lock of the series."""

    word = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("编号")
        constraints = [models.UniqueConstraint(fields=["word", "year"], name="one_number_series")]

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕"


class PaperQuerySet(models.QuerySet["Paper"]):
    """Questions about papers."""

    def visible_to(self, user: User) -> PaperQuerySet:
        """Papers of the user's units, and those whose subject the user sees."""
        if not user.may("papers.view"):
            return self.none()
        own = Q(unit__in=user.unit_ids())
        others = self.exclude(own).exclude(label="").order_by()
        seen: dict[str, list[int]] = {}
        pairs = others.values_list("label", "object_pk").distinct()
        asked = [(label, pk) for label, pk in pairs if pk is not None]
        for label, pk in visible_references(user, asked):
            seen.setdefault(label, []).append(pk)
        for label, pks in seen.items():
            own |= Q(label=label, object_pk__in=pks)
        return self.filter(own)

    def with_proof(self) -> PaperQuerySet:
        """With `sealed_on`: the day of the latest seal that came back, None while there is none."""
        return self.annotate(sealed_on=models.Max("scans__sealed_on"))


class Paper(models.Model):
    """A paper as it was issued: number, what filled it, the document. It never changes."""

    kind = models.CharField(_("文种"), max_length=20, choices=KindName.choices)
    unit = models.ForeignKey(Unit, verbose_name=_("印发单位"), on_delete=models.PROTECT)
    word = models.CharField(_("发文机关代字"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年份"))
    serial = models.PositiveIntegerField(_("序号"))
    number = models.CharField(_("发文字号"), max_length=90, unique=True)
    title = models.CharField(_("标题"), max_length=300)
    label = models.CharField(_("对象类型"), max_length=60, blank=True)  # "": about nothing else
    object_pk = models.BigIntegerField(_("对象编号"), null=True)
    filled_with = EncryptedTextField(_("填写内容"))  # JSON; see contexts.py
    template = models.ForeignKey(
        PaperTemplate, verbose_name=_("模板"), null=True, on_delete=models.PROTECT
    )  # None: the built-in one
    content = models.FileField(_("文件"), upload_to="papers/%Y/%m", max_length=300)
    sha256 = models.CharField("SHA-256", max_length=64)
    issued_by = models.ForeignKey(
        User, verbose_name=_("印发人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(_("印发时间"), default=clock.now)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("文书")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["word", "year", "serial"], name="one_paper_per_number")
        ]
        indexes = [models.Index(fields=["label", "object_pk"], name="papers_of_subject")]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("papers:paper", args=[self.pk])

    @property
    def context(self) -> dict[str, Any]:
        """What it was filled with, frozen when it was issued."""
        found: dict[str, Any] = json.loads(self.filled_with)
        return found

    @property
    def template_version(self) -> int:
        return self.template.version if self.template else 0

    @property
    def file_name(self) -> str:
        return f"{self.number} {self.title}.docx"

    def read(self) -> bytes:
        return open_sealed(self.content)


class StampedScan(models.Model):
    """The sealed and signed paper, scanned and taken back as proof; later ones keep the first."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="scans")
    attachment = models.OneToOneField(
        Attachment, verbose_name=_("扫描件"), on_delete=models.PROTECT, related_name="+"
    )
    sealed_on = models.DateField(_("盖章日期"))
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    taken_by = models.ForeignKey(
        User, verbose_name=_("登记人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(_("登记时间"), default=clock.now)

    class Meta:
        verbose_name = _("盖章回传件")
        ordering = ["taken_at", "pk"]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.sealed_on}"

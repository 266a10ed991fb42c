"""Issuing a paper, and taking its stamped scan back."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.files.actions import attach
from lianshang.core.files.choices import SCANS
from lianshang.core.files.sealed import save_sealed
from lianshang.core.papers.contexts import PaperContext
from lianshang.core.papers.kinds import KINDS, PaperKind, values_of
from lianshang.core.papers.models import NumberSeries, Paper, StampedScan
from lianshang.core.papers.queries import active_template, issuing_units, number_word
from lianshang.core.papers.rendering import fill_template
from lianshang.core.references import reference

STAMPED = "stamped"


@action("papers.issue", _("印发文书"))
def issue_paper(
    *,
    actor: User | None,
    kind: str,
    subject: Any,
    context: PaperContext,
    title: str = "",
    unit: Unit | None = None,
) -> Paper:
    """Number, fill and keep a paper about `subject` (None: about nothing else).

    `context` is the dataclass of the kind (contexts.py). `unit` issues; by default the actor's
    office. A number is given in the transaction that keeps the paper: no gap, no double.
    """
    of_kind = KINDS[kind]
    if not isinstance(context, of_kind.context):
        raise TypeError(f"{kind} is filled with {of_kind.context.__name__}")
    label, pk = reference(subject) if subject is not None else ("", None)
    paper = Paper(
        kind=kind,
        unit=unit or _office_of(actor),
        label=label,
        object_pk=pk,
        issued_by=actor,
        template=active_template(kind),
    )
    _number(paper)
    _fill(paper, of_kind, context, title)
    paper.save()
    return paper


def _office_of(actor: User | None) -> Unit:
    units = issuing_units(actor) if actor else []
    if not units:
        raise ValidationError(_now("您不在任何可以印发文书的部门，请联系安全管理员。"))
    return units[0]


def _number(paper: Paper) -> None:
    """The next number of the series; its row stays locked until the paper is kept."""
    paper.word = number_word(paper.unit, paper.kind)
    paper.year = clock.today().year
    key = {"word": paper.word, "year": paper.year}
    NumberSeries.objects.bulk_create([NumberSeries(**key)], ignore_conflicts=True)
    series = NumberSeries.objects.select_for_update().get(**key)
    series.last += 1
    series.save()
    paper.serial = series.last
    paper.number = f"{paper.word}〔{paper.year}〕{paper.serial}号"


def _fill(paper: Paper, kind: PaperKind, context: PaperContext, title: str) -> None:
    values = values_of(
        kind,
        context,
        title=title,
        number=paper.number,
        serial=paper.serial,
        day=clock.today(),
    )
    paper.title = values["title"].replace("\n", "")[:300]
    paper.filled_with = json.dumps(values, ensure_ascii=False)
    template = paper.template.read() if paper.template else kind.built_in(context.office)
    content = fill_template(template, values)
    paper.sha256 = hashlib.sha256(content).hexdigest()
    save_sealed(paper.content, paper.sha256[:16], content)


@action("papers.take_scan", _("登记盖章回传件"))
def take_scan(
    *, actor: User | None, paper: Paper, file: File[bytes], sealed_on: date, reason: str = ""
) -> StampedScan:
    """Keep the signed and sealed paper as proof; a further scan is kept beside the first."""
    issued_on = paper.issued_at.astimezone(clock.zone_time()).date()
    if not issued_on <= sealed_on <= clock.today():
        text = _now("盖章日期应在印发日期 %(issued)s 与今天之间。")
        raise ValidationError({"sealed_on": text % {"issued": issued_on}})
    note = _now("盖章回传，盖章日期 %s") % sealed_on
    attachment = attach(actor=actor, subject=paper, file=file, note=note, purpose=STAMPED)
    if attachment.kind not in SCANS:
        raise ValidationError({"file": _now("盖章回传件应为 PDF、JPG 或 PNG 扫描件。")})
    return StampedScan.objects.create(
        paper=paper, attachment=attachment, sealed_on=sealed_on, taken_by=actor, reason=reason
    )

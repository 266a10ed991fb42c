"""The rows of an import: all of them, and one to be put right or left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core.imports import queries, registry
from lianshang.core.imports.actions.rows import correct_row, dismiss_row
from lianshang.core.imports.choices import PLANNED, WAITING, RowState
from lianshang.core.imports.forms import RowForm
from lianshang.core.imports.models import ImportRow
from lianshang.core.imports.problems import from_json
from lianshang.core.imports.refusals import ImportRefused
from lianshang.core.imports.views.access import (
    OfBatch,
    as_form_error,
    batch_url,
    require,
)
from lianshang.core.ui.columns import Column
from lianshang.core.ui.filters import ChoiceFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb
from lianshang.core.ui.states import badges

TONES = {
    RowState.CREATED: "met",
    RowState.UPDATED: "met",
    RowState.READY: "met",
    RowState.WARNING: "unknown",
    RowState.QUARANTINED: "short",
    RowState.KEPT: "person",
}


def subject_of(row: ImportRow) -> str:
    return str(row.cells.get(registry.declared(row.batch.register).subject_column, ""))


def problems_of(row: ImportRow) -> str:
    told = [one.told("", None) for one in from_json(row.problems)]
    return "；".join(f"{one.where} {one.read} → {one.expected}" for one in told)


def planned_of(row: ImportRow) -> str:
    """What is planned for a row that is still to be written."""
    return str(PLANNED.get(RowState(row.planned), "")) if row.state in WAITING else ""


def waiting_for(rows: QuerySet[Any], planned: str) -> QuerySet[Any]:
    return rows.filter(planned=planned, state__in=WAITING)


class RowList(RegisterList, OfBatch):
    """The rows of one import, by what became of them."""

    counter = _("行")
    columns = (
        Column("number", _("行号"), sort="number", numeric=True),
        Column("subject_name", _("对象"), value=subject_of),
        Column("state", _("状态"), display=badges(RowState, TONES), sort="state"),
        Column("planned", _("将会"), value=planned_of),
        Column("problems", _("问题"), value=problems_of),
    )
    filters = (
        ChoiceFilter("state", _("状态"), choices=RowState.choices),
        ChoiceFilter("planned", _("将会"), choices=PLANNED.items(), by=waiting_for),
    )
    default_sort = "number"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.find()
        self.title = _("各行")
        return super().get(request, *args, **kwargs)

    def crumbs(self) -> Sequence[Crumb]:
        return (*super().crumbs(), Crumb(self.batch.file_name, batch_url(self.batch)))

    def get_queryset(self) -> QuerySet[Any]:
        return self.batch.rows.select_related("batch")

    def row_url(self, row: ImportRow) -> str:
        return reverse("imports:row", args=[row.batch_id, row.number])


class OfRow(FormPage, OfBatch):
    """A page of one row of an import."""

    row: ImportRow

    def prepare(self) -> None:
        self.find()
        rows = self.batch.rows.select_related("batch")
        self.row = get_object_or_404(rows, number=self.kwargs["number"])
        [self.shown_row] = queries.shown_rows(self.batch, [self.row])
        self.title = _("第 %s 行") % self.row.number
        self.back = batch_url(self.batch)

    def crumbs(self) -> Sequence[Crumb]:
        return (*super().crumbs(), Crumb(self.batch.file_name, batch_url(self.batch)))

    @property
    def is_open(self) -> bool:
        """Whether the row waits for somebody to put it right."""
        return self.row.state == RowState.QUARANTINED

    def context(self) -> dict[str, Any]:
        shown = {"batch": self.batch, "shown_row": self.shown_row, "is_open": self.is_open}
        return {**super().context(), **shown}


class CorrectRow(OfRow):
    """One row: what was read, what is wrong, and its cells to be put right."""

    form_class = RowForm
    submit = _("改正并重新校验")
    template_name = "imports/row.html"

    def form_arguments(self) -> dict[str, Any]:
        return {"shown": self.shown_row}

    def act(self, form: RowForm) -> str:
        require(self.user, self.register.import_permission)
        reason = form.cleaned_data["reason"]
        try:
            row = correct_row(actor=self.user, row=self.row, cells=form.changes, reason=reason)
        except ImportRefused as refusal:
            raise as_form_error(refusal) from refusal
        if row.state == RowState.QUARANTINED:
            return reverse("imports:row", args=[row.batch_id, row.number])
        return batch_url(self.batch)


class DismissRow(OfRow):
    """Leave a row out for good."""

    form_class = ReasonForm
    submit = _("作废此行")
    is_dangerous = True
    intro = _("此行不会导入；原因写入处理记录。")

    def act(self, form: ReasonForm) -> str:
        require(self.user, self.register.import_permission)
        try:
            dismiss_row(actor=self.user, row=self.row, **form.cleaned_data)
        except ImportRefused as refusal:
            raise as_form_error(refusal) from refusal
        return batch_url(self.batch)

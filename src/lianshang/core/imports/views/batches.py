"""The list of imports, and one import: progress, preview, result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.imports import queries, registry
from lianshang.core.imports.choices import WAITING, BatchState, RowState
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.problems import from_json
from lianshang.core.imports.views.access import PERMISSION, OfBatch, batch_url
from lianshang.core.ui.columns import Column
from lianshang.core.ui.filters import ChoiceFilter
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import PageLink
from lianshang.core.ui.states import badges

SHOWN_ROWS = 10
QUIET_FOR = timedelta(seconds=60)  # without progress a page offers to go on
TONES = {
    BatchState.DONE: "met",
    BatchState.PREVIEW: "person",
    BatchState.MAPPING: "person",
    BatchState.STOPPED: "short",
    BatchState.REFUSED: "short",
}


def register_label(batch: ImportBatch) -> str:
    return str(registry.declared(batch.register).label)


class ImportList(RegisterList):
    """Every import into the registers of this user, and the ways in and out of each register."""

    permission = PERMISSION
    title = _("导入")
    counter = _("次")
    template_name = "imports/list.html"
    columns = (
        Column("file_name", _("文件"), sort="file_name"),
        Column("register", _("登记簿"), value=register_label, sort="register"),
        Column("state", _("状态"), display=badges(BatchState, TONES), sort="state"),
        Column("total_rows", _("行数"), numeric=True, sort="total_rows"),
        Column("created_by", _("导入人")),
        Column("created_at", _("时间"), sort="created_at"),
    )
    filters = (ChoiceFilter("state", _("状态"), choices=BatchState.choices),)
    search_fields = ("file_name",)
    search_hint = _("搜文件名…")
    default_sort = "-created_at"
    empty_text = _("从上面选一个登记簿开始：先下载模板，或直接上传手头的表。")

    def get_queryset(self) -> QuerySet[Any]:
        return queries.batches_of(self.user)

    def row_url(self, row: ImportBatch) -> str:
        return batch_url(row)

    def context(self) -> dict[str, Any]:
        may = self.user.may
        registers = [
            {"register": one, "may_export": may(one.export_permission)}
            for one in registry.registers()
            if may(one.import_permission)
        ]
        return {**super().context(), "registers": registers}


class BatchPage(OfBatch):
    """One import as it stands; while a job is at work, the page asks again every second."""

    template_name = "imports/batch.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.find()
        polled = request.headers.get("HX-Target") == "import-state"
        if polled and not self.batch.is_working:
            return HttpResponse(headers={"HX-Refresh": "true"})
        if self.batch.state == BatchState.MAPPING:
            return HttpResponseRedirect(reverse("imports:columns", args=[self.batch.pk]))
        template = "imports/parts/progress.html" if polled else None
        return self.answer(template, **self._shown())

    def links(self) -> Sequence[PageLink]:
        pk = self.batch.pk
        links = []
        unwritten = self.batch.file and not queries.has_written(self.batch)
        if unwritten and not self.batch.is_working:
            links.append(PageLink(_("改列对应"), reverse("imports:columns", args=[pk])))
            links.append(PageLink(_("放弃"), reverse("imports:discard", args=[pk])))
        elif self.may_undo:
            links.append(PageLink(_("撤销这次导入"), reverse("imports:undo", args=[pk])))
        return links

    @property
    def may_undo(self) -> bool:
        stands = self.batch.state in {BatchState.DONE, BatchState.STOPPED}
        return stands and queries.has_written(self.batch)

    def _shown(self) -> dict[str, Any]:
        batch = self.batch
        shown: dict[str, Any] = {
            "batch": batch,
            "register_label": self.register.label,
            "is_quiet": batch.is_working and clock.now() - batch.touched_at > QUIET_FOR,
            "percent": 100 * batch.done_rows // max(batch.total_rows, 1),
        }
        if batch.is_working:
            return shown
        problems = [one.told(batch.sheet) for one in from_json(batch.problems)]
        return {
            **shown,
            "tallies": queries.tallies(batch),
            "file_problems": problems,
            "held_back": self._rows(state=RowState.QUARANTINED),
            "changing": self._rows(state__in=WAITING, planned=RowState.UPDATED),
            "coming": self._rows(state__in=WAITING, planned=RowState.CREATED),
            "kept": self._rows(state=RowState.KEPT),
            "may_resume": batch.state == BatchState.STOPPED and self._may_go_on(),
        }

    def _may_go_on(self) -> bool:
        """Whether a stopped import was written in part, or is being taken back."""
        return self.batch.retired_at is not None or (
            queries.has_written(self.batch) and self.batch.rows.filter(state__in=WAITING).exists()
        )

    def _rows(self, **wanted: Any) -> list[queries.ShownRow]:
        rows = self.batch.rows.filter(**wanted).order_by("number")[:SHOWN_ROWS]
        return queries.shown_rows(self.batch, rows)

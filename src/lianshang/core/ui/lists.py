"""The register page: a queryset, columns, filters and search fields make a list with everything.

Sorting, filters and pages are GET parameters, so that an address is a saved list.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core.events import publish
from lianshang.core.ui import exports, formats
from lianshang.core.ui.access import may
from lianshang.core.ui.columns import Cell, Chip, Column
from lianshang.core.ui.events import ListExported
from lianshang.core.ui.filters import Filter
from lianshang.core.ui.pages import Page

Text = str | Promise


class RegisterList(Page):
    """A register: give `permission`, `title`, `columns`, `get_queryset()`; the rest is optional."""

    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[Sequence[Filter]] = ()
    search_fields: ClassVar[Sequence[str]] = ()
    search_hint: Text = gettext_lazy("搜名称、编号…")
    default_sort: ClassVar[str] = ""
    counter: Text = gettext_lazy("条")  # what one row is called after a number: 家, 人
    page_size = 50
    export_permission: ClassVar[str | None] = None  # None: cannot be exported
    export_limit = 100_000  # rows; more are exported by the command line
    empty_title: Text = gettext_lazy("还没有记录")
    empty_text: Text = ""
    template_name = "ui/register.html"
    table_template = "ui/register_table.html"

    def get_queryset(self) -> QuerySet[Any]:
        """The rows this user may see: `Model.objects.visible_to(self.user)`, select_related."""
        raise NotImplementedError

    def prepare(self, rows: Sequence[Any]) -> None:
        """Compute for the rows of one page what would be too much for all of them."""

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """The rows that hold the words; registers with an index of their own override this."""
        found = Q()
        for field in self.search_fields:
            found |= Q(**{f"{field}__icontains": words})
        return rows.filter(found)

    def row_url(self, row: Any) -> str | None:
        return row.get_absolute_url() if hasattr(row, "get_absolute_url") else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kind := request.GET.get("export"):
            return self.export(kind)
        is_part = request.headers.get("HX-Target") == "register"
        response: HttpResponseBase = self.answer(
            self.table_template if is_part else None, **self.table()
        )
        response["Vary"] = "HX-Request, HX-Target"
        return response

    # What is asked

    @cached_property
    def shown_columns(self) -> list[Column]:
        return [column for column in self.columns if may(self.user, column.permission)]

    @cached_property
    def filter_fields(self) -> list[tuple[Filter, dict[str, forms.Field]]]:
        """Every filter with its form fields, asked once: choices may come from the database."""
        return [(one, one.fields(self.user)) for one in self.filters]

    @cached_property
    def filter_form(self) -> forms.Form:
        form = forms.Form(self.request.GET, label_suffix="")
        for _one, fields in self.filter_fields:
            form.fields.update(fields)
        for field in form.fields.values():
            field.required = False
        return form

    @property
    def words(self) -> str:
        return self.request.GET.get("q", "").strip()

    @cached_property
    def asked_sort(self) -> str:
        """The sort that the address asks for: a column's name, "-" before it for descending."""
        asked = self.request.GET.get("sort", "")
        sortable = {column.name for column in self.shown_columns if column.sort}
        known = asked.removeprefix("-") in sortable and asked != self.default_sort
        return asked if known else ""

    @property
    def sort(self) -> str:
        """The sort in force."""
        return self.asked_sort or self.default_sort

    # What is answered

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """All rows that match, in order."""
        rows = self.get_queryset()
        if self.filter_form.is_valid():
            for one in self.filters:
                rows = one.narrow(rows, self.filter_form.cleaned_data)
        else:
            rows = rows.none()
        if self.words and self.search_fields:
            rows = self.search(rows, self.words)
        return self._sorted(rows)

    def _sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        paths = {column.name: column.sort for column in self.columns}
        name = self.sort.removeprefix("-")
        if name not in paths:
            return rows
        path, down = F(paths[name]), self.sort.startswith("-")
        order = path.desc(nulls_last=True) if down else path.asc(nulls_last=True)
        return rows.order_by(order, "-pk" if down else "pk")

    def table(self) -> dict[str, Any]:
        """The context of the table: rows of cells, pages, chips, sorts."""
        pages = Paginator(self.rows, self.page_size)
        page = pages.get_page(self.request.GET.get("page"))
        shown = list(page.object_list)
        self.prepare(shown)
        numbers = pages.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        return {
            "columns": [(column, self._sort_state(column)) for column in self.shown_columns],
            "sorts": self.sorts(),
            "rows": [(self.row_url(row), self.cells(row)) for row in shown],
            "page": page,
            "page_numbers": list(numbers),
            "chips": self.chips(),
            "form": self.filter_form,
            "may_export": self.may_export,
        }

    def cells(self, row: Any) -> list[Cell]:
        cells = []
        for column in self.shown_columns:
            value = column.of(row)
            note = column.note(row) if column.note else ""
            empty = formats.is_nothing(value) and not note
            cells.append(Cell(column, column.display(value), note, empty))
        return cells

    def _sort_state(self, column: Column) -> dict[str, str]:
        """For a heading: its `aria` value and the `sort` parameter that its link asks for."""
        if self.sort == column.name:
            return {"aria": "ascending", "next": f"-{column.name}", "mark": "▲"}
        if self.sort == f"-{column.name}":
            return {"aria": "descending", "next": column.name, "mark": "▼"}
        return {"aria": "", "next": column.name, "mark": ""}

    def sorts(self) -> list[tuple[str, str]]:
        """The choices of the sort list, which stands in for the headings on a phone."""
        sortable = [column for column in self.shown_columns if column.sort]
        ups = [(column.name, _("%(label)s 正序") % {"label": column.label}) for column in sortable]
        downs = [(f"-{c.name}", _("%(label)s 倒序") % {"label": c.label}) for c in sortable]
        both = [one for pair in zip(ups, downs, strict=True) for one in pair]
        # The usual sort stays out of the address.
        return [("" if name == self.default_sort else name, label) for name, label in both]

    def chips(self) -> list[Chip]:
        chips = [Chip(f"“{self.words}”", self._without("q"))] if self.words else []
        values = self.filter_form.cleaned_data if self.filter_form.is_valid() else {}
        for one, fields in self.filter_fields:
            for name, field in fields.items():
                if values.get(name) not in (None, ""):
                    chips.append(Chip(one.shown(field, values[name]), self._without(name)))
        return chips

    def _without(self, name: str) -> str:
        query = self.request.GET.copy()
        for gone in (name, "page"):
            query.pop(gone, None)
        return f"?{query.urlencode()}"

    def keys(self, most: int) -> list[int]:
        """Keys of the rows that match, so many at most; what subscriptions compare."""
        return list(self.rows.values_list("pk", flat=True)[:most])

    # What is taken away

    @property
    def may_export(self) -> bool:
        return self.export_permission is not None and may(self.user, self.export_permission)

    def export_table(self) -> tuple[list[str], Callable[[Any], list[Any]]]:
        """The header of an export, and what makes a line of a row; override for round trips."""
        columns = [column for column in self.shown_columns if column.exported]

        def line(row: Any) -> list[Any]:
            return [formats.plain(column.of(row)) for column in columns]

        return [str(column.label) for column in columns], line

    def export(self, kind: str) -> HttpResponseBase:
        """All matching rows as a file; the access log has it before the first row leaves."""
        if not self.may_export or kind not in exports.WRITERS:
            raise PermissionDenied(_("您的角色不能导出此表。"))
        total = self.rows.count()
        if total > self.export_limit:
            text = _("超过 %(limit)s 行：请先筛选，或用命令行导出。")
            return exports.refuse(text % {"limit": formats.number(self.export_limit)})
        query = self.request.GET.copy()
        query.pop("export")
        model: type[Model] = self.rows.model
        publish(
            ListExported(
                self.user, model._meta.label_lower, str(self.title), total, query.urlencode()
            )
        )
        header, line = self.export_table()
        rows = (line(row) for row in self.rows.iterator(chunk_size=1000))
        return exports.WRITERS[kind](str(self.title), header, rows)

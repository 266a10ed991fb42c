"""Filters of a register: each adds fields to the filter bar and narrows the queryset by them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core.ui.forms import DayField

Text = str | Promise
Choices = Iterable[tuple[Any, Text]]
ANY = ("", gettext_lazy("全部"))
SELECTED = mark_safe(" selected")  # a constant


@dataclass(frozen=True)
class Filter:
    """One question of the filter bar. `path` is the lookup it narrows by, by default its name."""

    name: str
    label: Text
    path: str = ""

    @property
    def lookup(self) -> str:
        return self.path or self.name

    def fields(self, user: Any) -> dict[str, forms.Field]:
        """The form fields, by the name of their GET parameter."""
        raise NotImplementedError

    def narrow(self, rows: QuerySet[Any], values: Mapping[str, Any]) -> QuerySet[Any]:
        raise NotImplementedError

    def shown(self, field: forms.Field, value: Any) -> str:
        """The chosen value as the chip above the table says it."""
        return f"{self.label}：{value}"


class LongSelect(forms.Select):
    """A list to choose from without groups; its thousand options take no template each."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        chosen = self.format_value(value)
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if key in chosen else "", text) for key, text in self.choices),
        )
        given = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>\n{}</select>", given, options)


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One of some choices; `choices` may be a function of the user, for lists from the database.

    `by` replaces the plain lookup: it gets the rows and the chosen value.
    """

    choices: Choices | Callable[[Any], Choices] = ()
    by: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None

    def fields(self, user: Any) -> dict[str, forms.Field]:
        choices = self.choices(user) if callable(self.choices) else self.choices
        field = forms.ChoiceField(
            label=str(self.label),
            choices=[ANY, *((str(key), text) for key, text in choices)],
            widget=LongSelect,
        )
        return {self.name: field}

    def narrow(self, rows: QuerySet[Any], values: Mapping[str, Any]) -> QuerySet[Any]:
        chosen = values[self.name]
        if not chosen:
            return rows
        return self.by(rows, chosen) if self.by else rows.filter(**{self.lookup: chosen})

    def shown(self, field: forms.Field, value: Any) -> str:
        assert isinstance(field, forms.ChoiceField)
        return f"{self.label}：{dict(field.choices).get(value, value)}"  # type: ignore[arg-type]  # no groups here


@dataclass(frozen=True)
class YesNoFilter(ChoiceFilter):
    """Yes or no of a boolean column."""

    choices: Choices | Callable[[Any], Choices] = (
        ("yes", gettext_lazy("是")),
        ("no", gettext_lazy("否")),
    )

    def narrow(self, rows: QuerySet[Any], values: Mapping[str, Any]) -> QuerySet[Any]:
        chosen = values[self.name]
        return rows.filter(**{self.lookup: chosen == "yes"}) if chosen else rows


@dataclass(frozen=True)
class RangeFilter(Filter):
    """From and to, both included: `name_from` and `name_to`."""

    def control(self, label: str) -> forms.Field:
        return forms.DecimalField(label=label)

    def fields(self, user: Any) -> dict[str, forms.Field]:
        return {
            f"{self.name}_from": self.control(_("%(label)s 从") % {"label": self.label}),
            f"{self.name}_to": self.control(_("%(label)s 至") % {"label": self.label}),
        }

    def narrow(self, rows: QuerySet[Any], values: Mapping[str, Any]) -> QuerySet[Any]:
        for name, comparison in ((f"{self.name}_from", "gte"), (f"{self.name}_to", "lte")):
            if values[name] is not None:
                rows = rows.filter(**{f"{self.lookup}__{comparison}": values[name]})
        return rows

    def shown(self, field: forms.Field, value: Any) -> str:
        return f"{field.label} {value}"


@dataclass(frozen=True)
class DayFilter(RangeFilter):
    """A range of days of a date column; for a moment's column give the path "at__date"."""

    def control(self, label: str) -> forms.Field:
        return DayField(label=label)

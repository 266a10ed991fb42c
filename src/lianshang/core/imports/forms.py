"""Forms of the import wizard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lianshang.core.consent.choices import Use
from lianshang.core.files.refusals import bytes_in_words
from lianshang.core.imports.choices import OnDuplicate
from lianshang.core.imports.headers import Header
from lianshang.core.imports.opening import Mapped
from lianshang.core.imports.queries import ShownRow
from lianshang.core.imports.registry import Choice, Register, Target
from lianshang.core.ui.forms import DayField, Form, ReasonField

NOT_CHOSEN = ("", _("请选择"))
UNITS = ("元", "千元", "万元", "百万元", "亿元", "%")


class SettingsForm(Form):
    """What a person says about a whole file: source, duplicates, the register's own questions."""

    on_duplicate = forms.ChoiceField(label=_("已有的记录"), choices=OnDuplicate.choices)

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        if register.needs_source:
            choices = [NOT_CHOSEN, *register.sources()]
            self.fields["source"] = forms.ChoiceField(
                label=_("数据来源"),
                choices=choices,
                required=False,
                help_text=_("每个数值都记明来源；表中有“来源”列时可不选。"),
            )
        for question in register.questions:
            self.fields[question.name] = self._field(question.kind, question.label, question.name)

    def _field(self, kind: str, label: Any, name: str) -> forms.Field:
        if kind == "day":
            return DayField(label=label, required=False)
        if kind == "flag":
            return forms.BooleanField(label=label, required=False)
        if kind == "choice":
            choices = [NOT_CHOSEN, *self.register.answers(name)]
            return forms.ChoiceField(label=label, choices=choices, required=False)
        return forms.IntegerField(label=label, required=False, min_value=1990, max_value=2200)

    @property
    def settings(self) -> dict[str, Any]:
        """As the actions take them."""
        given = self.cleaned_data
        names = [question.name for question in self.register.questions]
        options = {name: given[name] for name in names if given.get(name)}
        return {
            "source": given.get("source", ""),
            "on_duplicate": given["on_duplicate"],
            "options": {
                name: value.isoformat() if hasattr(value, "isoformat") else value
                for name, value in options.items()
            },
        }


class UploadForm(SettingsForm):
    """The first step: a file, and what is to be known about it."""

    file = forms.FileField(label=_("文件"))
    field_order = ("file", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        largest = bytes_in_words(settings.IMPORT_LARGEST_FILE)
        text = _(".xlsx、.xls、.ods 或 .csv，不超过 %s；标题行、合并的表头和合计行会自动识别。")
        self.fields["file"].help_text = text % largest
        accepted = ".xlsx,.xls,.ods,.csv,.txt"
        self.fields["file"].widget.attrs["accept"] = accepted


class MappingForm(SettingsForm):
    """The second step: which column is which. Fields `column_3` and `unit_3` belong to header 3."""

    def __init__(
        self,
        *args: Any,
        register: Register,
        headers: Sequence[Header],
        mapping: Mapping[int, Target],
        sheets: Sequence[str],
        sample: Sequence[Sequence[str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, register=register, **kwargs)
        self.sample = sample
        self.headers = [header for header in headers if header.parts]
        self.choices: list[Choice] = register.choices([header.text for header in headers])
        self.labels = {choice.name: choice.label for choice in self.choices}
        if len(sheets) > 1:
            named = [(name, name) for name in sheets]
            self.fields["sheet"] = forms.ChoiceField(label=_("工作表"), choices=named)
        for header in self.headers:
            self._add_fields(header, mapping.get(header.index))

    def _add_fields(self, header: Header, target: Target | None) -> None:
        chosen = self.labels.get(target.column, "") if target else ""
        attributes = {"aria-label": f"{header.letter} {header.text}", "class": "control"}
        if self.register.has_dynamic_columns:
            widget: forms.Widget = forms.TextInput({**attributes, "list": "columns"})
            field: forms.Field = forms.CharField(required=False, widget=widget)
        else:
            labels = [(label, label) for label in self.labels.values()]
            widget = forms.Select(attributes)
            field = forms.ChoiceField(
                required=False, widget=widget, choices=[("", _("不导入")), *labels]
            )
        field.initial = chosen
        field.label = f"{header.letter} {header.text}"
        self.fields[f"column_{header.index}"] = field
        if self.register.has_dynamic_columns:
            label = f"{header.letter} {header.text} · {_('单位')}"
            units = forms.Select({"aria-label": label, "class": "control"})
            choices = [("", "—"), *((unit, unit) for unit in UNITS)]
            field = forms.ChoiceField(required=False, widget=units, choices=choices, label=label)
            field.initial = target.unit if target else ""
            self.fields[f"unit_{header.index}"] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        known = set(self.labels.values())
        for header in self.headers:
            name = f"column_{header.index}"
            text = (cleaned.get(name) or "").strip()
            if text and text not in known:
                self.add_error(name, _("没有“%s”这一项，请从提示中选择。") % text)
        return cleaned

    @property
    def mapping(self) -> Mapped:
        """Column of the file → column of the register, as chosen."""
        names = {choice.label: choice for choice in self.choices}
        found: Mapped = {}
        for header in self.headers:
            choice = names.get((self.cleaned_data.get(f"column_{header.index}") or "").strip())
            if choice is not None:
                unit = self.cleaned_data.get(f"unit_{header.index}") or ""
                found[header.index] = Target(choice.name, unit if choice.units else "")
        return found

    def lines(self) -> list[dict[str, Any]]:
        """What the page shows of each column: its header and its fields."""
        return [
            {
                "header": header,
                "sample": [row[header.index] for row in self.sample[:3]],
                "column": self[f"column_{header.index}"],
                "unit": self[f"unit_{header.index}"]
                if f"unit_{header.index}" in self.fields
                else None,
            }
            for header in self.headers
        ]

    def settings_fields(self) -> list[forms.BoundField]:
        """The fields that are about the whole file."""
        return [field for field in self.visible_fields() if not field.name[-1].isdigit()]


class RowForm(Form):
    """The cells of one row, to be put right. Personal cells are masked: left alone, they stay."""

    reason = ReasonField()

    def __init__(self, *args: Any, shown: ShownRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = {cell.name: cell.text for cell in shown.cells}
        told = {
            one.problem.column: f"{_('应为')}{one.expected}。{one.advice}" for one in shown.messages
        }
        for cell in shown.cells:
            self.fields[f"cell_{cell.name}"] = forms.CharField(
                label=cell.label,
                required=cell.is_required,
                initial=cell.text,
                help_text=told.get(cell.name, ""),
            )
        self.order_fields([*(f"cell_{cell.name}" for cell in shown.cells), "reason"])

    @property
    def changes(self) -> dict[str, str]:
        """Column → new text, of the cells that were changed."""
        given = {name: self.cleaned_data.get(f"cell_{name}", "") for name in self.before}
        return {name: text for name, text in given.items() if text != self.before[name]}


class ExportForm(Form):
    """What is exported for what; it is written into the access log."""

    kind = forms.ChoiceField(
        label=_("文件格式"), choices=[("xlsx", "Excel (.xlsx)"), ("csv", "CSV (.csv)")]
    )
    purpose = forms.ChoiceField(
        label=_("用途"),
        choices=Use.choices,
        initial=Use.SERVICE,
        help_text=_("来源不允许用于此用途的数值不导出，并在文件末尾的说明中列出。"),
    )

"""Forms of office papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.papers.contexts import Bulletin, Figure, Item
from lianshang.core.ui.forms import DayField, Form

FIGURE_PARTS = 5


class ScanForm(Form):
    """The stamped scan of a paper."""

    file = forms.FileField(label=_("扫描件"), help_text=_("PDF、JPG 或 PNG；手机可直接拍照。"))
    sealed_on = DayField(label=_("盖章日期"))
    reason = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sealed_on"].initial = clock.today
        self.fields["file"].widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png"


class TemplateForm(Form):
    """An edited template."""

    file = forms.FileField(label=_("模板文件"), help_text=_("在下载的模板上修改后的 .docx。"))
    note = forms.CharField(label=_("改动说明"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".docx"


class WordForm(Form):
    """The word that begins a unit's numbers."""

    unit = forms.ChoiceField(label=_("单位"))
    word = forms.CharField(
        label=_("发文机关代字"),
        max_length=20,
        help_text=_("如“示高管督”，编号为 示高管督〔2026〕3号。"),
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ChoiceField(label=_("单位"), choices=units)
        self.order_fields(["unit", "word"])


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class BulletinForm(Form):
    """A bulletin written by hand."""

    unit = forms.ChoiceField(label=_("编发单位"))
    name = forms.CharField(label=_("简报名称"), max_length=20, initial="工作简报")
    headline = forms.CharField(label=_("标题"), max_length=100)
    lead = forms.CharField(label=_("导语"), required=False, widget=_area(3))
    items = forms.CharField(
        label=_("条目"),
        widget=_area(12),
        help_text=_("每条先写一行小标题，下面写内容；条与条之间空一行。"),
    )
    figures = forms.CharField(
        label=_("数据"),
        required=False,
        widget=_area(4),
        help_text=_("每行一个，用“|”隔开：指标 | 数值 | 单位 | 来源 | 数据日期。"),
    )
    report_to = forms.CharField(label=_("报"), required=False, help_text=_("用顿号隔开。"))
    send_to = forms.CharField(label=_("送"), required=False)
    copy_to = forms.CharField(label=_("发"), required=False)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.fields["unit"] = forms.ChoiceField(label=_("编发单位"), choices=units)
        self.order_fields(["unit"])

    def clean_items(self) -> tuple[Item, ...]:
        """Blocks between blank lines: a heading, then its text."""
        found = []
        text = self.cleaned_data["items"].replace("\r\n", "\n")
        for block in filter(None, (one.strip() for one in text.split("\n\n"))):
            heading, _line, rest = block.partition("\n")
            if not rest.strip():
                raise ValidationError(
                    _("“%s”下面没有内容：请在小标题下一行写内容。") % heading[:30]
                )
            found.append(Item(heading=heading.strip(), text=rest.strip()))
        return tuple(found)

    def clean_figures(self) -> tuple[Figure, ...]:
        """One figure a line: no number without source and day."""
        found = []
        for line in filter(str.strip, self.cleaned_data["figures"].splitlines()):
            parts = [one.strip() for one in line.replace("｜", "|").split("|")]
            if len(parts) != FIGURE_PARTS or not (parts[0] and parts[1] and parts[3] and parts[4]):
                text = _("“%s”应写作：指标 | 数值 | 单位 | 来源 | 数据日期；单位可以空着。")
                raise ValidationError(text % line.strip()[:40])
            name, value, unit, source, day = parts
            found.append(Figure(name=name, value=value, unit=unit, source=source, day=day))
        return tuple(found)

    def bulletin(self) -> Bulletin:
        """What the paper is filled with."""
        given = self.cleaned_data
        office = dict(self.units)[int(given["unit"])]
        lists: dict[str, Any] = {
            name: _split(given[name]) for name in ("report_to", "send_to", "copy_to")
        }
        plain: dict[str, Any] = {
            name: given[name] for name in ("name", "headline", "lead", "items", "figures")
        }
        return Bulletin(office=office, **plain, **lists)


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in text.replace("，", "、").split("、"))))

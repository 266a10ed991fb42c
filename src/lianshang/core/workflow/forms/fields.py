"""Fields that find units by their names."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lianshang.core.accounts.choices import UnitKind
from lianshang.core.accounts.models import Unit

NEAR = 5
SEPARATORS = str.maketrans(dict.fromkeys("，,；;\n\r\t", "、"))


def unit_named(name: str) -> Unit:
    """The one unit in use of that name that can take part in duties; else says which are near."""
    units = Unit.objects.filter(is_active=True).exclude(kind=UnitKind.ENTERPRISE)
    found = list(units.filter(name=name)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        text = _("有多个单位叫“%(name)s”，请联系管理员改名后再选。")
        raise ValidationError(text % {"name": name})
    near = list(units.filter(name__icontains=name).values_list("name", flat=True)[:NEAR])
    hint = _("相近的有：%s。") % "、".join(near) if near else _("请填单位全称。")
    raise ValidationError(_("没有名为“%(name)s”的单位。") % {"name": name} + hint)


class UnitField(forms.CharField):
    """One unit by its full name; the browser offers names while one types."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "unit-names", "autocomplete": "off"})
        super().__init__(**{"widget": widget, "max_length": 200, **kwargs})

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        return unit_named(name) if name else None


class UnitsField(forms.CharField):
    """Several units by their names, with 、 between them."""

    def clean(self, value: Any) -> Any:
        names = super().clean(value).translate(SEPARATORS).split("、")
        wanted = dict.fromkeys(name.strip() for name in names if name.strip())
        return [unit_named(name) for name in wanted]


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """As many files as one likes."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]

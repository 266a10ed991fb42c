"""The base of every form: labels, helps and errors drawn in one way by `{% fields form %}`."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d"], **kwargs})


class ReasonField(forms.CharField):
    """Why something is done; it is written into the audit log."""

    def __init__(self, **kwargs: Any) -> None:
        defaults = {
            "label": _("事由"),
            "max_length": 200,
            "help_text": _("写入审计日志，供日后查阅。"),
        }
        super().__init__(**{**defaults, **kwargs})


def is_choice(field: forms.Field) -> bool:
    return isinstance(field, forms.ChoiceField | forms.ModelChoiceField)


class Kit:
    """What both bases share. `held` says, by field, what is already known, from whom and when.

    A field that an action asks for, though its form does not, has `is_wanted`: it is not marked as
    optional.
    """

    held: Mapping[str, str]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, held: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.held = held or {}
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea) and field.widget.attrs["rows"] == "10":
                field.widget.attrs["rows"] = "5"  # Django's ten fill a phone
            ask = _("请选择%(label)s。") if is_choice(field) else _("请填写%(label)s。")
            field.error_messages["required"] = ask % {"label": field.label or ""}


class Form(Kit, forms.Form):
    """A form of the product."""


class ModelForm(Kit, forms.ModelForm):  # type: ignore[type-arg]  # each form names its model in Meta
    """A form over a model; what it collects goes to an action, never to `save()`."""

    class Meta:
        formfield_callback = None

    def save(self, commit: bool = True) -> Any:
        raise NotImplementedError("Data is changed by actions.py, with an actor.")


def day_controls(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """For a ModelForm's Meta.formfield_callback: days get the browser's calendar."""
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return field.formfield(**{"form_class": DayField, **kwargs})
    return field.formfield(**kwargs)


class ReasonForm(Form):
    """For deeds that need nothing but a reason."""

    reason = ReasonField()


def take_over(form: forms.BaseForm, error: ValidationError) -> None:
    """Show an action's refusal at the fields it names, or above the form."""
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, error)

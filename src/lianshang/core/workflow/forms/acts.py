"""The form of an act, made from what its row of the table needs."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianshang.core.ui.forms import DayField, Form
from lianshang.core.workflow.actions.duties import MISSING
from lianshang.core.workflow.choices import Need, Urgency
from lianshang.core.workflow.forms.fields import FilesField, UnitField
from lianshang.core.workflow.requests import new_key
from lianshang.core.workflow.writing import Details


def _long_text(**kwargs: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, **kwargs)


class ActForm(Form):
    """What an act must be told, and the key that makes a resent form act once."""

    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(
        self, *args: Any, needs: Iterable[Need], takes_files: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needs = frozenset(needs)
        self.fields["request_key"].initial = new_key
        for need, make in NEEDED.items():
            if need in self.needs:
                self.fields[need.value] = make()
                self.fields[need.value].error_messages["required"] = MISSING[need][1]
        if Need.REASON not in self.needs:
            self.fields["reason"] = _long_text(label=_("说明"), required=False)
        if takes_files:
            self.fields["files"] = FilesField(
                label=_("附件"),
                required=False,
                help_text=_("PDF、图片、Word、Excel、文本或录音，可选多个；作为凭据留存。"),
            )
        first = next(iter(self.visible_fields()), None)
        if first is not None:
            first.field.widget.attrs["autofocus"] = True

    def details(self) -> Details:
        """What was told beyond the reason."""
        told = self.cleaned_data
        return Details(
            unit=told["unit"].pk if told.get("unit") else None,
            day=told.get("day"),
            amount=told.get("amount"),
            urgency=told.get("urgency"),
            proof=told.get("proof", ""),
        )


NEEDED: dict[Need, Callable[[], forms.Field]] = {
    Need.UNIT: lambda: UnitField(label=_("单位"), help_text=_("输入几个字，从提示里选单位全称。")),
    Need.DAY: lambda: DayField(label=_("日期")),
    Need.AMOUNT: lambda: forms.IntegerField(
        label=_("延长多少"),
        min_value=1,
        max_value=3650,
        help_text=_("按办结时限的单位计，例如工作日。"),
    ),
    Need.URGENCY: lambda: forms.ChoiceField(label=_("缓急"), choices=Urgency.choices),
    Need.REASON: lambda: _long_text(label=_("理由或内容")),
    Need.PROOF: lambda: _long_text(
        label=_("凭据"),
        required=False,
        help_text=_("何时、怎样告知了谁；也可以只附文件。"),
    ),
}

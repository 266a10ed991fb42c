"""Forms of papers made from duties and origins."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianshang.core.ui.forms import DayField, Form
from lianshang.core.workflow.queries.paper_contexts import named

DEMANDS = _(
    "三个工作日内提出办理意见，按新的时间表推进。\n办结后书面反馈办理结果和未按期办结的原因。"
)


class NamesField(forms.CharField):
    """Names with 、 between them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 500, **kwargs})

    def clean(self, value: Any) -> Any:
        return named(super().clean(value))


class IssueForm(Form):
    """In whose name."""

    unit = forms.ChoiceField(label=_("印发单位"))

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ChoiceField(label=_("印发单位"), choices=units)
        self.order_fields(["unit"])


class SlipForm(IssueForm):
    """What the office proposes."""

    proposal = forms.CharField(
        label=_("拟办意见"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LetterForm(IssueForm):
    """What is demanded, until when."""

    others = forms.BooleanField(label=_("这个单位的其他超期事项一并督办"), required=False)
    demands = forms.CharField(
        label=_("督办要求"),
        initial=DEMANDS,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一条。"),
    )
    reply_by = DayField(label=_("书面反馈时限"))
    copies = NamesField(label=_("抄送"), help_text=_("用顿号隔开。"))

    def clean_demands(self) -> tuple[str, ...]:
        lines = self.cleaned_data["demands"].splitlines()
        return tuple(one.strip() for one in lines if one.strip())


class MinutesForm(IssueForm):
    """Who was excused, and who gets it."""

    absent = NamesField(label=_("请假"), help_text=_("用顿号隔开。"))
    report_to = NamesField(label=_("报"))
    send_to = NamesField(label=_("发送"))

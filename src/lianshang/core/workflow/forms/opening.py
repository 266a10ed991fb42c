"""The form that opens a duty."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import Unit, User
from lianshang.core.ui.forms import DayField, Form
from lianshang.core.workflow.choices import Urgency
from lianshang.core.workflow.forms.fields import UnitField, UnitsField
from lianshang.core.workflow.models import DutyKind
from lianshang.core.workflow.requests import new_key


class OpeningForm(Form):
    """What, to whom, for whom, how pressing."""

    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    kind = forms.ModelChoiceField(DutyKind.objects.none(), label=_("类别"), empty_label=None)
    urgency = forms.ChoiceField(label=_("缓急"), choices=Urgency.choices)
    title = forms.CharField(label=_("事项"), max_length=200, help_text=_("一句话说清要办什么。"))
    text = forms.CharField(
        label=_("内容"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=20000
    )
    owner = UnitField(label=_("主办单位"), help_text=_("输入几个字，从提示里选单位全称。"))
    co_owners = UnitsField(
        label=_("协办单位"), required=False, help_text=_("可填多个单位全称，用“、”隔开。")
    )
    asker = forms.ModelChoiceField(Unit.objects.none(), label=_("交办方"), empty_label=None)
    close_by = DayField(
        label=_("指定办结日"), required=False, help_text=_("不填则按类别的办结时限计算。")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = new_key
        kinds = DutyKind.objects.filter(is_active=True).order_by("pk")
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]  # a model choice field
        units = Unit.objects.filter(pk__in=user.unit_ids())
        self.fields["asker"].queryset = units  # type: ignore[attr-defined]  # a model choice field

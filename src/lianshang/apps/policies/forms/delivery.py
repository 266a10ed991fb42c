"""Forms of delivery: the office's, and the firm's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.actions.applications import Account, Papers
from lianshang.apps.policies.models import PublicNotice
from lianshang.apps.policies.queries.delivery import Wanted
from lianshang.apps.policies.queries.instalments import PartLine
from lianshang.core import clock
from lianshang.core.accounts.choices import UnitKind
from lianshang.core.accounts.models import Unit
from lianshang.core.ui.forms import DayField, Form, ReasonField
from lianshang.core.workflow.models import Origin
from lianshang.core.workflow.requests import new_key


def want(field: forms.Field, is_wanted: bool = True) -> None:
    """Not marked as optional: the action asks for it."""
    field.is_wanted = is_wanted  # type: ignore[attr-defined]  # read by the kit's field.html


class Keyed(Form):
    """A form whose request is done once, however often it is sent."""

    request_key = forms.CharField(widget=forms.HiddenInput, required=False, initial=new_key)


class OpenRoundForm(Keyed):
    """A new round of a policy."""

    title = forms.CharField(label=_("批次名称"), max_length=120)
    office = forms.ModelChoiceField(label=_("主办单位"), queryset=Unit.objects.none())
    year = forms.IntegerField(label=_("兑现年度"), min_value=2015, max_value=2100)

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = offices


class OpinionsForm(Form):
    """Which departments are asked, and what."""

    units = forms.ModelMultipleChoiceField(
        label=_("部门"), queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(label=_("征求什么"), widget=forms.Textarea, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["units"]
        field.queryset = Unit.objects.filter(kind=UnitKind.DEPARTMENT, is_active=True)


class DecisionForm(Form):
    """The meeting that decided."""

    decided_on = DayField(label=_("会议日期"))
    decision = forms.CharField(label=_("会议纪要文号"), max_length=120, required=False)
    meeting = forms.ModelChoiceField(
        label=_("会议"), queryset=Origin.objects.none(), required=False
    )

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = meetings


class NoticeForm(Form):
    """A public notice."""

    days = forms.IntegerField(label=_("公示期（工作日）"), min_value=1, max_value=60)
    contact = forms.CharField(
        label=_("异议受理方式"), max_length=200, help_text=_("公开显示，例如办公电话、地址。")
    )


class LetterForm(Form):
    """To whom the payment letter goes."""

    addressee = forms.CharField(label=_("主送单位"), max_length=100)


class ReceiptForm(Form):
    """What one voucher says."""

    paid_on = DayField(label=_("到账日期"))
    amount = forms.DecimalField(label=_("到账金额（元）"), max_digits=20, decimal_places=2)
    voucher = forms.CharField(label=_("凭证号"), max_length=60)
    file = forms.FileField(label=_("回单扫描件"), required=False)

    def __init__(self, *args: Any, awaited: Sequence[PartLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if awaited:  # paid in parts: for which of those that a letter asked for
            choices = [(one.part.pk, f"{one.part}（{one.name}）") for one in awaited]
            self.fields["instalment"] = forms.TypedChoiceField(
                label=_("期次"), coerce=int, choices=choices
            )


class ReceiptsForm(Form):
    """Many vouchers: pasted, or a file."""

    text = forms.CharField(
        label=_("粘贴表格"),
        widget=forms.Textarea,
        required=False,
        help_text=_("每行：企业（名称或信用代码）、金额（元）、到账日期、凭证号。"),
    )
    file = forms.FileField(label=_("或上传 Excel、CSV"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("text") and not cleaned.get("file"):
            raise forms.ValidationError(gettext("请粘贴表格，或上传文件。"))
        return cleaned


class ApprovedForm(Form):
    """What is granted."""

    approved = forms.DecimalField(label=_("核定金额（元）"), max_digits=20, decimal_places=2)
    reason = ReasonField(label=_("理由"), help_text=_("企业会看到。"))


class FiledObjectionForm(Form):
    """A firm objects."""

    case = forms.TypedChoiceField(label=_("对哪家企业"), coerce=int)
    text = forms.CharField(label=_("异议内容"), widget=forms.Textarea, max_length=500)
    file = forms.FileField(
        label=_("依据"), required=False, help_text=_("有凭据的可以附一个文件；只供主办单位核实。")
    )

    def __init__(self, *args: Any, notice: PublicNotice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["case"]
        field.choices = [(row["case"], row["name"]) for row in notice.rows]


class ObjectionForm(Form):
    """Somebody objects."""

    case = forms.TypedChoiceField(label=_("企业"), coerce=int)
    text = forms.CharField(label=_("异议内容"), widget=forms.Textarea, max_length=500)
    said_by = forms.CharField(
        label=_("异议人"), max_length=60, required=False, help_text=_("只供核实，不公开。")
    )

    def __init__(self, *args: Any, notice: PublicNotice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["case"]
        field.choices = [(row["case"], row["name"]) for row in notice.rows]


class GuideForm(Form):
    """申兑指南."""

    object = forms.CharField(label=_("对象"), max_length=300)
    conditions = forms.CharField(label=_("条件"), widget=forms.Textarea)
    time_limit = forms.CharField(label=_("办理时限"), max_length=200)
    address = forms.CharField(label=_("地址"), max_length=200)
    phone = forms.CharField(label=_("电话"), max_length=60)


class AccountForm(Form):
    """Where the money goes; empty where the account that is held stays."""

    number = forms.CharField(label=_("收款账号"), max_length=40, required=False)
    name = forms.CharField(
        label=_("户名"), max_length=120, required=False, help_text=_("空着即企业名称。")
    )
    bank = forms.CharField(label=_("开户行"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("number", "bank"):
            want(self.fields[name], not self.held)

    def account(self) -> Account:
        told = self.cleaned_data
        return Account(told["number"], told["name"], told["bank"])


class PapersForm(AccountForm):
    """Account and materials: what is held is offered, only the rest is asked for."""

    def __init__(self, *args: Any, wanted: Sequence[Wanted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        for one in wanted:
            if one.held is not None:
                text = gettext("沿用已存的“%(kind)s”（%(day)s 收到）")
                if one.held.fact_id:  # it came with a value that an office confirmed
                    text = gettext("沿用已核实自报信息的凭证“%(kind)s”（%(day)s 收到）")
                words = {"kind": one.kind, "day": one.held.received_on}
                self.fields[f"reuse_{one.number}"] = forms.BooleanField(
                    label=text % words, required=False, initial=True
                )
            label = gettext("换一份“%s”") if one.held else gettext("上传“%s”")
            self.fields[f"file_{one.number}"] = forms.FileField(
                label=label % one.kind, required=False
            )
            if one.held is None:
                self.fields[f"until_{one.number}"] = DayField(
                    label=gettext("“%s”有效期止") % one.kind,
                    required=False,
                    help_text=gettext("长期有效的空着。"),
                )

    def papers(self) -> Papers:
        told = self.cleaned_data
        return Papers(
            files={one.kind: told[f"file_{one.number}"] for one in self.wanted
                   if told.get(f"file_{one.number}")},
            reused=[one.kind for one in self.wanted if told.get(f"reuse_{one.number}")],
            valid_until={one.kind: told.get(f"until_{one.number}") for one in self.wanted},
        )  # fmt: skip


class ApplyForm(PapersForm):
    """An application: amount, account, materials."""

    declared = forms.DecimalField(
        label=_("申报金额（元）"), max_digits=20, decimal_places=2, required=False, min_value=0
    )
    field_order = ("declared",)


class RatingForm(Form):
    """How it went."""

    rating = forms.TypedChoiceField(
        label=_("评价"),
        coerce=int,
        choices=[
            (5, _("5 非常满意")),
            (4, _("4 满意")),
            (3, _("3 一般")),
            (2, _("2 不满意")),
            (1, _("1 非常不满意")),
        ],
    )
    words = forms.CharField(label=_("意见"), max_length=300, required=False, widget=forms.Textarea)


def this_year() -> int:
    return clock.today().year

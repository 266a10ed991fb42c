"""Forms of the register."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.choices import Period, SourceKind, ValueType, Verdict
from lianshang.apps.enterprises.models import Enterprise, Quantity, Source
from lianshang.apps.enterprises.queries.register import recordable_quantities
from lianshang.apps.enterprises.queries.wording import label_language, quantity_label
from lianshang.core import clock
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Membership, Unit, User
from lianshang.core.consent.choices import Use
from lianshang.core.files.forms import accepted_files
from lianshang.core.files.refusals import bytes_in_words
from lianshang.core.ui.forms import DayField, Form, ModelForm, ReasonField, day_controls
from lianshang.engines.standards.industry import Industry, industry
from lianshang.engines.standards.text import AmountUnit, NumberReading, parse_amount, parse_number

MONEY_UNITS = [
    ("元", gettext_lazy("元")),
    ("万元", gettext_lazy("万元")),
    ("亿元", gettext_lazy("亿元")),
]


class QuantityChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A quantity by its label and unit."""

    def label_from_instance(self, obj: Quantity) -> str:
        unit = "" if obj.unit in ("", "1") else f"（{obj.unit}）"
        return f"{quantity_label(obj)}{unit}"


class PickQuantityForm(Form):
    """First step of recording: which quantity."""

    quantity = QuantityChoice(queryset=Quantity.objects.none(), label=gettext_lazy("数据项"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"].queryset = recordable_quantities()  # type: ignore[attr-defined]  # a model choice


class RecordFactForm(Form):
    """The value of one quantity: its control follows from the catalogue."""

    year = forms.TypedChoiceField(coerce=int, label=gettext_lazy("年度"))
    value = forms.CharField(label=gettext_lazy("数值"))
    money_unit = forms.ChoiceField(choices=MONEY_UNITS, label=gettext_lazy("金额单位"))
    source = forms.ModelChoiceField(queryset=Source.objects.none(), label=gettext_lazy("来源"))
    observed_on = DayField(
        label=gettext_lazy("数据日期"), help_text=gettext_lazy("来源所载日期，不晚于今天")
    )
    valid_until = DayField(label=gettext_lazy("有效期止"), required=False)
    note = forms.CharField(label=gettext_lazy("说明"), required=False, max_length=300)

    def __init__(self, *args: Any, quantity: Quantity, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quantity = quantity
        today = clock.today()
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]  # a model choice
        self.fields["source"].initial = sources.first()
        self.fields["observed_on"].initial = today
        self.fields["value"] = self._control()
        years = [(year, f"{year}") for year in range(today.year - 1, today.year - 12, -1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]  # a choice field
        if quantity.period != Period.ANNUAL:
            del self.fields["year"]
        if quantity.unit != "元":
            del self.fields["money_unit"]

    def _control(self) -> forms.Field:
        label = quantity_label(self.quantity)
        help_text = self.quantity.definition.get("note", {}).get(label_language(), "")
        shared: dict[str, Any] = {"label": label, "help_text": help_text}
        kind = self.quantity.value_type
        if kind in (ValueType.BOOL, ValueType.TITLE):
            yes_no = [("yes", _("是")), ("no", _("否"))]
            return forms.ChoiceField(choices=yes_no, widget=forms.RadioSelect, **shared)
        if kind == ValueType.DATE:
            return DayField(**shared)
        if kind == ValueType.CODE:
            codes = self.quantity.definition["codes"]
            named = [(code, names[label_language()]) for code, names in codes.items()]
            return forms.ChoiceField(choices=named, **shared)
        return forms.CharField(**shared)

    def clean_observed_on(self) -> date:
        day: date = self.cleaned_data["observed_on"]
        if day > clock.today():
            raise ValidationError(_("数据日期 %(day)s 在今天之后，请核对。") % {"day": day})
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "value" in cleaned:
            try:
                cleaned["value"] = self._read(cleaned["value"], cleaned.get("money_unit", ""))
            except ValidationError as error:
                self.add_error("value", error)
        return cleaned

    def _read(self, written: Any, money_unit: str) -> Any:
        """What was written, as the ledger keeps it."""
        kind = self.quantity.value_type
        if kind in (ValueType.BOOL, ValueType.TITLE):
            return written == "yes"
        if kind != ValueType.NUMBER:
            return written
        reading = (
            parse_amount(written, AmountUnit(money_unit)) if money_unit else parse_number(written)
        )
        if not isinstance(reading, NumberReading):
            raise ValidationError(_("“%(text)s”不是数，请填写如 1234.5。") % {"text": written})
        return Decimal(reading.value)


class SupplyFactForm(RecordFactForm):
    """A firm's own value: with a proof where there is one, and its word for it."""

    proof = forms.FileField(label=gettext_lazy("凭证"), required=False)
    declaration = forms.BooleanField(
        label=gettext_lazy("我代表本企业声明：以上内容真实，愿意接受核实。"),
        error_messages={"required": gettext_lazy("请先确认声明：没有声明的数据不能采用。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].widget.attrs["accept"] = accepted_files()
        self.fields["proof"].help_text = _(
            "证书、报表等的扫描件或照片，不超过 %(largest)s。没有也可以先报，核实时会联系您。"
        ) % {"largest": bytes_in_words(settings.ATTACHMENT_LARGEST_FILE)}


class CheckFactForm(Form):
    """What came of checking a supplied value; a refusal says why."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("核实结果"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("说明"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("不采用时必填，企业会看到：哪里不符、怎样补正。"),
    )


class CorrectionForm(ModelForm):
    """What an office may correct in the register, with the reason."""

    reason = ReasonField()

    class Meta:
        model = Enterprise
        fields = (
            *("kind", "status", "registered_on", "industry_code"),
            *("registered_address", "operating_address", "park"),
        )
        formfield_callback = day_controls

    def clean_industry_code(self) -> str:
        written = self.cleaned_data["industry_code"]
        found = industry(written) if written else None
        if written and not isinstance(found, Industry):
            near = "、".join(f"{one.code} {one.name}" for one in getattr(found, "suggestions", ()))
            raise ValidationError(
                _("GB/T 4754-2017 没有代码“%(code)s”。相近的有：%(near)s。")
                % {"code": written, "near": near or _("无")}
            )
        return found.code if isinstance(found, Industry) else ""


class ConsentForm(Form):
    """What the firm lets whom use, and until when."""

    grantee = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        required=False,
        label=gettext_lazy("授权给"),
        empty_label=gettext_lazy("高新区（用于政策预匹配和服务本企业）"),
        help_text=gettext_lazy("选银行时，数据只用于授信"),
    )
    source = forms.ModelChoiceField(
        queryset=Source.objects.none(),
        required=False,
        to_field_name="code",
        label=gettext_lazy("数据来源"),
        empty_label=gettext_lazy("全部来源"),
    )
    until = DayField(label=gettext_lazy("授权期止"), help_text=gettext_lazy("到期自动失效"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        banks = Unit.objects.filter(kind=UnitKind.BANK, is_active=True)
        self.fields["grantee"].queryset = banks  # type: ignore[attr-defined]  # a model choice
        self.fields["source"].queryset = Source.objects.all()  # type: ignore[attr-defined]  # a model choice
        today = clock.today()
        self.fields["until"].initial = today.replace(year=today.year + 1, day=min(today.day, 28))

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if day < clock.today():
            raise ValidationError(_("授权期止 %(day)s 已经过去。") % {"day": day})
        return day

    def chosen(self) -> dict[str, Any]:
        """Arguments of `give_consent`."""
        grantee, source = self.cleaned_data["grantee"], self.cleaned_data["source"]
        return {
            "grantee": grantee,
            "purpose": Use.CREDIT if grantee else Use.SERVICE,
            "subject": source.code if source else "",
            "until": self.cleaned_data["until"],
        }


class OfficerForm(Form):
    """Who serves the firm."""

    officer = forms.ModelChoiceField(queryset=User.objects.none(), label=gettext_lazy("企服专员"))
    reason = ReasonField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        serving = Membership.objects.in_force().filter(role=Role.SERVICE_OFFICER)
        officers = User.objects.filter(is_active=True, pk__in=serving.values("user"))
        self.fields["officer"].queryset = officers.order_by("name")  # type: ignore[attr-defined]  # a model choice


class SourceForm(ModelForm):
    """Owner, precedence and lawful uses of a source, with the ground."""

    uses = forms.MultipleChoiceField(
        choices=Use.choices, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("允许用途")
    )
    reason = ReasonField()

    class Meta:
        model = Source
        fields = ("owner", "rank", "uses", "legal_basis")

    def clean_uses(self) -> list[str]:
        """The law narrows what a source may allow, whatever its owner would like."""
        uses: list[str] = self.cleaned_data["uses"]
        kept_secret = self.instance.kind in (SourceKind.STATISTICS, SourceKind.TAX)
        if kept_secret and {Use.SERVICE, Use.CREDIT, Use.PUBLIC} & set(uses):
            raise ValidationError(
                _(
                    "“%(source)s”的单户数据依法保密，不能改为服务、授信或公开；请由企业自行提供或授权。"
                )
                % {"source": self.instance.name}
            )
        return uses

"""Forms of accounts."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core.accounts import queries
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Unit, User
from lianshang.core.accounts.tokens import SCOPES
from lianshang.core.ui.forms import DayField, Form, ModelForm, ReasonField

USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,}$",
    gettext_lazy("请用小写字母、数字和 . _ -，至少 3 个字符，例如 zhang.san。"),
)


class UserForm(ModelForm):
    """A new user; the password is made by the program and shown once."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=60,
        validators=[USERNAME],
        help_text=gettext_lazy("登录用，建立后不改。"),
    )
    reason = ReasonField()

    class Meta:
        model = User
        fields = ("username", "name", "email")


class RoleForm(Form):
    """A role in a unit that is found by its name."""

    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=Role.choices)
    unit = forms.CharField(
        label=gettext_lazy("单位"),
        help_text=gettext_lazy("单位全称；企业角色填企业全称。"),
        widget=forms.TextInput(attrs={"list": "unit-names", "autocomplete": "off"}),
    )
    reason = ReasonField()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        role, name = data.get("role"), data.get("unit")
        if not role or not name:
            return data
        data["unit"] = queries.unit_for(role, name)
        if data["unit"] is None:
            near = queries.units_like(role, name)
            hint = _("相近的有：%s。") % "、".join(near) if near else ""
            text = _("没有可担任%(role)s、名为“%(name)s”的单位。")
            self.add_error("unit", text % {"role": Role(role).label, "name": name} + hint)
        return data


class UnitForm(ModelForm):
    """A unit that is not an enterprise (those come with the register)."""

    reason = ReasonField()

    class Meta:
        model = Unit
        fields = ("kind", "name", "parent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, label) for kind, label in UnitKind.choices if kind != UnitKind.ENTERPRISE]
        if "kind" in self.fields:
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field
        parents = Unit.objects.filter(is_active=True).exclude(kind=UnitKind.ENTERPRISE)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]  # a model choice field


class ChangeUnitForm(UnitForm):
    """Its name, place and whether it is in use; its kind stays."""

    class Meta(UnitForm.Meta):
        fields = ("name", "parent", "is_active")


class TokenForm(Form):
    """A key for a program: what it may do, and until when."""

    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=60,
        help_text=gettext_lazy("给谁用、做什么，例如“12345 平台转办”。"),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("可做什么"),
        choices=SCOPES.items(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("令牌不会超出您本人的权限；您的角色收回时，它随之失效。"),
    )
    expires_on = DayField(label=gettext_lazy("到期日"))

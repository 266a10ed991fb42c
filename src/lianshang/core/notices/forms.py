"""Forms of notices."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import Unit
from lianshang.core.notices.channels import offered
from lianshang.core.notices.choices import Channel
from lianshang.core.notices.kinds import kinds
from lianshang.core.notices.reaching import Profile
from lianshang.core.ui.forms import Form

MOBILE = RegexValidator(r"^1\d{10}$", _("请填写 11 位手机号码，例如 13800000001。"))


def time_field(**kwargs: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(required=False, widget=widget, **kwargs)


class SettingsForm(Form):
    """What a person wants to be told where, and when not."""

    email = forms.EmailField(label=_("电子邮箱"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("手机号码"),
        required=False,
        validators=[MOBILE],
        help_text=_("只用于发送短信通知，加密保存；清空即删除。"),
    )
    quiet_from = time_field(label=_("免打扰自"))
    quiet_until = time_field(
        label=_("免打扰至"), help_text=_("不填则按全区默认；两个时间相同表示不设免打扰时段。")
    )
    quiet_on_days_off = forms.BooleanField(
        label=_("休息日和节假日免打扰"),
        required=False,
        help_text=_("免打扰时，通知仍会出现在本站；站外渠道顺延到下一个可发送的时间。"),
    )

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile = profile
        for kind in kinds():
            for channel in offered():
                self.fields[f"{kind.name}:{channel}"] = forms.BooleanField(
                    label=f"{kind.label} · {Channel(channel).label}",
                    required=False,
                    initial=profile.wants(kind.name, channel),
                )

    def channels(self) -> list[tuple[str, bool]]:
        """The columns of the table: a channel's label, and whether it can find the person."""
        return [
            (str(Channel(channel).label), bool(self.profile.address(channel)))
            for channel in offered()
        ]

    def rows(self) -> list[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """The rows of the table: a kind's label, and for each channel its label and its box."""
        return [
            (
                str(kind.label),
                [(str(Channel(one).label), self[f"{kind.name}:{one}"]) for one in offered()],
            )
            for kind in kinds()
        ]

    def choices(self) -> dict[tuple[str, str], bool]:
        """(kind, channel) → on, as `actions.choose` takes it."""
        return {
            (kind.name, channel): self.cleaned_data[f"{kind.name}:{channel}"]
            for kind in kinds()
            for channel in offered()
        }

    def reach(self) -> dict[str, Any]:
        """The rest, as `actions.set_reach` takes it."""
        names = ("email", "phone", "quiet_from", "quiet_until", "quiet_on_days_off")
        return {name: self.cleaned_data[name] for name in names}


class WebhookForm(Form):
    """Where notices are posted, and whose."""

    address = forms.URLField(
        label=_("地址"),
        max_length=300,
        assume_scheme="https",
        help_text=_("以 https:// 开头、公网可访问；不跟随跳转。"),
    )
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("发送谁的通知"),
        required=False,
        empty_label=_("只发给我本人的通知"),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a model choice
        self.fields["unit"].initial = units.first()
        if not units:
            del self.fields["unit"]

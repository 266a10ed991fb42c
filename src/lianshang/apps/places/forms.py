"""Forms of places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianshang.apps.places.models import Park
from lianshang.core.accounts.choices import UnitKind
from lianshang.core.accounts.models import Unit
from lianshang.core.ui.forms import ModelForm, ReasonField


class ParkForm(ModelForm):
    """A park: what it is called, by registers too, and who runs it."""

    aliases = forms.CharField(
        label=_("别名"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("其他登记表里的写法，每行一个；导入时据此识别园区。"),
    )
    reason = ReasonField()

    class Meta:
        model = Park
        fields = ("name", "kind", "operator", "aliases")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        operators = Unit.objects.filter(kind=UnitKind.OPERATOR, is_active=True)
        self.fields["operator"].queryset = operators  # type: ignore[attr-defined]  # a model choice
        if self.instance.pk:
            self.initial["aliases"] = "\n".join(self.instance.aliases)

    def clean_aliases(self) -> list[str]:
        lines = self.cleaned_data["aliases"].splitlines()
        return [line.strip() for line in lines if line.strip()]

"""The form that keeps a list."""

from django.forms import BooleanField, CharField, HiddenInput
from django.utils.translation import gettext_lazy as _

from lianshang.core.ui import forms


class SaveForm(forms.Form):
    """A name for the list that is open, and whether to be told of news."""

    name = CharField(label=_("名称"), max_length=60)
    is_subscribed = BooleanField(
        label=_("有新内容时通知我"), help_text=_("每天早上看一次，有新的才通知。"), required=False
    )
    path = CharField(widget=HiddenInput, max_length=200)
    query = CharField(widget=HiddenInput, required=False, strip=False)

"""The form of a note."""

from django.forms import CharField, Textarea
from django.utils.translation import gettext_lazy as _

from lianshang.core.ui import forms


class NoteForm(forms.Form):
    """A note."""

    text = CharField(label=_("手记"), max_length=2000, widget=Textarea(attrs={"rows": 4}))

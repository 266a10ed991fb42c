"""Forms of practices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lianshang.core.ui.forms import Form, ReasonField


class InstallForm(Form):
    """Install a pack."""

    with_scenery = forms.BooleanField(
        label=_("同时装入演示数据"),
        required=False,
        help_text=_("虚构的单位等，供培训和演示；正式使用不要勾选。"),
    )
    reason = ReasonField()

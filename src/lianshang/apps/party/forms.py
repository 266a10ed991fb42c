"""Forms of the Party chain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianshang.apps.party.choices import (
    Basis,
    CoverForm,
    Nature,
    OrganizationKind,
    WhyLeftOut,
)
from lianshang.apps.party.models import PartyOrganization, Tree
from lianshang.apps.places.models import Park
from lianshang.core import clock
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Membership, Unit, User
from lianshang.core.ui.forms import DayField, Form, ReasonField

Model = forms.ModelChoiceField
NOBODY = PartyOrganization.objects.none()


def existing() -> Any:
    """Organisations of today, for choosing one."""
    return PartyOrganization.objects.existing(clock.today()).select_related("unit")


class OrganizationForm(Form):
    """An organisation that was approved."""

    name = forms.CharField(label=_("名称"), max_length=200)
    kind = forms.ChoiceField(label=_("类别"), choices=OrganizationKind.choices)
    nature = forms.ChoiceField(
        label=_("性质"),
        choices=Nature.choices,
        help_text=_("功能型组织不接转组织关系，其成员和单位不重复计数"),
    )
    founded_on = DayField(label=_("成立日期"))
    founding_document = forms.CharField(label=_("批复文号"), max_length=100, required=False)
    term_ends_on = DayField(label=_("本届任期至"), required=False)
    park: Any = Model(label=_("所在园区"), queryset=Park.objects.all(), required=False)
    tree: Any = Model(label=_("所在体系"), queryset=Tree.objects.all(), required=False)
    parent: Any = Model(label=_("上级组织"), queryset=NOBODY, required=False)
    reason = ReasonField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = existing()  # type: ignore[attr-defined]  # a model choice


class PlaceForm(Form):
    """Where an organisation stands in a tree."""

    tree: Any = Model(label=_("体系"), queryset=Tree.objects.all())
    parent: Any = Model(label=_("上级组织"), queryset=NOBODY, required=False)
    since = DayField(label=_("自"), initial=clock.today)
    reason = ReasonField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = existing()  # type: ignore[attr-defined]  # a model choice


class PostForm(Form):
    """Who takes a post, and for which body."""

    title = forms.CharField(label=_("职务"), max_length=40)
    person = forms.CharField(
        label=_("任职人"),
        max_length=60,
        required=False,
        help_text=_("加密保存，页面只显示姓氏；由单位出任的委员可不填。"),
    )
    represents: Any = Model(label=_("代表单位"), queryset=Unit.objects.none(), required=False)
    document = forms.CharField(label=_("任命文号"), max_length=100, required=False)
    since = DayField(label=_("自"), initial=clock.today)
    reason = ReasonField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Unit.objects.filter(is_active=True).exclude(kind=UnitKind.BANK)
        self.fields["represents"].queryset = bodies  # type: ignore[attr-defined]  # a model choice


class EndForm(Form):
    """The last day of something."""

    on = DayField(label=_("最后一日"), initial=clock.today)
    reason = ReasonField()


class CoveringForm(Form):
    """How an organisation covers a firm."""

    organization: Any = Model(label=_("组织"), queryset=NOBODY)
    form = forms.ChoiceField(label=_("形式"), choices=CoverForm.choices)
    instructor: Any = Model(label=_("指导员、网格员"), queryset=User.objects.none(), required=False)
    document = forms.CharField(label=_("依据"), max_length=200, required=False)
    since = DayField(label=_("自"), initial=clock.today)
    reason = ReasonField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = existing()  # type: ignore[attr-defined]  # a model choice
        staff = Membership.objects.in_force().exclude(role__in=(Role.ENTERPRISE, Role.BANK))
        people = User.objects.filter(is_active=True, pk__in=staff.values("user")).order_by("name")
        self.fields["instructor"].queryset = people  # type: ignore[attr-defined]  # a model choice


class MembersForm(Form):
    """How many members work in a firm: numbers, never names."""

    full = forms.IntegerField(label=_("正式党员"), min_value=0, max_value=100_000)
    probationary = forms.IntegerField(
        label=_("预备党员"), min_value=0, max_value=100_000, initial=0
    )
    basis = forms.ChoiceField(label=_("来源"), choices=Basis.choices)
    on = DayField(label=_("截至"), initial=clock.today)
    reason = ReasonField(required=False)


class LeaveOutForm(Form):
    """Why a firm is not counted, and what shows it."""

    why = forms.ChoiceField(label=_("原因"), choices=WhyLeftOut.choices)
    evidence = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("例如核查记录、产权登记的名称和日期。")
    )
    since = DayField(label=_("自"), initial=clock.today)
    reason = ReasonField(required=False)


class RuleForm(Form):
    """Another number of a rule, with the document it rests on."""

    value = forms.IntegerField(label=_("数值"), min_value=0, max_value=1_000_000)
    source = forms.CharField(label=_("依据"), max_length=200)
    reason = ReasonField()

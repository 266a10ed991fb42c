"""Forms of origins: one sheet per kind with its own words, and rows that each become a duty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.accounts.queries import offices
from lianshang.core.ui.forms import DayField, Form, ReasonField, is_choice
from lianshang.core.workflow.actions.origins import DutyRow
from lianshang.core.workflow.choices import OriginKind, Urgency
from lianshang.core.workflow.forms.fields import UnitField, UnitsField
from lianshang.core.workflow.models import DutyKind, Origin
from lianshang.core.workflow.queries import origins as queries
from lianshang.core.workflow.requests import new_key

Text = str | Promise
BLANK_ROWS, MORE_ROWS, MOST_ROWS = 3, 3, 60


@dataclass(frozen=True)
class Sheet:
    """The words of one kind: fields with their labels in order, those that must be filled."""

    title: Text
    intro: Text
    rows: Text
    labels: Mapping[str, Text]
    required: frozenset[str]
    helps: Mapping[str, Text] = field(default_factory=dict)


POST_NOT_NAME = _("写职务，不写姓名，例如“管委会主要负责同志”。")
SHEETS: dict[str, Sheet] = {
    OriginKind.MEETING: Sheet(
        _("登记会议"),
        _("会议议定的每一件事都有单位主办、有时限；保存后即交办，可以出会议纪要。"),
        _("议定事项"),
        {
            "title": _("会议名称"),
            "number": _("届次或编号"),
            "held_on": _("会议日期"),
            "lead": _("召集单位"),
            "place": _("地点"),
            "issued_by": _("主持"),
            "present": _("出席"),
            "attending": _("列席"),
            "text": _("会议概述"),
        },
        frozenset({"title", "held_on", "lead", "issued_by"}),
        {"issued_by": POST_NOT_NAME, "present": _("用顿号隔开。"), "attending": _("用顿号隔开。")},
    ),
    OriginKind.INSTRUCTION: Sheet(
        _("登记领导批示"),
        _("批示逐件交办，全部办结后由督办人员写回复、销号。"),
        _("办理事项"),
        {
            "title": _("批示事项"),
            "number": _("批示号"),
            "held_on": _("批示日期"),
            "issued_by": _("批示人"),
            "text": _("批示内容"),
            "lead": _("牵头单位"),
            "due_on": _("要求办结日期"),
        },
        frozenset({"title", "number", "held_on", "issued_by", "text", "lead"}),
        {"issued_by": POST_NOT_NAME, "due_on": _("没有单独写日期的事项都按这一天。")},
    ),
    OriginKind.INSPECTION: Sheet(
        _("登记检查整改"),
        _("每个问题一件整改事项：整改要有凭据，由与双方无关的督办人员验收销号。"),
        _("整改事项"),
        {
            "title": _("检查名称"),
            "number": _("通知书文号"),
            "held_on": _("检查日期"),
            "issued_by": _("检查方"),
            "basis": _("依据"),
            "about": _("检查对象"),
            "lead": _("整改牵头单位"),
            "text": _("检查情况"),
            "due_on": _("整改期限"),
        },
        frozenset({"title", "held_on", "issued_by", "basis", "lead"}),
        {
            "basis": _("写法规条款，或公开检查清单里的事项名称。"),
            "due_on": _("没有单独写日期的事项都按这一天。"),
        },
    ),
    OriginKind.RESEARCH: Sheet(
        _("登记调研走访"),
        _("收集到的问题逐条交有关单位限时办理；答复单送回提出问题的组织，由它认可或退回。"),
        _("问题清单"),
        {
            "title": _("调研主题"),
            "held_on": _("走访日期"),
            "lead": _("调研组"),
            "about": _("走访的组织"),
            "place": _("地点"),
            "present": _("参加人员"),
            "text": _("走访情况"),
        },
        frozenset({"title", "held_on", "lead", "about"}),
    ),
}


class SheetForm(Form):
    """What an origin says of itself; which fields, and how they are called, its kind decides."""

    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *, kind: OriginKind, user: User, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind, sheet = kind, SHEETS[kind]
        for name, label in sheet.labels.items():
            made = self._field(name, user)
            made.label, made.required = str(label), name in sheet.required
            made.help_text = made.help_text or str(sheet.helps.get(name, ""))
            ask = _("请选择%(label)s。") if is_choice(made) else _("请填写%(label)s。")
            made.error_messages["required"] = ask % {"label": label}
            self.fields[name] = made
        self.fields["request_key"].initial = new_key
        self.fields["held_on"].initial = clock.today

    def _field(self, name: str, user: User) -> forms.Field:
        if name == "lead" and self.kind in queries.OF_ONES_OWN:
            return self._own_units(user)
        if name in {"lead", "about"}:
            return UnitField(help_text=_("输入几个字，从提示里选单位全称。"))
        if name in {"held_on", "due_on"}:
            return DayField()
        if name in {"text", "present", "attending"}:
            lines = 4 if name == "text" else 2
            return forms.CharField(widget=forms.Textarea(attrs={"rows": lines}), max_length=20000)
        longest: Any = Origin._meta.get_field(name)
        return forms.CharField(max_length=longest.max_length)

    def _own_units(self, user: User) -> forms.Field:
        leads = queries.leads_for(user, self.kind)
        only = leads.get() if leads.count() == 1 else None
        return forms.ModelChoiceField(leads, initial=only)

    def origin_fields(self) -> dict[str, Any]:
        """As the verb takes them."""
        given = {name: self.cleaned_data[name] for name in SHEETS[self.kind].labels}
        return {**given, "kind": self.kind}


class RowForm(Form):
    """One duty; a row in which nothing is written does not count."""

    title = forms.CharField(label=_("事项"), max_length=200)
    text = forms.CharField(
        label=_("具体内容"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=20000,
    )
    asker = UnitField(label=_("提出单位"), required=False, help_text=_("不填即为走访的组织。"))
    owner = UnitField(label=_("主办"))
    co_owners = UnitsField(label=_("协办"), required=False, help_text=_("多个用“、”隔开。"))
    kind = forms.TypedChoiceField(label=_("类别"))
    urgency = forms.ChoiceField(label=_("缓急"), choices=Urgency.choices, initial=Urgency.NORMAL)
    close_by = DayField(label=_("办结日期"), required=False, help_text=_("不填按类别的时限计算。"))

    def __init__(self, *, options: Options, number: int, **kwargs: Any) -> None:
        super().__init__(
            prefix=f"row{number}", empty_permitted=True, use_required_attribute=False, **kwargs
        )
        self.number = number
        if options.origin_kind != OriginKind.RESEARCH:
            del self.fields["asker"]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.TypedChoiceField)
        kind.choices = [(key, one.name) for key, one in options.kinds.items()]
        kind.coerce = options.kinds.__getitem__
        kind.initial = next(iter(options.kinds), "")

    def row(self) -> DutyRow:
        return DutyRow(**self.cleaned_data)


class Options:
    """What the rows offer, asked once for all of them."""

    def __init__(self, kind: str) -> None:
        self.origin_kind = kind
        self.kinds: dict[str, DutyKind] = {str(one.pk): one for one in queries.duty_kinds_for(kind)}
        self.unit_names = offices()


class Rows:
    """The rows of a page: so many small forms, of which the empty ones do not count."""

    def __init__(self, options: Options, data: QueryDict | None = None) -> None:
        asked = data.get("rows", "") if data is not None else ""
        self.count = min(int(asked), MOST_ROWS) if asked.isdecimal() else BLANK_ROWS
        self.options = options
        self.forms = [
            RowForm(options=options, number=number, data=data)
            for number in range(1, self.count + 1)
        ]

    def is_valid(self) -> bool:
        return not self.errors  # every row says what it lacks

    @property
    def filled(self) -> list[RowForm]:
        return [one for one in self.forms if one.has_changed()]

    @property
    def errors(self) -> list[RowForm]:
        return [one for one in self.forms if one.is_bound and one.errors]

    @property
    def may_grow(self) -> bool:
        return self.count < MOST_ROWS

    def grown(self) -> Rows:
        """The same rows as they were typed, unchecked, and some more."""
        more = Rows(self.options)
        more.count = min(self.count + MORE_ROWS, MOST_ROWS)
        more.forms = [
            RowForm(options=self.options, number=number, initial=self._typed(number))
            for number in range(1, more.count + 1)
        ]
        if self.count < more.count:
            more.forms[self.count].fields["title"].widget.attrs["autofocus"] = True
        return more

    def _typed(self, number: int) -> dict[str, Any]:
        return as_typed(self.forms[number - 1]) if number <= self.count else {}


def as_typed(form: forms.BaseForm) -> dict[str, Any]:
    """What was sent, to be shown again without being checked."""
    return {one.name: one.data for one in form if one.data is not None}


class MoreForm(Form):
    """Beside the rows that are added to an origin: nothing but the key of the request."""

    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["request_key"].initial = new_key


class SettleForm(Form):
    """The reply that ends a matter."""

    reply = forms.CharField(
        label=_("回复"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("写给批示人、检查方或提出问题的一方：办了什么，结果怎样。"),
    )
    reason = ReasonField(required=False)

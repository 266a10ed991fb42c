"""Forms of writing policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.forms.delivery import want
from lianshang.apps.policies.queries import fair_competition
from lianshang.apps.policies.queries.draft_templates import TEMPLATES
from lianshang.apps.policies.queries.fair_competition import Suspicion
from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.ui.forms import DayField, Form


class NewDraftForm(Form):
    """What a draft begins with."""

    name = forms.CharField(label=_("名称"), max_length=200)
    code = forms.RegexField(
        r"^[a-z][a-z0-9_.]*$",
        label=_("编号"),
        max_length=80,
        help_text=_("小写字母、数字、点和下划线，例如 zone.rd_reward.2026；各版本不同。"),
        error_messages={"invalid": _("只用小写字母、数字、点和下划线，以字母开头。")},
    )
    owner = forms.ModelChoiceField(Unit.objects.none(), label=_("责任单位"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=user.unit_ids()).order_by("name")
        owner: Any = self.fields["owner"]
        owner.queryset = units
        owner.initial = units.first()


class TemplateForm(NewDraftForm):
    """The same, and from which template."""

    template = forms.ChoiceField(
        label=_("从哪里开始"), choices=[(key, one[0]) for key, one in TEMPLATES.items()]
    )


class ReturnForm(Form):
    """Why a draft goes back."""

    note = forms.CharField(
        label=_("审核意见"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明要改什么；起草人会收到通知。"),
    )


class ConfirmForm(Form):
    """A deed that needs no words."""


class PastedForm(Form):
    """Policy text that a model is asked to turn into a proposal."""

    pasted = forms.CharField(
        label=_("政策原文"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("原文会发送给本区设置的模型服务。请不要粘贴企业名单、个人信息和不公开的内容。"),
    )


class ApproveForm(Form):
    """Approval: when it is published, and a written legal basis for each suspected clause."""

    publish_on = DayField(label=_("发布日期"), initial=clock.today)
    note = forms.CharField(
        label=_("审核意见"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, suspicions: Sequence[Suspicion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {f"conclusion_{number}": one.key for number, one in enumerate(suspicions)}
        for name, one in zip(self.keys, suspicions, strict=True):
            words = {"words": one.words, "kind": one.label, "article": one.article}
            self.fields[name] = forms.CharField(
                label=_text("疑似条款“%(words)s”：法律依据") % words,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_text(
                    "%(kind)s，%(article)s。确有法律、行政法规依据或者经国务院批准的，"
                    "写明文件和条款；没有的，不得发布，请退回。结论会保存并公开给工作人员。"
                )
                % words,
            )
            want(self.fields[name])

    def conclusions(self) -> dict[str, str]:
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}


class ReviewForm(Form):
    """The fair-competition review: every question with yes or no and why."""

    def __init__(self, *args: Any, held: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = held or {}
        self.held = {}
        for one in fair_competition.questions():
            answer = answers.get(one.id, {})
            self.fields[one.id] = forms.ChoiceField(
                label=str(one),
                choices=[("no", _("否")), ("yes", _("是"))],
                widget=forms.RadioSelect,
                required=False,
                initial=answer.get("answer"),
                help_text=one.ground,
            )
            self.fields[f"{one.id}_reason"] = forms.CharField(
                label=_("理由"),
                required=False,
                max_length=500,
                initial=answer.get("reason", ""),
                # Twelve fields are called 理由: each says of which question.
                widget=forms.TextInput(attrs={"aria-label": _text("理由：%s") % one}),
            )
            for name in (one.id, f"{one.id}_reason"):
                want(self.fields[name])

    def answers(self) -> dict[str, dict[str, str]]:
        """What was answered so far; unfinished answers are kept as well."""
        return {
            one.id: {
                "answer": self.cleaned_data[one.id],
                "reason": self.cleaned_data[f"{one.id}_reason"],
            }
            for one in fair_competition.questions()
            if self.cleaned_data[one.id] or self.cleaned_data[f"{one.id}_reason"]
        }

"""Issuing papers from duties and origins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import Unit
from lianshang.core.papers.models import Paper
from lianshang.core.papers.queries import issuing_units
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.pages import Crumb
from lianshang.core.workflow.actions import papers as actions
from lianshang.core.workflow.forms.papers import IssueForm, LetterForm, MinutesForm, SlipForm
from lianshang.core.workflow.models import Duty, Origin
from lianshang.core.workflow.queries import papers as queries


class Issue(FormPage):
    """A small form, then a numbered paper."""

    permission = "papers.issue"
    form_class = IssueForm
    intro = _("提交后编号并生成 Word；编号不收回，请先核对内容。")
    submit = _("印发")
    done = _("文书已印发。")

    def prepare(self) -> None:
        self.units = issuing_units(self.user)
        self.subject = self.find()
        self.back = self.subject.get_absolute_url() if self.subject else ""

    def find(self) -> Any:
        """What the address names, if the user sees it."""
        raise NotImplementedError

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(str(self.subject), self.back),)

    def form_arguments(self) -> dict[str, Any]:
        return {"units": [(unit.pk, unit.name) for unit in self.units]}

    def act(self, form: IssueForm) -> str:
        given = dict(form.cleaned_data)
        key = given.pop("unit")
        unit = next(one for one in self.units if str(one.pk) == key)
        return self.issue(unit, given).get_absolute_url()

    def issue(self, unit: Unit, given: dict[str, Any]) -> Paper:
        raise NotImplementedError


class OfDuty(Issue):
    """A paper about a duty."""

    def find(self) -> Duty:
        duties = Duty.objects.visible_to(self.user)
        found = duties.select_related("kind", "owner", "asker", "origin")
        return get_object_or_404(found, pk=self.kwargs["pk"])


class IssueSlip(OfDuty):
    """承办单."""

    title = _("出承办单")
    form_class = SlipForm

    def issue(self, unit: Unit, given: dict[str, Any]) -> Paper:
        return actions.issue_slip(actor=self.user, duty=self.subject, unit=unit, **given)


class IssueLetter(OfDuty):
    """督办函: of this duty, or of everything overdue of its owner."""

    title = _("发督办函")
    form_class = LetterForm

    def issue(self, unit: Unit, given: dict[str, Any]) -> Paper:
        duties = [self.subject]
        if given.pop("others"):
            others = queries.overdue_of_owner(self.user, self.subject.owner)
            duties += [duty for duty in others if duty.pk != self.subject.pk]
        return actions.issue_letter(actor=self.user, duties=duties, unit=unit, **given)


class OfOrigin(Issue):
    """A paper about an origin."""

    def find(self) -> Origin:
        origins = Origin.objects.visible_to(self.user).select_related("lead", "about")
        return get_object_or_404(origins, pk=self.kwargs["pk"])


class IssueMinutes(OfOrigin):
    """会议纪要."""

    title = _("出会议纪要")
    form_class = MinutesForm

    def issue(self, unit: Unit, given: dict[str, Any]) -> Paper:
        return actions.issue_minutes(actor=self.user, origin=self.subject, unit=unit, **given)


class IssueAnswerSheet(OfOrigin):
    """答复单 to one unit that asked."""

    def prepare(self) -> None:
        super().prepare()
        asked = {unit.pk: unit for unit in queries.askers_of(self.subject)}
        if self.kwargs["asker"] not in asked:
            raise Http404
        self.asker = asked[self.kwargs["asker"]]
        self.title = _("出答复单：%s") % self.asker.name

    def issue(self, unit: Unit, given: dict[str, Any]) -> Paper:
        return actions.issue_answer_sheet(
            actor=self.user, origin=self.subject, asker=self.asker, unit=unit
        )


class IssueReply(OfOrigin):
    """What goes back to whom an instruction or an inspection came from."""

    title = _("出办理结果")

    def issue(self, unit: Unit, given: dict[str, Any]) -> Paper:
        return actions.issue_reply(actor=self.user, origin=self.subject, unit=unit)

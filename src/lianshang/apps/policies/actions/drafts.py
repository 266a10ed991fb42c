"""Writing a policy: drafted, submitted, approved by another person, published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.policies.choices import DraftState, Origin
from lianshang.apps.policies.models import Policy, PolicyDraft
from lianshang.apps.policies.queries import draft_text, fair_competition
from lianshang.apps.policies.queries.library import digest, forget
from lianshang.apps.policies.queries.readiness import (
    examination,
    obstacles,
    obstacles_to_publication,
    older_versions,
)
from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.jobs.queue import defer
from lianshang.core.notices.actions import notify


@action("policies.start_draft", gettext_lazy("起草政策"))
def start_draft(
    *,
    actor: User,
    name: str,
    owner: Unit,
    text: str,
    cases: str,
    base: Policy | None = None,
) -> PolicyDraft:
    """A new draft of the actor's."""
    _must(actor, "policies.write")
    if owner.pk not in actor.unit_ids():
        raise ValidationError({"owner": _("只能以自己所在的单位起草。")})
    draft = PolicyDraft(name=name, owner=owner, base=base)
    _take_text(draft, text, cases)
    draft.save()
    draft.authors.add(actor)
    return draft


@action("policies.save_draft", gettext_lazy("修改政策草稿"))
def save_draft(
    *, actor: User, draft: PolicyDraft, text: str, cases: str, seen: str = ""
) -> PolicyDraft:
    """New text and cases, however faulty; `seen` is the version the author began from."""
    draft = _locked(draft)
    _may_write(actor, draft)
    if seen and seen != draft.updated_at.isoformat():
        raise ValidationError(
            _("别人刚刚保存过这份草稿，您的修改没有覆盖它。请复制您的文本，重新打开后再改。")
        )
    _take_text(draft, text, cases)
    draft.save()
    draft.authors.add(actor)
    return draft


@action("policies.propose_draft", gettext_lazy("存入机器起草建议"))
def keep_proposal(*, actor: User, draft: PolicyDraft, proposal: str) -> PolicyDraft:
    """Lay a proposal beside the text; it changes nothing until an author takes it over."""
    draft = _locked(draft)
    _may_write(actor, draft)
    draft.proposal = proposal
    draft.save()
    return draft


@action("policies.take_proposal", gettext_lazy("采用机器起草建议"))
def take_proposal(*, actor: User, draft: PolicyDraft) -> PolicyDraft:
    """The author makes the proposal the text, answers for it, and the draft says so for good."""
    draft = _locked(draft)
    _may_write(actor, draft)
    if not draft.proposal:
        raise ValidationError(_("没有可采用的建议。"))
    _take_text(draft, draft.proposal, draft.cases)
    draft.proposal, draft.is_proposed = "", True
    draft.save()
    draft.authors.add(actor)
    return draft


@action("policies.answer_review", gettext_lazy("填写公平竞争审查"))
def answer_review(
    *, actor: User, draft: PolicyDraft, answers: Mapping[str, Mapping[str, str]]
) -> PolicyDraft:
    """The author's answers: question → yes or no, and why."""
    draft = _locked(draft)
    _may_write(actor, draft)
    known = {one.id for one in fair_competition.questions()}
    draft.answers = {name: dict(answer) for name, answer in answers.items() if name in known}
    draft.updated_at = clock.now()
    draft.save()
    draft.authors.add(actor)
    return draft


@action("policies.submit_draft", gettext_lazy("提交政策审核"))
def submit_draft(*, actor: User, draft: PolicyDraft) -> PolicyDraft:
    """Hand it to another person to judge; refused while anything is wrong or unanswered."""
    draft = _locked(draft)
    _may_write(actor, draft)
    if reasons := obstacles(draft, examination(draft)):
        raise ValidationError([*reasons])
    draft.state, draft.submitted_at, draft.stopped = DraftState.SUBMITTED, clock.now(), ""
    draft.authors.add(actor)
    draft.save()
    return draft


@action("policies.return_draft", gettext_lazy("退回政策草稿"))
def return_draft(*, actor: User, draft: PolicyDraft, note: str) -> PolicyDraft:
    """Back to the authors, with what is to be changed."""
    draft = _locked(draft)
    _may_judge(actor, draft, DraftState.SUBMITTED, DraftState.APPROVED)
    draft.state, draft.review_note = DraftState.RETURNED, note
    draft.approved_by = draft.approved_at = draft.publish_on = None
    draft.save()
    _tell(actor, draft, _("政策草稿被退回：%(name)s") % {"name": draft.name}, note)
    return draft


@action("policies.approve_draft", gettext_lazy("批准政策草稿"))
def approve_draft(
    *,
    actor: User,
    draft: PolicyDraft,
    conclusions: Mapping[str, str],
    publish_on: date,
    note: str = "",
) -> PolicyDraft:
    """Approve what others wrote, and publish it if its day is today.

    A suspected clause needs the approver's written legal basis.
    """
    draft = _locked(draft)
    _may_judge(actor, draft, DraftState.SUBMITTED)
    if publish_on < clock.today():
        raise ValidationError({"publish_on": _("发布日期不能早于今天。")})
    draft.conclusions = {
        key: {"text": text.strip(), "by": actor.name, "at": clock.now().isoformat()}
        for key, text in conclusions.items()
        if text.strip()
    }
    if reasons := obstacles_to_publication(draft, examination(draft)):
        raise ValidationError([*reasons])
    draft.state, draft.review_note, draft.publish_on = DraftState.APPROVED, note, publish_on
    draft.approved_by, draft.approved_at = actor, clock.now()
    draft.save()
    if publish_on == clock.today():
        publish_draft(actor=actor, draft=draft)
    return draft


@action("policies.publish_draft", gettext_lazy("发布政策"))
def publish_draft(*, actor: User | None, draft: PolicyDraft) -> Policy:
    """Into the library; the version before it ends on the day before it begins."""
    draft = _locked(draft)
    if actor is not None:
        _must(actor, "policies.publish")
    _must_stand(draft, DraftState.APPROVED)
    today = clock.today()
    if draft.publish_on and draft.publish_on > today:
        told = _("定于 %(day)s 发布，到日自动发布。") % {"day": draft.publish_on}
        raise ValidationError(told)
    found = examination(draft)
    if reasons := obstacles_to_publication(draft, found):
        raise ValidationError([*reasons])
    start = found.policy.valid.start if found.policy else None
    assert found.policy is not None
    assert start is not None  # else there were an obstacle
    ended = [_end(row, start) for row in older_versions(found.policy)]
    row = Policy(code=found.policy.id, origin=Origin.ZONE, owner=draft.owner, published_on=today)
    row.define(found.policy, found.mapping, digest(found.mapping))
    row.save()
    draft.state, draft.published, draft.stopped = DraftState.PUBLISHED, row, ""
    draft.save()
    forget()
    for code in (row.code, *ended):
        defer("policies.evaluate_one", code=code)
    defer("search.index", label="policies.policy")
    return row


@action("policies.stop_draft", gettext_lazy("记录未能发布的原因"))
def stop_draft(*, actor: User | None, draft: PolicyDraft, why: str) -> PolicyDraft:
    """What keeps an approved draft from being published on its day; its people are told."""
    draft = _locked(draft)
    if draft.stopped == why:  # told already; the job tries again every day
        return draft
    draft.stopped = why
    draft.save()
    _tell(actor, draft, _("政策未能按日发布：%(name)s") % {"name": draft.name}, why)
    return draft


@action("policies.withdraw_draft", gettext_lazy("撤回政策草稿"))
def withdraw_draft(*, actor: User, draft: PolicyDraft) -> PolicyDraft:
    """Given up before publication; it stays readable."""
    draft = _locked(draft)
    _must(actor, "policies.write")
    if draft.state in (DraftState.PUBLISHED, DraftState.WITHDRAWN):
        raise ValidationError(_("已发布或已撤回的草稿不能再撤回。"))
    if not (draft.owner_id in actor.unit_ids() or _is_author(actor, draft)):
        raise PermissionDenied(_("只有起草人或责任单位可以撤回。"))
    draft.state = DraftState.WITHDRAWN
    draft.save()
    return draft


def _locked(draft: PolicyDraft) -> PolicyDraft:
    return PolicyDraft.objects.select_for_update().get(pk=draft.pk)


def _must(actor: User, permission: str) -> None:
    if not actor.may(permission):
        raise PermissionDenied(_("您的角色没有这项权限，请联系安全管理员。"))


def _must_stand(draft: PolicyDraft, *states: DraftState) -> None:
    if draft.state not in states:
        told = _("这份草稿现在是“%(state)s”，不能这样做。")
        raise ValidationError(told % {"state": draft.get_state_display()})


def _is_author(actor: User, draft: PolicyDraft) -> bool:
    return draft.authors.filter(pk=actor.pk).exists()


def _may_write(actor: User, draft: PolicyDraft) -> None:
    _must(actor, "policies.write")
    _must_stand(draft, DraftState.DRAFTING, DraftState.RETURNED)
    if not (draft.owner_id in actor.unit_ids() or _is_author(actor, draft)):
        raise PermissionDenied(_("只有起草人和责任单位的人可以修改。"))


def _may_judge(actor: User, draft: PolicyDraft, *states: DraftState) -> None:
    _must(actor, "policies.publish")
    _must_stand(draft, *states)
    if _is_author(actor, draft):
        raise ValidationError(_("您参与了起草，不能审核：须由另一人审核。"))


def _take_text(draft: PolicyDraft, text: str, cases: str) -> None:
    """The text and what lists show of it; a name that cannot be read stays as it was."""
    draft.text, draft.cases = (one.replace("\r\n", "\n") for one in (text, cases))
    data: dict[str, Any] = draft_text.read(draft.text).data
    name = data.get("name")
    name = name.get("zh") if isinstance(name, dict) else name
    draft.name = str(name or draft.name)[:200]
    draft.code = str(data.get("id") or draft.code)[:80]
    draft.updated_at = clock.now()


def _end(row: Policy, start: date) -> str:
    """End an older version on the day before the newer begins."""
    row.valid_until = start - timedelta(days=1)
    valid = {**(row.definition.get("valid") or {}), "until": row.valid_until.isoformat()}
    row.definition = {**row.definition, "valid": valid}
    row.digest = digest(row.definition)
    row.save()
    return row.code


def _tell(actor: User | None, draft: PolicyDraft, subject: str, text: str) -> None:
    people = [*draft.authors.all(), *([draft.approved_by] if draft.approved_by else [])]
    notify(
        actor=actor,
        recipients=people,
        kind="policies.draft",
        subject=subject,
        text=text,
        url=draft.get_absolute_url(),
        key=f"policies.draft:{draft.pk}:{draft.state}:{clock.now().isoformat()}",
    )

"""What still stands between a draft and the library, each said with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianshang.apps.policies.choices import Origin
from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries import fair_competition
from lianshang.apps.policies.queries.examining import beside_the_library, examine

if TYPE_CHECKING:
    from lianshang.apps.policies.models import PolicyDraft
    from lianshang.apps.policies.queries.examining import Examination
    from lianshang.apps.policies.queries.fair_competition import Suspicion
    from lianshang.engines.rules.policy import Policy as Definition


def examination(draft: PolicyDraft) -> Examination:
    return examine(draft.text, draft.cases)


def obstacles(draft: PolicyDraft, found: Examination) -> list[str]:
    """Why it may not be submitted; nobody's judgement is asked yet."""
    reasons = [*_of_the_text(found), *_of_the_cases(found)]
    if found.policy and not found.errors:
        reasons += _of_the_library(draft, found.policy)
    if count := len(fair_competition.unanswered(draft.answers)):
        told = _("公平竞争审查还有 %(n)d 个问题没有回答（是或否，并写明理由）。")
        reasons.append(told % {"n": count})
    return reasons


def unjudged(draft: PolicyDraft, found: Examination) -> list[Suspicion]:
    """Suspected clauses on which the approver has not written a conclusion."""
    return [
        one
        for one in fair_competition.suspicions(found.mapping)
        if not str((draft.conclusions.get(one.key) or {}).get("text", "")).strip()
    ]


def obstacles_to_publication(draft: PolicyDraft, found: Examination) -> list[str]:
    """Why it may not be published, the approver's judgement included."""
    told = _("疑似违反公平竞争审查，不得发布：%(path)s“%(words)s”（%(kind)s，%(article)s）。")
    return obstacles(draft, found) + [
        told % {"path": one.path, "words": one.words, "kind": one.label, "article": one.article}
        for one in unjudged(draft, found)
    ]


def _of_the_text(found: Examination) -> list[str]:
    if not found.errors:
        return []
    first = found.errors[0]
    told = _("规则文本有 %(n)d 处错误，第一处在第 %(line)d 行：%(text)s")
    return [told % {"n": len(found.errors), "line": first.line, "text": first.text}]


def _of_the_cases(found: Examination) -> list[str]:
    if found.case_findings:
        first = found.case_findings[0]
        told = _("测试用例读不出，第 %(line)d 行：%(text)s")
        return [told % {"line": first.line, "text": first.text}]
    if found.failed:
        told = _("%(n)d 个测试用例没有通过，第一个是“%(name)s”。")
        return [told % {"n": len(found.failed), "name": found.failed[0].name}]
    if not found.cases and not found.errors:
        return [_("还没有测试用例：至少写一个，说明什么样的企业应得到什么结果。")]
    return []


def _of_the_library(draft: PolicyDraft, policy: Definition) -> list[str]:
    if policy.valid.start is None:
        return [_("没有写有效期起：发布需要一个起日。")]
    if Policy.objects.filter(code=policy.id).exists():
        told = _("政策库里已有编号 %(code)s：请换一个编号（例如加上年份）。")
        return [told % {"code": policy.id}]
    for row in older_versions(policy):
        if row.origin == Origin.FILE:
            told = _("“%(name)s”在国家政策库中，不能由本区改版：请另起一个政策代号。")
            return [told % {"name": row.name}]
    return beside_the_library(policy)


def older_versions(policy: Definition) -> list[Policy]:
    """Published versions that the new one ends: begun before it, and still valid when it begins."""
    start = policy.valid.start
    if start is None:
        return []
    rows = Policy.objects.current().filter(family=policy.family, valid_from__lt=start)
    return [row for row in rows if row.valid_until is None or row.valid_until >= start]

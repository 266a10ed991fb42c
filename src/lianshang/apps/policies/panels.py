"""Blocks of entitlement on the pages of firms, officers, visitors and policies."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.enterprises.queries.register import own_enterprises
from lianshang.apps.enterprises.queries.wording import label_language
from lianshang.apps.policies.choices import Kind, Origin, Standing
from lianshang.apps.policies.models import Policy, PolicyDraft
from lianshang.apps.policies.queries import case_tables, portal, readings, summary, whatif, wording
from lianshang.apps.policies.queries.answers import Answer, answers, entitled_amount
from lianshang.apps.policies.queries.declared import declared_keys, resting_on
from lianshang.apps.policies.queries.explanations import entries_of, told
from lianshang.apps.policies.queries.fair_competition import document, suspicions
from lianshang.apps.policies.queries.library import stages
from lianshang.apps.policies.queries.reasons import reason
from lianshang.core import clock
from lianshang.core.measures import all_measures
from lianshang.core.ui.panels import panel

Built = tuple[str, Mapping[str, Any]]
ORDER = list(Standing)  # entitled first, then what is within reach


@dataclass(frozen=True)
class Line:
    """One policy in a firm's list."""

    code: str
    name: str
    document: str
    standing: Standing
    tone: str
    amount: Decimal | None
    per: str
    deadline: str
    reason: str
    is_self_assessed: bool
    is_declared: bool  # rests on what the firm supplied and nobody has checked


def line_of(answer: Answer, resting: Collection[str] = ()) -> Line:
    policy = answer.compiled.policy
    benefit = policy.benefit
    return Line(
        code=policy.id,
        name=wording.label(policy.name),
        document=next((source.document for source in policy.sources.values()), ""),
        standing=answer.standing,
        tone=wording.TONES[answer.standing],
        amount=answer.amount if benefit and benefit.amount else None,
        per=benefit.per if benefit else "",
        deadline=wording.label(policy.deadline),
        reason=reason(answer),
        is_self_assessed=policy.channel == "self_assessed",
        is_declared=answer.code in resting,
    )


def _entitlements(request: HttpRequest, firm: Enterprise) -> dict[str, Any]:
    found = answers(firm, on=clock.today())
    benefits = [one for one in found if one.compiled.policy.kind != Kind.CLASSIFICATION]
    entries = entries_of(firm, on=clock.today())
    resting = resting_on(found, declared_keys(entries))
    lines = sorted((line_of(one, resting) for one in benefits), key=lambda one: (
        ORDER.index(one.standing), -(one.amount or 0)
    ))  # fmt: skip
    counts = {standing: sum(1 for one in lines if one.standing is standing) for standing in ORDER}
    missing = {name for one in benefits for name in one.outcome.missing}
    chosen = request.GET.get("policy") or (lines[0].code if lines else "")
    explained = next((one for one in benefits if one.code == chosen), None)
    return {
        "firm": firm,
        "lines": lines,
        "counts": counts,
        "amount": entitled_amount(benefits),
        "missing": len(missing),
        "on": clock.today(),
        "chosen": chosen,
        "told": told(firm, explained, on=clock.today(), entries=entries) if explained else None,
        "may_record": request.user.may("facts.record"),  # type: ignore[union-attr]  # signed in
    }


def _count(request: HttpRequest, subject: Enterprise) -> int:
    """The benefits in force; the same for every firm, so that no other tab computes answers."""
    in_force = (one.policy for stage in stages(clock.today()) for one in stage)
    return sum(1 for policy in in_force if policy.kind != Kind.CLASSIFICATION)


@panel(
    "enterprises.detail",
    title=_("政策"),
    tab="policies",
    order=30,
    permission="workbench.view",
    count=_count,
)
def entitlements(request: HttpRequest, subject: Enterprise) -> Built:
    """What the firm is entitled to, with the reasons beside the list."""
    return "policies/panels/entitlements.html", {
        **_entitlements(request, subject),
        "mine_links": True,
    }


@panel("home.portal", title=_("我的政策"), order=10, permission="portal.view")
def our_policies(request: HttpRequest, subject: object) -> Built | None:
    """For a firm: its own entitlements."""
    own = list(own_enterprises(request.user))  # type: ignore[arg-type]  # signed in
    if not own:
        return None
    firm = next((one for one in own if f"{one.pk}" == request.GET.get("firm")), own[0])
    return "policies/panels/entitlements.html", {
        **_entitlements(request, firm),
        "is_own": True,
        "mine_links": True,
        "others": [one for one in own if one.pk != firm.pk],
    }


@panel("home.workbench", title=_("一步之遥"), order=20, permission="enterprises.view", side=True)
def one_step(request: HttpRequest, subject: object) -> Built:
    """Firms that one clause separates from an entitlement."""
    short = summary.one_step_short(request.user)  # type: ignore[arg-type]  # signed in
    return "policies/panels/one_step.html", {
        "firms": short.values("enterprise").distinct().count(),
        "nearest": short.order_by(F("amount").desc(nulls_last=True), "enterprise__name_key")[:6],
        "run": summary.latest_run(),
    }


@panel("home.workbench", title=_("要数"), order=5, permission="enterprises.view")
def key_numbers(request: HttpRequest, subject: object) -> Built:
    """The declared measures, each with unit, day, source and the list of its rows."""
    day, user = clock.today(), request.user
    numbers = [
        (measure, measure.value(user, day), f"{reverse(measure.url_name)}?{measure.query}")  # type: ignore[arg-type]  # signed in
        for measure in all_measures()
        if measure.url_name
    ]
    return "policies/panels/numbers.html", {"numbers": numbers, "day": day}


@panel("home.workbench", title=_("我的企业：政策结果"), order=10, permission="enterprises.view")
def my_firms(request: HttpRequest, subject: object) -> Built:
    """The firms this user sees, by policy and standing."""
    return "policies/panels/my_firms.html", {
        "lines": summary.summary(request.user),  # type: ignore[arg-type]  # signed in
        "run": summary.latest_run(),
        "standings": ORDER,
    }


@panel("policies.detail", title=_("可得和怎样办"), order=5)
def how(request: HttpRequest, subject: Policy) -> Built | None:
    """What it gives, where, until when, with which papers."""
    return _read("policies/panels/how.html", subject)


@panel("policies.detail", title=_("条件"), order=10)
def conditions(request: HttpRequest, subject: Policy) -> Built | None:
    """The clauses read out with their articles; score table, disputes."""
    return _read("policies/panels/conditions.html", subject)


@panel("policies.detail", title=_("文件"), order=40, side=True)
def documents(request: HttpRequest, subject: Policy) -> Built | None:
    """The documents it rests on, and how far their text was verified."""
    return _read("policies/panels/documents.html", subject)


def _read(template: str, subject: Policy) -> Built | None:
    read = readings.policy_read_out(subject.code)
    if read is None:
        return None
    return template, {
        "read": read,
        "policy": read.compiled.policy,
        "note": wording.label(subject.definition.get("note")),
        "language": label_language(),
        "today": clock.today(),
    }


@panel("policies.detail", title=_("版本"), order=30, side=True)
def versions(request: HttpRequest, subject: Policy) -> Built | None:
    """Every version with its days; only where there is more than one."""
    every = Policy.objects.current().filter(family=subject.family).order_by("valid_from")
    if len(every) < 2:
        return None
    return "policies/panels/versions.html", {"versions": every, "today": clock.today()}


@panel("policies.detail", title=_("谁可享"), order=20, permission="enterprises.view", side=True)
def who(request: HttpRequest, subject: Policy) -> Built:
    """How many firms stand where."""
    line = summary.summary(request.user, code=subject.code)  # type: ignore[arg-type]  # signed in
    return "policies/panels/who.html", {
        "line": line[0] if line else None,
        "standings": [(one, wording.TONES[one]) for one in ORDER],
        "run": summary.latest_run(),
    }


@panel(
    "policies.detail", title=_("如果改参数……"), order=30, permission="enterprises.view", side=True
)
def other_numbers(request: HttpRequest, subject: Policy) -> Built | None:
    """Change a number of the policy and see who would gain or lose."""
    compiled = whatif.compiled_policy(subject.code, clock.today())
    numbers = whatif.numbers_of(compiled) if compiled else []
    return ("policies/panels/other_numbers.html", {"numbers": numbers}) if numbers else None


@panel("policies.detail", title=_("起草与批准"), order=30, permission="policies.view", side=True)
def written_by(request: HttpRequest, subject: Policy) -> Built | None:
    """Who wrote it, who approved it, when; nothing for what the zone did not write here."""
    if subject.origin != Origin.ZONE:
        return None
    drafts = PolicyDraft.objects.select_related("approved_by", "owner")
    draft = drafts.filter(published=subject).first()
    if draft is None:
        return None
    inside = request.user.may("policies.write")  # type: ignore[union-attr]  # signed in
    return "policies/panels/written_by.html", {"draft": draft, "inside": inside}


@panel("policies.detail", title=_("公平竞争审查"), order=40, permission="policies.write", side=True)
def suspected(request: HttpRequest, subject: Policy) -> Built | None:
    """Clauses of what the zone or its packs brought that look forbidden, with the conclusions."""
    found = suspicions(subject.definition) if subject.origin != Origin.FILE else ()
    if not found:
        return None
    draft = PolicyDraft.objects.filter(published=subject).first()
    conclusions = draft.conclusions if draft else {}
    rows = [(one, conclusions.get(one.key)) for one in found]
    return "policies/panels/suspected.html", {"rows": rows, "law": document()}


@panel("home.public", title=_("惠企政策"), order=10)
def public_library(request: HttpRequest, subject: object) -> Built:
    """The library, for anybody."""
    return "policies/panels/library.html", {
        "policies": Policy.objects.current().exclude(kind=Kind.CLASSIFICATION)
    }


@panel("home.portal", title=_("我的兑现"), order=20, permission="portal.view")
def our_deliveries(request: HttpRequest, subject: object) -> Built | None:
    """For a firm: where its deliveries stand, and what it can apply for now."""
    user: Any = request.user
    lines, rounds = case_tables.cases_of(user), portal.rounds_to_apply(user)
    if not lines and not rounds:
        return None
    return "policies/panels/our_deliveries.html", {"lines": lines, "rounds": rounds}


@panel("policies.detail", title=_("兑现"), order=30, side=True)
def delivery(request: HttpRequest, subject: Policy) -> Built | None:
    """The guide, the rounds, and the way in for whoever may."""
    return "policies/panels/delivery.html", portal.delivery_of(request.user, subject)


@panel("home.public", title=_("兑现公示"), order=20)
def public_notices(request: HttpRequest, subject: object) -> Built | None:
    """What is under public notice now."""
    notices = portal.running_notices()
    return ("policies/panels/notices.html", {"notices": notices}) if notices else None

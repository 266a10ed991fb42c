"""Blocks of entitlement on the pages of firms, officers, visitors and policies."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.enterprises.queries.register import own_enterprises
from lianshang.apps.enterprises.queries.wording import label_language
from lianshang.apps.policies import measures
from lianshang.apps.policies.choices import Kind, Standing
from lianshang.apps.policies.models import EvaluationFault, Policy
from lianshang.apps.policies.queries import readings, summary, wording
from lianshang.apps.policies.queries.answers import Answer, answers, entitled_amount
from lianshang.apps.policies.queries.explanations import told
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


def line_of(answer: Answer) -> Line:
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
    )


def _entitlements(request: HttpRequest, firm: Enterprise) -> dict[str, Any]:
    found = answers(firm, on=clock.today())
    benefits = [one for one in found if one.compiled.policy.kind != Kind.CLASSIFICATION]
    lines = sorted((line_of(one) for one in benefits), key=lambda one: (
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
        "told": told(firm, explained, on=clock.today()) if explained else None,
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
    return "policies/panels/entitlements.html", _entitlements(request, subject)


@panel("home.portal", title=_("我的政策"), order=10, permission="portal.view")
def our_policies(request: HttpRequest, subject: object) -> Built | None:
    """For a firm: its own entitlements."""
    firm = own_enterprises(request.user).first()  # type: ignore[arg-type]  # signed in
    if firm is None:
        return None
    return "policies/panels/entitlements.html", {**_entitlements(request, firm), "is_own": True}


@panel("home.workbench", title=_("一步之遥"), order=20, permission="enterprises.view", side=True)
def one_step(request: HttpRequest, subject: object) -> Built:
    """Firms that one clause separates from an entitlement."""
    short = summary.one_step_short(request.user)  # type: ignore[arg-type]  # signed in
    counted = measures.one_step(request.user, clock.today())  # type: ignore[arg-type]  # signed in
    return "policies/panels/one_step.html", {
        "count": counted.aggregate(all=Sum("one_step", default=0))["all"],
        "nearest": short.order_by(F("amount").desc(nulls_last=True), "pk").prefetch_related(
            "enterprise", "policy"
        )[:6],
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


@panel("policies.detail", title=_("条件"), order=10)
def conditions(request: HttpRequest, subject: Policy) -> Built | None:
    """The clauses read out with their articles; score table, disputes, papers, versions."""
    read = readings.policy_read_out(subject.code)
    if read is None:
        return None
    return "policies/panels/conditions.html", {
        "read": read,
        "policy": read.compiled.policy,
        "note": wording.label(subject.definition.get("note")),
        "versions": Policy.objects.filter(family=subject.family).exclude(pk=subject.pk),
        "language": label_language(),
    }


@panel("policies.detail", title=_("谁可享"), order=20, permission="enterprises.view", side=True)
def who(request: HttpRequest, subject: Policy) -> Built:
    """How many firms stand where."""
    line = summary.summary(request.user, code=subject.code)  # type: ignore[arg-type]  # signed in
    return "policies/panels/who.html", {
        "line": line[0] if line else None,
        "standings": [(one, wording.TONES[one]) for one in ORDER],
        "run": summary.latest_run(),
    }


@panel("policies.detail", title=_("评估出错"), order=1, permission="policies.write")
def fault(request: HttpRequest, subject: Policy) -> Built | None:
    """Why this policy stands still."""
    faults = EvaluationFault.objects.standing().filter(policy=subject).select_related("policy")
    return ("policies/panels/faults.html", {"faults": faults}) if faults else None


@panel("ui.register", title=_("评估出错的政策"), order=1, permission="policies.write")
def faults(request: HttpRequest, subject: object) -> Built | None:
    """Which policies stand still, above the list of policies."""
    if not getattr(subject, "shows_faults", False):
        return None
    found = EvaluationFault.objects.standing().select_related("policy")
    return ("policies/panels/faults.html", {"faults": found}) if found else None


@panel("home.public", title=_("惠企政策"), order=10)
def public_library(request: HttpRequest, subject: object) -> Built:
    """The library, for anybody."""
    return "policies/panels/library.html", {
        "policies": Policy.objects.current().exclude(kind=Kind.CLASSIFICATION)
    }

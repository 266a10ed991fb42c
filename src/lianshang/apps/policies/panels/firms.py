"""Blocks of entitlement and delivery on the pages of firms."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.enterprises.queries.register import own_enterprises
from lianshang.apps.policies.choices import Kind, Standing
from lianshang.apps.policies.queries import case_tables, portal, wording
from lianshang.apps.policies.queries.answers import Answer, answers, entitled_amount
from lianshang.apps.policies.queries.declared import declared_keys, resting_on
from lianshang.apps.policies.queries.explanations import entries_of, told
from lianshang.apps.policies.queries.library import stages
from lianshang.apps.policies.queries.reasons import reason
from lianshang.core import clock
from lianshang.core.ui.panels import Built, panel

FOLDED = (Standing.NOT_KNOWN, Standing.NOT_ENTITLED)  # a fold away: a phone shows a card for each


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
    order = list(Standing)
    found = answers(firm, on=clock.today())
    benefits = [one for one in found if one.compiled.policy.kind != Kind.CLASSIFICATION]
    entries = entries_of(firm, on=clock.today())
    resting = resting_on(found, declared_keys(entries))
    lines = sorted((line_of(one, resting) for one in benefits), key=lambda one: (
        order.index(one.standing), -(one.amount or 0)
    ))  # fmt: skip
    by_standing = {
        standing: [one for one in lines if one.standing is standing] for standing in order
    }
    missing = {name for one in benefits for name in one.outcome.missing}
    chosen = request.GET.get("policy") or (lines[0].code if lines else "")
    explained = next((one for one in benefits if one.code == chosen), None)
    return {
        "firm": firm,
        "shown": [one for one in lines if one.standing not in FOLDED],
        "folded": [
            (standing, within, any(one.code == chosen for one in within))
            for standing in FOLDED
            if (within := by_standing[standing])
        ],
        "counts": {standing: len(within) for standing, within in by_standing.items()},
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


@panel("home.portal", title=_("我的兑现"), order=5, permission="portal.view")
def our_deliveries(request: HttpRequest, subject: object) -> Built | None:
    """For a firm: where its deliveries stand, and what it can apply for now."""
    user: Any = request.user
    lines, rounds = case_tables.cases_of(user), portal.rounds_to_apply(user)
    if not lines and not rounds:
        return None
    return "policies/panels/our_deliveries.html", {"lines": lines, "rounds": rounds}

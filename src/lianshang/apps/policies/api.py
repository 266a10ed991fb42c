"""Policies and answers over HTTP."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries.answers import Answer, answers
from lianshang.apps.policies.queries.reasons import reason
from lianshang.apps.policies.queries.remedies import way
from lianshang.core import clock
from lianshang.core.audit.actions import record_access
from lianshang.core.audit.models import AccessKind

router = Router()


class PolicyOut(Schema):
    """One policy of the library."""

    code: str
    family: str
    name: str
    name_en: str
    issuer: str
    level: str
    kind: str
    channel: str
    valid_from: date
    valid_until: date | None


class ChangeOut(Schema):
    """One change of the cheapest set that would make the policy pass. `needed` is null where nobody
    can bring it about.
    """

    kind: str  # supply | within | beyond
    fact: str
    needed: Decimal | bool | date | str | None
    text: str
    by: date | None


class AnswerOut(Schema):
    """What one policy says about one firm: a pre-match; the competent authority decides."""

    policy: str
    standing: str
    steps: int | None
    amount: Decimal | None
    missing: list[str]
    reason: str
    changes: list[ChangeOut]


@router.get("", response=list[PolicyOut], auth=None)
def policies(request: HttpRequest) -> Any:
    """The policy library; public."""
    return Policy.objects.current()


@router.get("/answers/{pk}", response=list[AnswerOut])
def answers_about(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """Every policy in force about one firm, computed now."""
    user: Any = request.user
    if not (user.may("workbench.view") or user.may("portal.view")):
        raise HttpError(403, _("您的角色不能查看企业的政策结果。"))
    firm = get_object_or_404(Enterprise.objects.visible_to(user), pk=pk)
    record_access(actor=user, kind=AccessKind.DETAIL, subject=firm, purpose="API")
    return [
        {
            "policy": one.code,
            "standing": one.standing.value,
            "steps": one.outcome.steps,
            "amount": one.amount,
            "missing": list(one.outcome.missing),
            "reason": reason(one),
            "changes": [_change(one, change) for change in way(one).told.changes],
        }
        for one in answers(firm, on=clock.today())
    ]


def _change(answer: Answer, change: Any) -> dict[str, Any]:
    known = answer.compiled.catalogue
    beyond = change.kind.key == "beyond"
    return {
        "kind": change.kind.key,
        "fact": change.variable,
        "needed": None if beyond else known.decode(change.variable, change.needed),
        "text": change.text,
        "by": change.when.closes if change.when else None,
    }

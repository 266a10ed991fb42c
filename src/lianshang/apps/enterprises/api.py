"""The register and the ledger over HTTP, with the same visibility as the pages."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.errors import HttpError

from lianshang.apps.enterprises.models import Enterprise, Fact
from lianshang.apps.enterprises.queries.ledger import ledger
from lianshang.apps.enterprises.queries.viewing import Reader, refusal
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.audit.actions import record_access
from lianshang.core.audit.models import AccessKind
from lianshang.core.consent.choices import Use

router = Router()
PAGE = 100


class EnterpriseOut(Schema):
    """One row of the register."""

    id: int
    name: str
    credit_code: str | None
    kind: str
    status: str
    registered_on: date | None
    industry_code: str


class EnterprisePage(Schema):
    """A page of the register; ask for the next with `after` = `next`."""

    items: list[EnterpriseOut]
    next: int | None


class FactOut(Schema):
    """The value in use of one quantity, and where it comes from."""

    quantity: str
    year: int | None
    value: Decimal | bool | date | str | None
    unit: str
    source: str
    observed_on: date


class Refused(Schema):
    """Why a request is refused."""

    detail: str


def permitted_user(request: HttpRequest) -> User:
    """Who asks, if a role of theirs opens firms' pages on this face; refused otherwise."""
    user: Any = request.user
    if not (user.may("enterprises.view") or user.may("portal.view")):
        raise HttpError(403, _("您的角色不能查看企业数据。"))
    asking: User = user
    return asking


@router.get("", response={200: EnterprisePage, 403: Refused})
def enterprises(request: HttpRequest, after: int = 0, search: str = "") -> dict[str, Any]:
    """The enterprises this user may see, by key."""
    visible = Enterprise.objects.visible_to(permitted_user(request))
    rows = visible.filter(pk__gt=after).order_by("pk")
    if search:
        rows = rows.filter(name__icontains=search)
    items = list(rows[: PAGE + 1])
    return {"items": items[:PAGE], "next": items[PAGE - 1].pk if len(items) > PAGE else None}


@router.get("/{pk}/facts", response={200: list[FactOut], 403: Refused})
def facts(
    request: HttpRequest, pk: int, purpose: Use = Use.SERVICE, quantity: str = ""
) -> list[dict[str, Any]]:
    """The values in use about a firm for a purpose. A named quantity whose only values may not be
    used for the purpose, or not be read by this user, is refused with 403, naming source and
    reason.
    """
    user = permitted_user(request)
    firm = get_object_or_404(Enterprise.objects.visible_to(user), pk=pk)
    record_access(
        actor=user, kind=AccessKind.DETAIL, subject=firm, purpose=f"API · {purpose.label}"
    )
    reader, shown = Reader(user), []
    for entry in ledger(firm, purpose=purpose, on=clock.today()):
        if quantity and entry.quantity.code != quantity:
            continue
        if quantity and entry.winner is None and entry.refused:
            raise HttpError(403, refusal(entry.refused[0].source, entry.refused[0].uses))
        if entry.winner is None:
            continue
        if reader.may_read(entry.winner):
            shown.append(_shown(entry.winner))
        elif quantity:
            raise HttpError(403, reader.refusal(entry.winner))
    if quantity and not shown:
        raise HttpError(404, _("没有掌握这一数据项。"))
    return shown


def _shown(fact: Fact) -> dict[str, Any]:
    return {
        "quantity": fact.quantity.code,
        "year": fact.year,
        "value": fact.value,
        "unit": fact.quantity.unit,
        "source": fact.source.code,
        "observed_on": fact.observed_on,
    }

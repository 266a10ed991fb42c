"""Duties over HTTP: the same visibility, the same acts and the same refusals as the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.errors import HttpError
from ninja.params.functions import Header

from lianshang.core.accounts.models import Unit, User
from lianshang.core.accounts.tokens import access
from lianshang.core.workflow import representing
from lianshang.core.workflow.actions.duties import act_on, open_duty
from lianshang.core.workflow.choices import State
from lianshang.core.workflow.forms.fields import unit_named
from lianshang.core.workflow.models import Duty, DutyKind
from lianshang.core.workflow.models.duties import DutyQuerySet
from lianshang.core.workflow.queries.reading import Reading, duties_in_full
from lianshang.core.workflow.queries.subjects import parsed, subjects_of
from lianshang.core.workflow.queries.workbench import Row, rows_of
from lianshang.core.workflow.requests import request_key
from lianshang.core.workflow.schemas import (
    ActIn,
    DutyDetailOut,
    DutyIn,
    DutyPage,
    Refused,
    UnitRef,
)
from lianshang.core.workflow.writing import Details

router = Router()
PAGE = 100
LARGEST_KEY = 2**63 - 1
REFUSALS = dict.fromkeys((401, 403, 404, 409, 422), Refused)
Key = Annotated[str, Header(alias="Idempotency-Key", max_length=200)]


def permitted(request: HttpRequest, permission: str) -> User:
    """Who asks, if they may; refused otherwise."""
    user: Any = request.user
    if not user.may(permission):
        raise HttpError(403, _("您的角色不能这样做：需要事项的相应权限。"))
    asking: User = user
    return asking


def visible(user: User) -> DutyQuerySet:
    return duties_in_full(Duty.objects.visible_to(user))


@router.get("", response={200: DutyPage, **REFUSALS}, auth=access("duties:read"))
def duties(
    request: HttpRequest,
    after: int = 0,
    state: State | None = None,
    owner: int | None = None,
    overdue: bool | None = None,
) -> Any:
    """The duties that the caller may see, by key; `owner` is a unit's id."""
    rows = visible(permitted(request, "duties.view")).order_by("pk")
    if state:
        rows = rows.filter(state=state)
    if owner is not None:
        rows = rows.filter(owner_id=_key(owner))
    found, more = _page(rows, _key(after), overdue)
    items = [representing.brief(row) for row in found]
    return {"items": items, "next": found[-1].duty.pk if more else None}


def _page(rows: DutyQuerySet, after: int, overdue: bool | None) -> tuple[list[Row], bool]:
    """The next rows after a key, and whether there may be more."""
    found: list[Row] = []
    while True:
        part = sorted(rows_of(rows.filter(pk__gt=after)[:PAGE]), key=lambda row: row.duty.pk)
        found += [row for row in part if overdue is None or row.is_overdue == overdue]
        if len(part) < PAGE:
            return found[:PAGE], len(found) > PAGE
        after = part[-1].duty.pk
        if len(found) >= PAGE:
            return found[:PAGE], True


@router.get("/{pk}", response={200: DutyDetailOut, **REFUSALS}, auth=access("duties:read"))
def duty(request: HttpRequest, pk: int) -> Any:
    """One duty with its clocks, its log, and what the caller can do next."""
    return _in_full(permitted(request, "duties.view"), pk)


@router.post("", response={201: DutyDetailOut, **REFUSALS}, auth=access("duties:write"))
def open_one(request: HttpRequest, body: DutyIn, idempotency_key: Key = "") -> Any:
    """Open a duty. The same key with the same body gives the same duty."""
    user = permitted(request, "duties.open")
    with refusals():
        told = _opening(user, body)
        key = request_key(user, idempotency_key)
        made = open_duty(actor=user, request_key=key, **told)
        if key and not representing.is_what_was_asked(made, told):
            raise HttpError(409, reused())
    return Status(201, _in_full(user, made.pk))


@router.post("/{pk}/acts", response={200: DutyDetailOut, **REFUSALS}, auth=access("duties:write"))
def act(request: HttpRequest, pk: int, body: ActIn, idempotency_key: Key = "") -> Any:
    """Do one act of the duty's table. The same key never does it twice."""
    user = permitted(request, "duties.view")
    found = get_object_or_404(visible(user), pk=_key(pk))
    with refusals():
        details = Details(
            unit=_unit("unit", body.unit).pk if body.unit is not None else None,
            day=body.day,
            amount=body.amount,
            urgency=body.urgency.value if body.urgency else None,
            proof=body.proof,
        )
        key = request_key(user, idempotency_key)
        entry = act_on(
            actor=user,
            duty=found,
            act=body.act,
            reason=body.reason,
            details=details,
            request_key=key,
        )
        if key and not representing.is_that_act(entry, body.act, body.reason, details):
            raise HttpError(409, reused())
    return _in_full(user, found.pk)


def reused() -> str:
    return _("这个 Idempotency-Key 已用于另一个请求：请为新请求换一个。")


@contextmanager
def refusals() -> Iterator[None]:
    """What actions refuse, as answers: a part not theirs 403, a wrong field 422, not now 409."""
    try:
        yield
    except PermissionDenied as refusal:
        raise HttpError(403, str(refusal)) from refusal
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            fields = refusal.message_dict.items()
            text = "；".join(f"{name}：{'；'.join(words)}" for name, words in fields)
            raise HttpError(422, text) from refusal
        raise HttpError(409, "；".join(refusal.messages)) from refusal


def _in_full(user: User, pk: int) -> dict[str, Any]:
    return representing.full(Reading(user, get_object_or_404(visible(user), pk=_key(pk))))


def _opening(user: User, body: DutyIn) -> dict[str, Any]:
    """What was asked, as `open_duty` takes it."""
    kind = DutyKind.objects.filter(code=body.kind).first()
    if kind is None:
        raise ValidationError({"kind": _("没有代码为“%s”的类别。") % body.kind})
    return {
        "kind": kind,
        "title": body.title,
        "text": body.text,
        "owner": _unit("owner", body.owner),
        "co_owners": [_unit("co_owners", one) for one in body.co_owners],
        "asker": _asker(user, body.asker),
        "urgency": body.urgency.value,
        "close_by": body.close_by,
        "subject": _subject(user, body.subject),
    }


def _asker(user: User, given: UnitRef | None) -> Unit:
    own = list(Unit.objects.filter(pk__in=user.unit_ids()))
    if given is None and len(own) == 1:
        return own[0]
    found = [one for one in own if given in (one.pk, one.name)]
    if len(found) != 1:
        names = "、".join(one.name for one in own)
        raise ValidationError({"asker": _("交办方须是您所在的一个单位：%s。") % names})
    return found[0]


def _unit(field: str, given: UnitRef) -> Unit:
    try:
        if isinstance(given, str):
            return unit_named(given)
        found = Unit.objects.filter(pk=_key(given), is_active=True).first()
        if found is None:
            raise ValidationError(_("没有编号为 %s 的在用单位。") % given)
    except ValidationError as refusal:
        raise ValidationError({field: refusal.messages}) from refusal
    return found


def _subject(user: User, given: str | None) -> tuple[str, int] | None:
    if given is None:
        return None
    reference = parsed(given)
    if reference is None or reference not in subjects_of(user, [reference]):
        raise ValidationError({"subject": _("没有“%s”，或您无权查看。") % given})
    return reference


def _key(value: int) -> int:
    """No key lies outside of what the database counts."""
    return value if 0 <= value <= LARGEST_KEY else 0

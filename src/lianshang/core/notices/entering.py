"""Entering from a card: the provider says who opened it, so that nobody signs in twice."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from lianshang.core.notices.channels import CHANNELS, dingtalk, wecom
from lianshang.core.notices.models import Reach

UNDER_WAY = "notices.entering"  # in the session: what was begun, until the reader comes back


@dataclass(frozen=True)
class Door:
    """A provider that can say who somebody is."""

    name: str  # also the channel that shows whether it is configured
    label: str | Promise
    field: str  # of Reach, by which people are recognised
    sign_in_url: Callable[[str, str], str]
    account_of: Callable[[str], str]
    accounts: Callable[[str], dict[str, str | None]]  # what is stored of an account

    @property
    def is_open(self) -> bool:
        return CHANNELS[self.name].is_configured()


DOORS = {
    "wecom": Door(
        name="wecom",
        label=_("企业微信"),
        field="wecom_id",
        sign_in_url=wecom.sign_in_url,
        account_of=wecom.account_of,
        accounts=lambda account: {"wecom_id": account or None},
    ),
    "dingtalk": Door(
        name="dingtalk",
        label=_("钉钉"),
        field="dingtalk_union_id",
        sign_in_url=dingtalk.sign_in_url,
        account_of=dingtalk.account_of,
        accounts=lambda account: {
            "dingtalk_union_id": account or None,
            "dingtalk_id": dingtalk.member_of(account) if account else None,
        },
    ),
}


@dataclass(frozen=True)
class Entry:
    """What a reader began: where she wants to, and whether she binds an account on the way."""

    door: str
    state: str
    to: str
    binds: bool


def begin(request: HttpRequest, door: Door, to: str, *, binds: bool) -> str:
    """Remember the intention under a new state, in the reader's own session; the state."""
    # WeCom takes letters and digits only.
    entry = Entry(door.name, secrets.token_hex(24), local_path(to), binds)
    request.session[UNDER_WAY] = asdict(entry)
    return entry.state


def finish(request: HttpRequest, door: Door) -> Entry | None:
    """What was begun in this session, once; None if the state is not the one given out."""
    begun = request.session.pop(UNDER_WAY, None)
    if begun is None or begun["door"] != door.name:
        return None
    is_same = constant_time_compare(begun["state"], request.GET.get("state", ""))
    return Entry(**begun) if is_same else None


def local_path(to: str) -> str:
    """A path of this site, "/" for anything else."""
    is_local = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return to if is_local else "/"


def doors_of(reach: Reach) -> list[tuple[Door, bool]]:
    """The doors of this installation, and whether the person's account is bound."""
    return [(door, bool(getattr(reach, door.field))) for door in DOORS.values() if door.is_open]

"""Telling somebody something, as a test says it."""

from typing import Any

from lianshang.core.accounts.models import User
from lianshang.core.notices.actions import choose, notify
from lianshang.core.notices.choices import Channel
from lianshang.core.notices.models import Delivery

KIND = "notices.test"  # goes to every channel unless a person chooses


def tell(person: User, key: str = "k1", **rest: Any) -> int:
    told = {
        "kind": KIND,
        "subject": "联合走访：请于周五前答复",
        "text": "示例企业的三个问题",
        "url": "/",
    }
    return notify(actor=None, recipients=[person], key=key, **{**told, **rest})


def only(person: User, channel: str) -> None:
    """The person wants this channel and no other."""
    choices = {(KIND, one): one == channel for one in Channel.values}
    choose(actor=person, choices=choices)


def states() -> dict[str, int]:
    """How many deliveries are in which state."""
    found = Delivery.objects.values_list("state", flat=True)
    return {state: list(found).count(state) for state in sorted(set(found))}

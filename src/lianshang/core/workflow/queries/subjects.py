"""What duties are about: a generic reference, named only to those who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from lianshang.core.accounts.models import User
from lianshang.core.references import visible_references
from lianshang.core.workflow.models import Duty

Reference = tuple[str, int]


@dataclass(frozen=True)
class Subject:
    """A thing with its name and its page."""

    name: str
    url: str


def reference_of(duty: Duty) -> Reference | None:
    """What a duty is about, if it is about something."""
    return (duty.subject_label, duty.subject_pk) if duty.subject_pk else None


def subjects_of(user: User, references: Iterable[Reference]) -> dict[Reference, Subject]:
    """Those that the user may see; one question per kind of thing to name them."""
    by_label: dict[str, list[int]] = {}
    for label, pk in visible_references(user, set(references)):
        by_label.setdefault(label, []).append(pk)
    return {
        (label, pk): Subject(str(thing), thing.get_absolute_url())
        for label, pks in by_label.items()
        for pk, thing in _things(label, pks).items()
    }


def _things(label: str, pks: list[int]) -> dict[int, Any]:
    found: dict[int, Any] = apps.get_model(label)._default_manager.in_bulk(pks)
    return found


def parsed(text: str) -> Reference | None:
    """`enterprises.enterprise:7` as a reference."""
    label, _colon, pk = text.rpartition(":")
    return (label, int(pk)) if label and pk.isdecimal() and len(pk) < 18 else None

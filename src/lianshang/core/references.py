"""Generic references: (model label, pk) pairs for search, attachments and logs.

Every label that may be referred to registers one function that says which of the given keys a user
may see, so that a search hit or an attachment is never more visible than its subject.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from lianshang.core.accounts.models import User

Visible = Callable[[User, Collection[int]], Iterable[int]]
_visible: dict[str, Visible] = {}


def register(label: str, visible: Visible) -> None:
    """Let the model `label` ("enterprises.enterprise") be referred to."""
    _visible[label] = visible


def labels() -> frozenset[str]:
    return frozenset(_visible)


def visible_references(user: User, references: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the references that the user may see; one question per label."""
    by_label: dict[str, set[int]] = {}
    for label, pk in references:
        by_label.setdefault(label, set()).add(pk)
    return {
        (label, pk)
        for label, pks in by_label.items()
        if label in _visible
        for pk in _visible[label](user, pks)
    }


def reference(instance: Any) -> tuple[str, int]:
    return instance._meta.label_lower, instance.pk

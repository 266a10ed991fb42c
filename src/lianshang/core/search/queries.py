"""Finding things."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Func, QuerySet, Value
from django.db.models.functions import Length, NullIf, StrIndex
from django.utils.functional import Promise

from lianshang.core.accounts.models import User
from lianshang.core.references import visible_references
from lianshang.core.search.models import SearchEntry
from lianshang.core.search.sources import searchables

CANDIDATES = 500  # looked at before visibility; more would not be read by anybody


@dataclass(frozen=True)
class Group:
    """Hits of one kind, best first."""

    name: str | Promise
    entries: Sequence[SearchEntry]


def search(user: User, words: str, *, limit: int = 20) -> list[Group]:
    """What the user may see of what holds every character pair of `words`, at most `limit` of a
    kind.

    Best first: the words at the beginning of the title, then early in it, then in a shorter title.
    """
    words = words.strip()
    if not words:
        return []
    candidates = list(
        SearchEntry.objects.filter(pieces__contains=Func(Value(words), function="search_pieces"))
        .alias(place=StrIndex("title", Value(words)))
        .order_by(NullIf("place", Value(0)).asc(nulls_last=True), Length("title"), "title")[
            :CANDIDATES
        ]
    )
    visible = visible_references(user, ((one.label, one.object_pk) for one in candidates))
    shown = [one for one in candidates if (one.label, one.object_pk) in visible]
    return [
        Group(kind.name, found[:limit])
        for label, kind in searchables().items()
        if (found := [one for one in shown if one.label == label])
    ]


def keys_matching(label: str, words: str) -> QuerySet[SearchEntry, int]:
    """Keys of the things of a kind that hold the words, as a subquery for a register's search."""
    pieces = Func(Value(words), function="search_pieces")
    entries = SearchEntry.objects.filter(label=label, pieces__contains=pieces)
    return entries.values_list("object_pk", flat=True)

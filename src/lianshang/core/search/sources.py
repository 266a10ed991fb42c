"""What can be found: every app declares its searchable things in `searches.py`."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Found:
    """One thing to index. `keywords` can be searched for but are not shown."""

    pk: int
    title: str
    subtitle: str
    url: str
    keywords: str = ""


@dataclass(frozen=True)
class Searchable:
    """A kind of thing: its model label, its name for people, and how to read some or all (None) of
    them.
    """

    label: str
    name: str | Promise
    read: Callable[[Collection[int] | None], Iterable[Found]]


_searchables: dict[str, Searchable] = {}


def register(searchable: Searchable) -> None:
    _searchables[searchable.label] = searchable


def searchables() -> dict[str, Searchable]:
    return dict(_searchables)

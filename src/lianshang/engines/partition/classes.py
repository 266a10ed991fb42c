"""Firms that are alike, counted once: same industry, same area, same cell of the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianshang.engines.partition.firms import Firms, Taker

if TYPE_CHECKING:
    import numpy as np

UNKNOWN = -1
CELL_KM = 0.5


@dataclass(frozen=True)
class Classes:
    """Arrays by class, and of each firm its class (UNKNOWN: neither industry nor area known)."""

    industries: list[str]
    areas: list[str]
    group: np.ndarray  # by class → row of `groups`
    groups: np.ndarray  # rows: industry, area
    size: np.ndarray
    centre: np.ndarray  # by class; nan: place not known
    of: np.ndarray  # by firm
    takes_industry: list[list[int]]  # industry → units
    takes_area: list[list[int]]
    capacity: np.ndarray
    unit_place: np.ndarray

    @property
    def count(self) -> int:
        return len(self.size)

    def group_sizes(self) -> np.ndarray:
        import numpy as np

        return np.bincount(self.group, self.size, len(self.groups)).astype(np.int64)


def classes_of(firms: Firms, units: Sequence[Taker]) -> Classes:
    import numpy as np

    industries, industry = _codes(
        firms.industries, [one for unit in units for one in unit.industries]
    )
    areas, area = _codes(firms.areas, [one for unit in units for one in unit.areas])
    places = places_of(firms.places, len(firms.names))
    # A cell that is not known is one of its own, far from all others.
    cells = np.nan_to_num(np.floor(places / CELL_KM), nan=-(2.0**40)).astype(np.int64)
    rows = np.column_stack([industry, area, cells])
    known = (industry != UNKNOWN) | (area != UNKNOWN)
    kinds, inside = np.unique(rows[known], axis=0, return_inverse=True)
    inside = inside.reshape(-1)
    of = np.full(len(firms.names), UNKNOWN, dtype=np.int64)
    of[known] = inside
    size = np.bincount(inside, minlength=len(kinds))
    sums = [np.bincount(inside, places[known, axis], len(kinds)) for axis in (0, 1)]
    groups, group = np.unique(kinds[:, :2], axis=0, return_inverse=True)
    return Classes(
        industries,
        areas,
        group.reshape(-1),
        groups,
        size,
        np.column_stack(sums) / np.maximum(size, 1)[:, None],
        of,
        _takers(industries, [unit.industries for unit in units]),
        _takers(areas, [unit.areas for unit in units]),
        np.array([unit.capacity for unit in units], dtype=np.int64),
        places_of([unit.place for unit in units], len(units)),
    )


def places_of(places: Sequence[tuple[float, float] | None], count: int) -> np.ndarray:
    import numpy as np

    nowhere = (np.nan, np.nan)
    if not places:
        return np.full((count, 2), np.nan)
    return np.array([place or nowhere for place in places], dtype=float).reshape(-1, 2)


def _codes(values: Sequence[str | None], taken: Sequence[str]) -> tuple[list[str], np.ndarray]:
    import numpy as np

    names = sorted({value for value in values if value is not None} | set(taken))
    number: dict[str | None, int] = {name: place for place, name in enumerate(names)}
    return names, np.array([number.get(value, UNKNOWN) for value in values], dtype=np.int64)


def _takers(names: list[str], taken: Sequence[frozenset[str]]) -> list[list[int]]:
    number = {name: place for place, name in enumerate(names)}
    found: list[list[int]] = [[] for _ in names]
    for unit, wanted in enumerate(taken):
        for name in sorted(wanted):
            found[number[name]].append(unit)
    return found

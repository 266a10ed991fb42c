"""Assign every firm to a unit: by industry first, by territory as the net."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lianshang.engines.partition.classes import UNKNOWN, Classes, classes_of, places_of
from lianshang.engines.partition.counting import most_placed, net_of
from lianshang.engines.partition.firms import Assignment, By, Firms, Left, Taker
from lianshang.engines.partition.flow import Flows, Pairs, best_flows, pairs_of

if TYPE_CHECKING:
    import numpy as np

NOBODY = -1
STEP_KM = 0.1


def assign(firms: Firms, units: Sequence[Taker], *, step_km: float = STEP_KM) -> Assignment:
    """As many firms as can be; of those as many as can by industry; near; and as today.

    In this order, each without harm to the one before. The same input gives the same output.
    """
    number = {unit.name: place for place, unit in enumerate(units)}
    if len(number) < len(units):
        raise ValueError("two units have one name")
    classes = classes_of(firms, units)
    placed, shortages = most_placed(net_of(classes), units)
    today = [number.get(name, NOBODY) if name else NOBODY for name in firms.present]
    today = today or [NOBODY] * len(firms.names)
    pairs = pairs_of(classes)
    flows, step = best_flows(classes, pairs, placed, _today(classes, pairs, today), step_km)
    unit_of, by_area = _spread(classes, flows, today)
    known = classes.of != UNKNOWN
    left = [place for place, unit in enumerate(unit_of) if unit == NOBODY and known[place]]
    load = dict.fromkeys(number, 0)
    for unit in unit_of:
        if unit != NOBODY:
            load[units[unit].name] += 1
    both = [(new, old) for new, old in zip(unit_of, today, strict=True) if old != NOBODY]
    return Assignment(
        tuple(units[unit].name if unit != NOBODY else None for unit in unit_of),
        tuple((By.INDUSTRY, By.TERRITORY, None)[kind] for kind in by_area),
        load,
        tuple(Left(firms.names[one], firms.industries[one], firms.areas[one]) for one in left),
        shortages,
        tuple(name for name, is_known in zip(firms.names, known, strict=True) if not is_known),
        sum(new == old for new, old in both),
        sum(new != old for new, old in both),
        _mean_km(firms, classes, unit_of),
        step,
    )


def _today(classes: Classes, pairs: Pairs, today: Sequence[int]) -> np.ndarray:
    """Of each pair: how many of the class have this unit today."""
    import numpy as np

    units = len(classes.capacity)
    now = np.array(today, dtype=np.int64)
    has = (now != NOBODY) & (classes.of != UNKNOWN)
    keys, counts = np.unique(classes.of[has] * units + now[has], return_counts=True)
    wanted = pairs.one * units + pairs.unit
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, counts[at], 0).astype(np.int64)


def _spread(classes: Classes, flows: Flows, today: Sequence[int]) -> tuple[list[int], list[int]]:
    """Firms of a class to the units of the class: who is there stays, the others in their order."""
    rooms: dict[int, dict[int, int]] = {}
    kinds: dict[tuple[int, int], int] = {}
    for one, unit, kind, count in zip(
        flows.one.tolist(),
        flows.unit.tolist(),
        flows.by_area.tolist(),
        flows.count.tolist(),
        strict=True,
    ):
        rooms.setdefault(one, {})[unit] = count
        kinds[one, unit] = kind
    unit_of, by_area = [NOBODY] * len(today), [2] * len(today)
    of = classes.of.tolist()
    for staying in (True, False):
        for firm, one in enumerate(of):
            room = rooms.get(one)
            if not room or unit_of[firm] != NOBODY:
                continue
            unit = today[firm] if staying else next(iter(room))
            if unit in room:
                unit_of[firm], by_area[firm] = unit, kinds[one, unit]
                room[unit] -= 1
                if not room[unit]:
                    del room[unit]
    return unit_of, by_area


def _mean_km(firms: Firms, classes: Classes, unit_of: Sequence[int]) -> float | None:
    import numpy as np

    units = np.array(unit_of, dtype=np.int64)
    placed = units != NOBODY
    apart = places_of(firms.places, len(firms.names))[placed] - classes.unit_place[units[placed]]
    ways = np.hypot(apart[:, 0], apart[:, 1])
    known = ways[~np.isnan(ways)]
    return float(known.mean()) if len(known) else None

"""Grids by industry: whole industries first, cut only where balance asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from lianshang.engines.partition.asked import Wishes
from lianshang.engines.partition.ground import Ground
from lianshang.engines.partition.mending import mend
from lianshang.engines.partition.redrawing import NOWHERE, preference, relabelled
from lianshang.engines.partition.search import Search, Taste, moves_for
from lianshang.engines.partition.settling import settle
from lianshang.engines.partition.state import State

NEAREST = 8
Plan = dict[str, list[tuple[int, float]]]  # industry → its grids, with the load planned for each


def planned(loads: dict[str, int], grids: int, tolerance: float) -> Plan:
    """Which grids each industry goes to. Those that fill grids by themselves get them whole."""
    mean = sum(loads.values()) / grids
    best = None
    for absorb in (tolerance, 0.0):
        plan = _plan(loads, grids, mean, absorb)
        carried = [0.0] * grids
        for shares in plan.values():
            for grid, load in shares:
                carried[grid] += load
        worst = max(abs(load / mean - 1) for load in carried)
        if worst <= tolerance:
            return plan
        if best is None or worst < best[0]:
            best = (worst, plan)
    assert best is not None
    return best[1]


def _plan(loads: dict[str, int], grids: int, mean: float, absorb: float) -> Plan:
    plan: Plan = {industry: [] for industry in loads}
    rest: list[tuple[float, str]] = []
    next_grid = 0
    for industry, load in sorted(loads.items(), key=lambda one: (-one[1], one[0])):
        near, left = round(load / mean), float(load)
        fits = near >= 1 and abs(load / (near * mean) - 1) <= absorb
        count = min(near if fits else int(load / mean + 1e-9), grids - next_grid)
        share = load / count if fits and count == near else mean
        plan[industry] = [(next_grid + place, share) for place in range(count)]
        next_grid += count
        left -= share * count
        if left > 1e-6:
            rest.append((left, industry))
    bins = [0.0] * (grids - next_grid)
    if not bins:
        for left, industry in rest:
            last = plan[industry][-1][0] if plan[industry] else grids - 1
            plan[industry].append((last, left))
        return plan
    whole = _whole(rest, len(bins))
    level = sum(load for load, _ in rest) / len(bins)
    if max(abs(sum(load for load, _ in one) - level) for one in whole) > absorb * mean:
        whole = _cut(rest, len(bins), level, absorb * mean)
    for place, held in enumerate(whole):
        for left, industry in held:
            plan[industry].append((next_grid + place, left))
    return plan


def _whole(rest: list[tuple[float, str]], bins: int) -> list[list[tuple[float, str]]]:
    """No industry cut: the heaviest first, each into the emptiest."""
    found: list[list[tuple[float, str]]] = [[] for _ in range(bins)]
    filled = [0.0] * bins
    for load, industry in sorted(rest, key=lambda one: (-one[0], one[1])):
        place = filled.index(min(filled))
        filled[place] += load
        found[place].append((load, industry))
    return found


def _cut(
    rest: list[tuple[float, str]], bins: int, level: float, slack: float
) -> list[list[tuple[float, str]]]:
    """As few cuts as filling up one after the other needs: each into the fullest it fits into."""
    found: list[list[tuple[float, str]]] = [[] for _ in range(bins)]
    room = [level] * bins
    waiting = sorted(rest, key=lambda one: (-one[0], one[1]))
    while waiting:
        load, industry = waiting.pop(0)
        fits = [place for place in range(bins) if room[place] + slack >= load]
        if fits:
            place = min(fits, key=lambda one: (room[one], one))
            taken = load
        else:
            place = max(range(bins), key=lambda one: (room[one], -one))
            taken = max(min(load, room[place]), load if room[place] <= 1e-9 else 0.0)
        room[place] -= taken
        found[place].append((taken, industry))
        if load - taken > 1e-6:
            waiting.append((load - taken, industry))
            waiting.sort(key=lambda one: (-one[0], one[1]))
    return found


def by_industry(ground: Ground, industries: Sequence[str], wishes: Wishes) -> State:
    """Plots in grids of their industry, each industry's plots near each other."""
    plots = _plots(industries)
    loads = {name: sum(ground.load[plot] for plot in own) for name, own in plots.items()}
    plan = planned(loads, wishes.grids, wishes.tolerance)
    of, allowed = [0] * ground.size, [frozenset[int]()] * ground.size
    for industry, own in plots.items():
        shares = plan[industry] or [(wishes.grids - 1, 0.0)]
        _divide(ground, own, shares, of)
        for plot in own:
            allowed[plot] = frozenset(grid for grid, _ in shares)
    state = State(_by_trade(ground, plots), of, wishes.grids, wishes.tolerance)
    if 0 in state.count:
        _fill(state, ground)
    search = Search(state, Taste(contiguous=False, heat=0.8, allowed=allowed))
    search.run(wishes.seed, moves_for(ground.size, wishes.effort) // 2)
    settle(state, search)
    return state


def eased_by_industry(
    ground: Ground, industries: Sequence[str], home: list[int], wishes: Wishes
) -> State:
    """From the present: plots move between grids that have their industry today."""
    plots = _plots(industries)
    of, allowed = list(home), [frozenset[int]()] * ground.size
    for own in plots.values():
        grids = sorted({home[plot] for plot in own} - {NOWHERE})
        for plot in own:
            allowed[plot] = frozenset(grids)
            if home[plot] == NOWHERE:
                of[plot] = grids[0] if grids else 0
    state = State(_by_trade(ground, plots), of, wishes.grids, wishes.tolerance)
    if 0 not in state.count and state.excess() <= 0:
        return state
    found = [relabelled(by_industry(ground, industries, wishes), home)]
    if 0 not in state.count:
        taste = Taste(contiguous=False, distance=0.1, home=home, stay=3.0, allowed=allowed)
        settle(state, Search(state, taste))
        found.append(state)
    return min(found, key=lambda one: preference(one, home))


def _plots(industries: Sequence[str]) -> dict[str, list[int]]:
    plots: dict[str, list[int]] = {}
    for plot, industry in enumerate(industries):
        plots.setdefault(industry, []).append(plot)
    return plots


def _by_trade(ground: Ground, plots: dict[str, list[int]]) -> Ground:
    """The same plots; neighbours are the nearest of the same industry."""
    near = [list[int]() for _ in range(ground.size)]
    for own in plots.values():
        _nearest(ground, own, near)
    return Ground(ground.load, ground.x, ground.y, near, ground.area, ground.block)


def _fill(state: State, ground: Ground) -> None:
    """More grids than industries and plots suggest: take from the heaviest."""
    whole = State(ground, state.of, state.grids, 1.0)
    mend(whole)
    for plot, grid in enumerate(whole.of):
        if not state.count[grid] and state.count[state.of[plot]] > 1:
            state.move(plot, grid)


def _divide(
    ground: Ground, plots: list[int], shares: Sequence[tuple[int, float]], of: list[int]
) -> None:
    """Halve along the longer side until every share has its plots."""
    if len(shares) == 1:
        for plot in plots:
            of[plot] = shares[0][0]
        return
    first, second = shares[: len(shares) // 2], shares[len(shares) // 2 :]
    part = sum(load for _, load in first) / (sum(load for _, load in shares) or 1.0)
    wide = [max(side[plot] for plot in plots) - min(side[plot] for plot in plots)
            for side in (ground.x, ground.y)] if plots else [0.0, 0.0]  # fmt: skip
    side, across = (ground.x, ground.y) if wide[0] >= wide[1] else (ground.y, ground.x)
    ordered = sorted(plots, key=lambda plot: (side[plot], across[plot], plot))
    target, filled, at = part * sum(ground.load[plot] for plot in plots), 0.0, 0
    while at < len(ordered) and filled + ground.load[ordered[at]] / 2 <= target:
        filled += ground.load[ordered[at]]
        at += 1
    _divide(ground, ordered[:at], first, of)
    _divide(ground, ordered[at:], second, of)


def _nearest(ground: Ground, plots: list[int], near: list[list[int]]) -> None:
    """The nearest plots of the same industry, both ways."""
    import numpy as np

    xy = np.array([(ground.x[plot], ground.y[plot]) for plot in plots])
    pairs = set()
    for here in range(len(plots)):
        ways = np.hypot(*(xy - xy[here]).T)
        for there in np.argsort(ways, kind="stable")[: NEAREST + 1].tolist():
            if there != here:
                pairs.add((min(here, there), max(here, there)))
    for one, other in sorted(pairs):
        near[plots[one]].append(plots[other])
        near[plots[other]].append(plots[one])

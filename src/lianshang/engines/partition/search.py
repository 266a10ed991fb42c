"""Local search: boundary moves, cooled slowly, that keep grids in one piece."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from lianshang.engines.partition.state import State

AIM = 0.9  # of the tolerance: what the search aims at, so that the end is well within
MOST_MOVES = 600_000


@dataclass(frozen=True)
class Taste:
    """What a search likes, in kilometres per unit of load."""

    contiguous: bool = True
    heat: float = 1.6  # at the beginning, in steps between neighbours × the usual load of a plot
    distance: float = 1.0
    # home: the grid a plot is in today (-1: none); staying is worth so many steps
    home: Sequence[int] = ()
    stay: float = 0.0
    # plots of one area that should stay together: plot → its neighbours in the same area
    ties: Sequence[Sequence[int]] = ()
    tie: float = 1.0
    allowed: Sequence[frozenset[int]] = field(default=())  # plot → grids it may be in


class Search:
    """One cooling. The pressure towards balance grows while the heat falls."""

    def __init__(self, state: State, taste: Taste) -> None:
        self.state, self.taste = state, taste
        ground = state.ground
        self.step = ground.step()
        self.unit = self.step * ground.total / ground.size
        self.stay = taste.stay * self.step
        self.tie = taste.tie * self.unit

    def run(self, seed: int, moves: int) -> None:
        import numpy as np

        state, taste = self.state, self.taste
        size = state.ground.size
        chance = np.random.default_rng(seed)
        plots = chance.integers(0, size, moves).tolist()
        picks = chance.random(moves).tolist()
        luck = np.log(np.maximum(chance.random(moves), 1e-300)).tolist()
        along = np.linspace(0, 1, moves)
        heats = (taste.heat * self.unit * 0.015**along).tolist()
        presses = (3 * self.step * 10**along).tolist()
        slack, state.slack = state.slack, state.slack * AIM
        near, of = state.ground.near, state.of
        for plot, pick, lucky, heat, press in zip(plots, picks, luck, heats, presses, strict=True):
            own = of[plot]
            others = [of[other] for other in near[plot] if of[other] != own]
            if not others:
                continue
            grid = others[int(pick * len(others))]
            worse = self.worse(plot, own, grid) - press * state.eases(plot, grid)
            if worse > -heat * lucky:
                continue
            if self.permits(plot, grid):
                state.move(plot, grid)
        state.slack = slack

    def worse(self, plot: int, own: int, grid: int) -> float:
        """What a move costs, balance left aside."""
        state, taste = self.state, self.taste
        load = state.ground.load[plot] or 0.01
        cost = load * taste.distance * (state.way(plot, grid) - state.way(plot, own))
        if taste.home:
            home = taste.home[plot]
            cost += load * self.stay * ((own == home) - (grid == home))
        if taste.ties and taste.ties[plot]:
            ours = [state.of[other] for other in taste.ties[plot]]
            cost += self.tie * (ours.count(own) - ours.count(grid))
        return cost

    def permits(self, plot: int, grid: int) -> bool:
        state, taste = self.state, self.taste
        if taste.allowed and grid not in taste.allowed[plot]:
            return False
        if not taste.contiguous:
            return state.count[state.of[plot]] > 1
        return state.may_leave(plot)


def moves_for(size: int, effort: int) -> int:
    return min(max(size * effort, 5_000), MOST_MOVES)


def tension(state: State) -> tuple[float, float]:
    """Smaller is better: first what lies outside the tolerance, then distance."""
    worst = max(map(state.over, state.load))
    return (worst if worst > 0 else 0.0, math.fsum([state.distance()]))

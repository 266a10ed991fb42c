"""Named borders: areas are kept whole as far as balance allows, and taken apart one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lianshang.engines.partition.ground import Ground
from lianshang.engines.partition.nearness import components
from lianshang.engines.partition.search import Search, Taste
from lianshang.engines.partition.settling import settle
from lianshang.engines.partition.state import State

LATER = 0.4  # heat when an area has been taken apart: most of the partition should stay
Make = Callable[[Ground, list[list[int]], list[list[int]]], State]


@dataclass
class Wholes:
    """Which plots are moved together, and which areas have been taken apart."""

    ground: Ground
    whole: list[list[int]]
    open: list[list[int]]

    def groups(self) -> list[list[int]]:
        bound = {plot for piece in self.whole for plot in piece}
        singles = [[plot] for plot in range(self.ground.size) if plot not in bound]
        return sorted([*self.whole, *singles])

    def ties(self, groups: list[list[int]]) -> list[list[int]]:
        """Of a plot of an area taken apart: its neighbours in the same area."""
        number = {group[0]: place for place, group in enumerate(groups) if len(group) == 1}
        ties: list[list[int]] = [[] for _ in groups]
        for piece in self.open:
            inside = set(piece)
            for plot in piece:
                near = self.ground.near[plot]
                ties[number[plot]] = [number[other] for other in near if other in inside]
        return ties

    def take_apart(self, piece: list[int]) -> None:
        self.whole.remove(piece)
        self.open.append(piece)


def areas_of(ground: Ground) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for plot, area in enumerate(ground.area):
        if area is not None:
            found.setdefault(area, []).append(plot)
    return dict(sorted(found.items()))


def wholes_of(ground: Ground, most: float, keep: Callable[[list[int]], bool]) -> Wholes:
    """Every piece of an area that one grid can carry is a whole."""
    wholes = Wholes(ground, [], [])
    for plots in areas_of(ground).values():
        for piece in components(ground.near, plots):
            fits = sum(ground.load[plot] for plot in piece) <= most
            (wholes.whole if fits and keep(piece) else wholes.open).append(piece)
    wholes.whole = [piece for piece in wholes.whole if len(piece) > 1]
    return wholes


def drawn_whole(wholes: Wholes, bounds: tuple[int, float], make: Make, taste: Taste) -> State:
    """Partition with areas whole; where balance fails, take apart what is in the way."""
    (grids, tolerance), ground = bounds, wholes.ground
    while len(wholes.groups()) < min(2 * grids, ground.size) and wholes.whole:
        wholes.take_apart(max(wholes.whole, key=lambda piece: (_load(ground, piece), piece)))
    groups = wholes.groups()
    state = make(ground.together(groups), groups, wholes.ties(groups))
    of = lift(state, groups, ground.size)
    seed = 0
    while state.excess() > 0 and wholes.whole:
        seed += 1
        for piece in _in_the_way(State(ground, of, grids, tolerance), wholes):
            wholes.take_apart(piece)
        groups = wholes.groups()
        state, of = _again(wholes, groups, of, (grids, tolerance, seed), taste)
    if seed and state.excess() > 0:  # nothing is whole any more: begin again without haste
        of = make(ground.together(groups), groups, wholes.ties(groups)).of
    found = State(ground, of, grids, tolerance)
    for piece in sorted(wholes.open, key=lambda one: (_load(ground, one), one)):
        _glue(found, piece)
    return found


def lift(state: State, groups: Sequence[Sequence[int]], size: int) -> list[int]:
    """From the plots put together back to the plots."""
    of = [0] * size
    for group, grid in zip(groups, state.of, strict=True):
        for plot in group:
            of[plot] = grid
    return of


def _again(
    wholes: Wholes,
    groups: list[list[int]],
    of: list[int],
    bounds: tuple[int, float, int],
    taste: Taste,
) -> tuple[State, list[int]]:
    """A short cooling from where we are, with more freedom."""
    grids, tolerance, seed = bounds
    ground = wholes.ground.together(groups)
    state = State(ground, [of[group[0]] for group in groups], grids, tolerance)
    home = [taste.home[group[0]] for group in groups] if taste.home else []
    ties = wholes.ties(groups)
    search = Search(
        state, Taste(heat=LATER, distance=taste.distance, home=home, stay=taste.stay, ties=ties)
    )
    search.run(seed, min(ground.size * 60, 200_000))
    settle(state, search)
    return state, lift(state, groups, wholes.ground.size)


def _in_the_way(state: State, wholes: Wholes) -> list[list[int]]:
    """For each grid out of balance: the heaviest whole area in it, or beside it."""
    found: list[list[int]] = []
    for grid in range(state.grids):
        if not state.over(state.load[grid]):
            continue
        beside = {grid} | {
            other
            for plot, own in enumerate(state.of)
            if own == grid
            for other in state.beside(plot)
        }
        inside = [piece for piece in wholes.whole if state.of[piece[0]] == grid]
        around = [piece for piece in wholes.whole if state.of[piece[0]] in beside]
        found += _heaviest(state.ground, inside or around)
    found = found or _heaviest(state.ground, wholes.whole)
    return [piece for place, piece in enumerate(found) if piece not in found[:place]]


def _heaviest(ground: Ground, pieces: list[list[int]]) -> list[list[int]]:
    return [max(pieces, key=lambda piece: (_load(ground, piece), piece))] if pieces else []


def _glue(state: State, piece: list[int]) -> None:
    """Put an area that was taken apart into one grid again, if all stays right."""
    before = {plot: state.of[plot] for plot in piece}
    held: dict[int, int] = {}
    for plot, grid in before.items():
        held[grid] = held.get(grid, 0) + state.ground.load[plot]
    if len(held) == 1:
        return
    excess = state.excess()
    for grid in sorted(held, key=lambda one: (-held[one], one)):
        for plot in piece:
            state.move(plot, grid)
        if state.excess() <= excess and all(len(state.pieces(one)) == 1 for one in held):
            return
        for plot, own in before.items():
            state.move(plot, own)
    for grid in sorted(held, key=lambda one: (held[one], one))[:-1]:
        for fragment in components(
            state.ground.near, [one for one in piece if before[one] == grid]
        ):
            _hand_over(state, fragment, held)


def _hand_over(state: State, fragment: list[int], held: dict[int, int]) -> None:
    """Give what a grid has of an area to one that has more of it, if all stays right."""
    own, excess = state.of[fragment[0]], state.excess()
    beside = {grid for plot in fragment for grid in state.beside(plot)}
    for grid in sorted(beside & set(held), key=lambda one: (-held[one], one)):
        if held[grid] <= held[own]:
            return
        for plot in fragment:
            state.move(plot, grid)
        if state.count[own] and state.excess() <= excess and len(state.pieces(own)) == 1:
            held[grid] += _load(state.ground, fragment)
            held[own] -= _load(state.ground, fragment)
            return
        for plot in fragment:
            state.move(plot, own)


def _load(ground: Ground, piece: list[int]) -> int:
    return sum(ground.load[plot] for plot in piece)

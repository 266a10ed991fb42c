"""From a finished partition to the answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lianshang.engines.partition.answer import Cut, Drawing, Grid, Heavy, Move, Part, Why
from lianshang.engines.partition.asked import Block, Hold, Share, Wishes
from lianshang.engines.partition.ground import Ground
from lianshang.engines.partition.nearness import Bridge, components
from lianshang.engines.partition.redrawing import least
from lianshang.engines.partition.state import State

Loads = dict[str | None, dict[int, int]]  # area or industry → grid → load


@dataclass(frozen=True)
class Reader:
    """Reads one partition. `numbers` are the grids' names, `home` where plots are today."""

    blocks: Sequence[Block]
    ground: Ground
    state: State
    numbers: Sequence[int]
    wishes: Wishes
    bridges: Sequence[Bridge]
    home: Sequence[int | None] | None

    def drawing(self) -> Drawing:
        state = self.state
        areas, industries = self._by(lambda one: one.area), self._by(lambda one: one.industry)
        return Drawing(
            tuple(self._grid(grid, areas, industries) for grid in self._order()),
            self._where(),
            state.mean,
            self.wishes.tolerance,
            state.distance() / self.ground.total,
            tuple(self._heavy()),
            tuple(self._cut(areas, self._why_area)) if any(one.area for one in self.blocks) else (),
            self._cut_industries(industries),
            tuple(self.bridges),
            self._move() if self.home is not None else None,
        )

    def _order(self) -> list[int]:
        return sorted(range(self.state.grids), key=lambda grid: self.numbers[grid])

    def _block(self, plot: int) -> Block:
        return self.blocks[self.ground.block[plot][0]]

    def _plots(self, grid: int) -> list[int]:
        return [plot for plot, own in enumerate(self.state.of) if own == grid]

    def _by(self, key: Callable[[Block], str | None]) -> Loads:
        found: Loads = {}
        for plot, grid in enumerate(self.state.of):
            held = found.setdefault(key(self._block(plot)), {})
            held[grid] = held.get(grid, 0) + self.ground.load[plot]
        return found

    def _grid(self, grid: int, areas: Loads, industries: Loads) -> Grid:
        state, plots = self.state, self._plots(grid)
        load = state.load[grid]
        x, y = self.ground.centre(plots)
        ways = sum(self.ground.load[plot] * state.way(plot, grid) for plot in plots)
        return Grid(
            self.numbers[grid],
            load,
            load / state.mean - 1,
            x,
            y,
            ways / load if load else 0.0,
            tuple(dict.fromkeys(self._block(plot).name for plot in plots)),
            len(components(self.ground.near, plots)),
            self.wishes.hold,
            _parts(areas, grid),
            _parts(industries, grid),
        )

    def _where(self) -> Mapping[str, tuple[Share, ...]]:
        found: dict[str, dict[int, int]] = {block.name: {} for block in self.blocks}
        for plot, grid in enumerate(self.state.of):
            held, number = found[self._block(plot).name], self.numbers[grid]
            held[number] = held.get(number, 0) + self.ground.load[plot]
        return {
            name: tuple(Share(number, load) for number, load in sorted(held.items()))
            for name, held in found.items()
        }

    def _heavy(self) -> list[Heavy]:
        parts: dict[int, list[int]] = {}
        for plot, (place, *_) in enumerate(self.ground.block):
            parts.setdefault(place, []).append(plot)
        found = []
        for place, plots in parts.items():
            if len(plots) > 1:
                block = self.blocks[place]
                loads = tuple(self.ground.load[plot] for plot in plots)
                grids = sorted({self.numbers[self.state.of[plot]] for plot in plots})
                times = block.load / self.state.mean
                found.append(Heavy(block.name, block.load, times, loads, tuple(grids)))
        return found

    def _cut(self, loads: Loads, why: Callable[[str, int], Why]) -> list[Cut]:
        found, mean = [], self.state.mean
        for name, held in sorted(loads.items(), key=lambda one: one[0] or ""):
            if name is None or len(held) == 1:
                continue
            total = sum(held.values())
            most = max(held, key=lambda grid: (held[grid], -grid))
            whole = self.state.load[most] - held[most] + total
            shares = sorted(
                (Share(self.numbers[grid], load) for grid, load in held.items()),
                key=lambda share: (-share.load, share.grid),
            )
            found.append(
                Cut(name, total, total / mean, tuple(shares), why(name, total), whole / mean - 1)
            )
        return found

    def _why_area(self, name: str, load: int) -> Why:
        """The first reason that is enough."""
        plots = [plot for plot in range(self.ground.size) if self._block(plot).area == name]
        if not self.wishes.keep_areas or self.wishes.hold is Hold.INDUSTRY:
            return Why.ASKED
        if self.home is not None and len({self.home[plot] for plot in plots} - {None}) > 1:
            return Why.PRESENT
        if load > (1 + self.wishes.tolerance) * self.state.mean:
            return Why.HEAVY
        pieces = components(self.ground.near, plots)
        if all(len({self.state.of[plot] for plot in piece}) == 1 for piece in pieces):
            return Why.PIECES
        return Why.BALANCE

    def _cut_industries(self, industries: Loads) -> tuple[Cut, ...]:
        if self.wishes.hold is not Hold.INDUSTRY:
            return ()
        most = (1 + self.wishes.tolerance) * self.state.mean
        return tuple(
            self._cut(industries, lambda _, load: Why.HEAVY if load > most else Why.BALANCE)
        )

    def _move(self) -> Move:
        moved: dict[tuple[str, int, int], int] = {}
        today: dict[int, int] = dict.fromkeys(self.numbers, 0)
        known = 0
        for plot, before in enumerate(self.home or ()):
            if before is None:
                continue
            load, now = self.ground.load[plot], self.numbers[self.state.of[plot]]
            known += load
            today[before] = today.get(before, 0) + load
            if now != before:
                key = (self._block(plot).name, before, now)
                moved[key] = moved.get(key, 0) + load
        total = sum(moved.values())
        blocks = tuple(
            (name, load, before, now) for (name, before, now), load in sorted(moved.items())
        )
        arrived = self.ground.total - known  # may fill what is light; never lightens what is heavy
        floor = least(today, set(self.numbers), self.state.mean, self.wishes.tolerance, arrived)
        return Move(total, total / known if known else 0.0, floor, blocks)


def _parts(loads: Loads, grid: int) -> tuple[Part, ...]:
    if set(loads) == {None}:
        return ()
    found = [Part(name, held[grid], len(held) == 1) for name, held in loads.items() if grid in held]
    return tuple(sorted(found, key=lambda part: (-part.load, part.name or "")))

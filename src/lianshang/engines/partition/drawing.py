"""Design grids: from blocks and neighbours to a drawing. docs/partition.md says how."""

from collections.abc import Iterable, Sequence

from lianshang.engines.partition.answer import Drawing
from lianshang.engines.partition.areas import drawn_whole, wholes_of
from lianshang.engines.partition.asked import Block, Hold, Present, Wishes, refuse_bad
from lianshang.engines.partition.ground import Ground, lay
from lianshang.engines.partition.industries import by_industry, eased_by_industry
from lianshang.engines.partition.reading import Reader
from lianshang.engines.partition.redrawing import NOWHERE, homes, numbering, redraw
from lianshang.engines.partition.search import Taste
from lianshang.engines.partition.starting import fresh
from lianshang.engines.partition.state import State


def draw(
    blocks: Sequence[Block],
    neighbours: Iterable[tuple[str, str]],
    wishes: Wishes,
    present: Present | None = None,
) -> Drawing:
    """Grids of nearly equal load. With `present`, as few firms as possible change theirs.

    The same input gives the same output. Grids are numbered from west to east; a re-drawing keeps
    the numbers of today and gives new grids the next ones.
    """
    pairs = list(neighbours)
    refuse_bad(blocks, pairs)
    mean = sum(block.load for block in blocks) / wishes.grids
    ground, bridges = lay(blocks, pairs, mean)
    if ground.size < wishes.grids:
        raise ValueError(f"{ground.size} blocks cannot make {wishes.grids} grids")
    if present:
        today = homes(ground, blocks, present)
        numbers = numbering(today, ground.load, wishes.grids)
        place = {number: grid for grid, number in enumerate(numbers)}
        home = [place.get(one, NOWHERE) if one is not None else NOWHERE for one in today]
        state = _again(ground, blocks, home, wishes)
        return Reader(blocks, ground, state, numbers, wishes, bridges, today).drawing()
    state = _anew(ground, blocks, wishes)
    numbers = _from_west(state)
    return Reader(blocks, ground, state, numbers, wishes, bridges, None).drawing()


def _anew(ground: Ground, blocks: Sequence[Block], wishes: Wishes) -> State:
    if wishes.hold is Hold.INDUSTRY:
        return by_industry(ground, _industries(ground, blocks), wishes)

    def make(put: Ground, groups: list[list[int]], ties: list[list[int]]) -> State:
        assert len(groups) == put.size
        return fresh(put, wishes, ties)

    most = (1 + wishes.tolerance) * ground.total / wishes.grids
    wholes = wholes_of(ground, most, lambda _: wishes.keep_areas)
    if not wishes.keep_areas:
        wholes.open.clear()
    return drawn_whole(wholes, (wishes.grids, wishes.tolerance), make, Taste())


def _again(ground: Ground, blocks: Sequence[Block], home: list[int], wishes: Wishes) -> State:
    if all(grid == NOWHERE for grid in home):
        return _anew(ground, blocks, wishes)
    if wishes.hold is Hold.INDUSTRY:
        return eased_by_industry(ground, _industries(ground, blocks), home, wishes)
    return redraw(ground, home, wishes, lambda: _anew(ground, blocks, wishes))


def _industries(ground: Ground, blocks: Sequence[Block]) -> list[str]:
    """Of each plot; plots whose industry is not known hold together as one."""
    return [blocks[place].industry or "" for place, *_ in ground.block]


def _from_west(state: State) -> list[int]:
    centres = []
    for grid in range(state.grids):
        plots = [plot for plot, own in enumerate(state.of) if own == grid]
        centres.append((*state.ground.centre(plots), grid))
    numbers = [0] * state.grids
    for number, (*_, grid) in enumerate(sorted(centres), 1):
        numbers[grid] = number
    return numbers

"""Load that has to pass through grids that are full."""

from lianshang.engines.partition.asked import Block
from lianshang.engines.partition.ground import lay
from lianshang.engines.partition.search import Search, Taste
from lianshang.engines.partition.settling import settle
from lianshang.engines.partition.state import State


def test_what_is_too_much_at_one_end_reaches_the_room_at_the_other() -> None:
    # 40, 30, 30, 20: no single move and no pair of moves brings this nearer to balance.
    blocks = [Block(str(place), 10, float(place), 0.0) for place in range(12)]
    pairs = [(str(place), str(place + 1)) for place in range(11)]
    ground, _ = lay(blocks, pairs, mean=30)
    state = State(ground, [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3], 4, 0.05)

    settle(state, Search(state, Taste()))

    assert state.of == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]

"""The last steps of a search: descent towards balance, then towards what is liked."""

from lianshang.engines.partition.chains import hand_on
from lianshang.engines.partition.search import Search
from lianshang.engines.partition.state import State

STEPS = 2_000  # towards balance


def settle(state: State, search: Search) -> None:
    """Descend: first towards balance, by one move or two together, then towards what is liked."""
    for _ in range(STEPS):
        if state.excess() <= 0 or not _eased(state, search):
            break
    for _ in range(10):
        if not _sweep(state, search):
            return


def _eased(state: State, search: Search) -> bool:
    """One step towards balance: much at once, else one plot, else two together."""
    return hand_on(state, search) or _one_move(state, search) or _two_moves(state, search)


def _sweep(state: State, search: Search) -> bool:
    """Take every move that is liked and costs no balance."""
    found = False
    for plot in range(state.ground.size):
        for grid in state.beside(plot):
            own = state.of[plot]
            if (
                state.eases(plot, grid) >= 0
                and search.worse(plot, own, grid) < -1e-9
                and search.permits(plot, grid)
            ):
                state.move(plot, grid)
                found = True
                break
    return found


def _one_move(state: State, search: Search) -> bool:
    """The move that brings most balance for what it costs."""
    for _, plot, grid in sorted(_easing(state, search)):
        if search.permits(plot, grid):
            state.move(plot, grid)
            return True
    return False


def _easing(state: State, search: Search) -> list[tuple[float, int, int]]:
    found = []
    for plot in range(state.ground.size):
        for grid in state.beside(plot):
            eases = state.eases(plot, grid)
            if eases > 1e-9:
                cost = search.worse(plot, state.of[plot], grid)
                found.append((cost - 10 * search.step * eases, plot, grid))
    return found


def _two_moves(state: State, search: Search) -> bool:
    """Two moves that together bring balance: a swap, or one that makes room for the other."""
    off = {grid for grid, load in enumerate(state.load) if state.over(load)}
    border = [(plot, grid) for plot in range(state.ground.size) for grid in state.beside(plot)]
    for plot, grid in border:
        own = state.of[plot]
        if not off & {own, grid} or not search.permits(plot, grid):
            continue
        before = state.excess()
        state.move(plot, grid)
        for other, there in border:
            here = state.of[other]
            if other == plot or here not in {own, grid} or there == here:
                continue
            if there in state.beside(other):
                gain = before - state.excess() + state.eases(other, there)
                if gain > 1e-9 and search.permits(other, there):
                    state.move(other, there)
                    return True
        state.move(plot, own)
    return False

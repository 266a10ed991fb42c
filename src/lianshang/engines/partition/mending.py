"""Making a partition right before it is made good: no empty grid, no grid in pieces."""

from lianshang.engines.partition.state import State


def mend(state: State) -> None:
    """Fill empty grids, then give what lies apart from its grid to a neighbour."""
    for grid in range(state.grids):
        if not state.count[grid]:
            _fill(state, grid)
    for _ in range(state.ground.size):
        if not _gather(state):
            return


def _fill(state: State, grid: int) -> None:
    """Give an empty grid one plot of the heaviest that can spare one."""
    for own in sorted(range(state.grids), key=lambda one: (-state.load[one], one)):
        plots = [plot for plot, of in enumerate(state.of) if of == own]
        for plot in sorted(plots, key=lambda one: (-state.way(one, own), one)):
            if state.may_leave(plot):
                state.move(plot, grid)
                return
    raise ValueError("fewer plots than grids")


def _gather(state: State) -> bool:
    """Each grid keeps its heaviest piece; the others go to the lightest grid beside them."""
    loose: list[list[int]] = []
    for grid in range(state.grids):
        pieces = state.pieces(grid)
        pieces.sort(key=lambda piece: (-sum(state.ground.load[one] for one in piece), piece))
        loose += pieces[1:]
    for piece in loose:
        grids = {grid for plot in piece for grid in state.beside(plot)}
        if grids:
            grid = min(grids, key=lambda one: (state.load[one], one))
            for plot in piece:
                state.move(plot, grid)
    return bool(loose)

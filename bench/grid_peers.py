"""What others make of the same ground. Each takes a zone and a seed and gives a grid per block."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from bench.grid_zones import Zone
from lianshang.engines.partition import Firms, Taker

Peer = Callable[[Zone, int], list[int]]
RECOM_SECONDS = 60


def metis(zone: Zone, seed: int) -> list[int]:
    """METIS alone, as its handbook would: contiguous, k-way, 3 % tolerance."""
    import pymetis

    _, load, pairs = zone.arrays()
    near: list[list[int]] = [[] for _ in load]
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    options = pymetis.Options(ufactor=30, contig=1, seed=seed)
    _, of = pymetis.part_graph(
        zone.grids, near, vweights=load.tolist(), recursive=False, options=options
    )
    return [int(grid) for grid in of]


def kmeans(zone: Zone, seed: int) -> list[int]:
    """No balance, no borders: how near a centre can be at best, or almost."""
    from sklearn.cluster import KMeans

    xy, load, _ = zone.arrays()
    found = KMeans(zone.grids, n_init=10, random_state=seed).fit(xy, sample_weight=load)
    return found.labels_.tolist()


def constrained(zone: Zone, seed: int) -> list[int]:
    """k-means-constrained knows no weights: as many points at a block as it has parts of load.

    A block goes where most of its points are.
    """
    from k_means_constrained import KMeansConstrained

    xy, load, _ = zone.arrays()
    points = np.maximum(np.rint(load / load.sum() * 4_000).astype(int), 1)
    which = np.repeat(np.arange(len(load)), points)
    mean = len(which) / zone.grids
    solver = KMeansConstrained(
        zone.grids,
        size_min=int(mean * 0.95),
        size_max=int(np.ceil(mean * 1.05)),
        n_init=1,
        max_iter=20,
        random_state=seed,
    )
    labels = solver.fit_predict(xy[which])
    votes = np.zeros((len(load), zone.grids))
    np.add.at(votes, (which, labels), 1)
    return votes.argmax(1).tolist()


def recom(zone: Zone, seed: int) -> list[int]:
    """GerryChain's ReCom for a minute; the most compact plan on the way."""
    import random

    import networkx
    from gerrychain import Graph, MarkovChain, Partition, accept, constraints, updaters
    from gerrychain.proposals import recom as propose

    random.seed(seed)
    _, load, pairs = zone.arrays()
    graph = networkx.Graph(pairs)
    networkx.set_node_attributes(graph, dict(enumerate(load.tolist())), "load")
    ideal = load.sum() / zone.grids
    tally = {"load": updaters.Tally("load", alias="load")}
    first = Partition.from_random_assignment(
        Graph.from_networkx(graph), zone.grids, 0.05, "load", tally
    )
    chain = MarkovChain(
        partial(propose, pop_col="load", pop_target=ideal, epsilon=0.05, node_repeats=0),
        [constraints.within_percent_of_ideal_population(first, 0.05, "load")],
        accept.always_accept,
        first,
        1_000_000,
    )
    best, until = (np.inf, [0] * len(load)), time.monotonic() + RECOM_SECONDS
    for plan in chain:
        names = {name: number for number, name in enumerate(plan.parts)}
        of = [names[plan.assignment[plan.graph.internal_node_id_for_original_nx_node_id(one)]]
              for one in range(len(load))]  # fmt: skip
        best = min(best, (mean_distance(zone, of), of))
        if time.monotonic() > until:
            break
    return best[1]


def installed() -> dict[str, Peer | None]:
    """The peers; None for one that is not installed."""
    peers: dict[str, tuple[str, Peer]] = {
        "METIS alone": ("pymetis", metis),
        "KMeans, no balance": ("sklearn", kmeans),
        "k-means-constrained": ("k_means_constrained", constrained),
        "GerryChain ReCom": ("gerrychain", recom),
    }
    return {
        name: peer if importlib.util.find_spec(module) else None
        for name, (module, peer) in peers.items()
    }


def mean_distance(zone: Zone, of: list[int]) -> float:
    """By load, to the centre of the load."""
    xy, load, _ = zone.arrays()
    grid = np.array(of)
    sums = np.maximum(np.bincount(grid, load, zone.grids), 1e-9)
    centre = np.column_stack([np.bincount(grid, load * xy[:, axis], zone.grids) for axis in (0, 1)])
    ways = np.hypot(*(xy - (centre / sums[:, None])[grid]).T)
    return float((load * ways).sum() / load.sum())


def deviation(zone: Zone, of: list[int]) -> float:
    _, load, _ = zone.arrays()
    carried = np.bincount(np.array(of), load, zone.grids)
    return float(np.abs(carried / carried.mean() - 1).max())


def breaks(zone: Zone, of: list[int]) -> int:
    """Pieces too many, and grids without a block."""
    _, _, pairs = zone.arrays()
    root = list(range(len(of)))

    def top(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for one, other in pairs:
        if of[one] == of[other]:
            root[top(one)] = top(other)
    pieces = len({top(one) for one in range(len(of))})
    return pieces - len(set(of)) + zone.grids - len(set(of))


def greedy(firms: Firms, units: list[Taker]) -> int:
    """Each firm in turn to the nearest unit with room, by industry first; how many are left."""
    room = [unit.capacity for unit in units]
    by_industry: dict[str, list[int]] = {}
    by_area: dict[str, list[int]] = {}
    for number, unit in enumerate(units):
        for name in unit.industries:
            by_industry.setdefault(name, []).append(number)
        for name in unit.areas:
            by_area.setdefault(name, []).append(number)
    places = np.array([unit.place or (np.nan, np.nan) for unit in units])
    left = 0
    for firm, (industry, area) in enumerate(zip(firms.industries, firms.areas, strict=True)):
        for takers in (by_industry.get(industry or "", []), by_area.get(area or "", [])):
            free = [unit for unit in takers if room[unit] > 0]
            if free:
                ways = np.hypot(*(places[free] - firms.places[firm]).T)
                room[free[int(np.nan_to_num(ways).argmin())]] -= 1
                break
        else:
            left += industry is not None or area is not None
    return left

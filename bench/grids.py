"""Grids against METIS, KMeans, k-means-constrained and GerryChain; firms to units.

    .venv/bin/python -m bench.grids [--zones cells S M L tower] [--rounds 3] [--slow] [--json]
    .venv/bin/python -m bench.grids --parts assignment

Every answer is read by one function that shares nothing with the engine. Each round has another
seed, ours and theirs. k-means-constrained and GerryChain take minutes and run once, with `--slow`.
The set `cells` is read from LIANSHANG_BENCH_DATA (see bench/grid_zones.py); without it, it is left
out and said so.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from dataclasses import replace

from bench.grid_peers import breaks, deviation, greedy, installed, mean_distance, metis
from bench.grid_zones import SIZES, Zone, cells_file, firms_and_units, made, read_cells
from bench.rounds import Line, Spread, per_round, table
from lianshang.engines.partition import Block, Drawing, Firms, Shortage, Taker, Wishes, assign, draw

OURS = "Lianshang"
SLOW = {"k-means-constrained", "GerryChain ReCom"}
Found = tuple[str, list[Line]]


def ours(zone: Zone, seed: int) -> Drawing:
    return draw(zone.blocks, zone.pairs, Wishes(zone.grids, seed=seed))


def measure(zone: Zone, rounds: int, slow: bool) -> Found:
    """One zone: seconds in turns, and what each answer is worth."""
    seconds: dict[str, list[float]] = {OURS: []}
    worth: dict[str, list[tuple[float, int, float]]] = {OURS: []}
    missing = []
    for seed in range(1, rounds + 1):
        start = time.process_time()
        drawing = ours(zone, seed)
        seconds[OURS].append(time.process_time() - start)
        worth[OURS].append(_read(zone, drawing))
        for name, peer in installed().items():
            if peer is None:
                missing += [name] if seed == 1 else []
            elif name not in SLOW or (slow and seed == 1):
                start = time.process_time()
                of = peer(zone, seed)
                seconds.setdefault(name, []).append(time.process_time() - start)
                found = (deviation(zone, of), breaks(zone, of), mean_distance(zone, of))
                worth.setdefault(name, []).append(found)
    lines = _targets(zone, seconds, worth)
    for name, taken in seconds.items():
        ratio = per_round(taken, seconds[OURS][: len(taken)]) if name != OURS else None
        lines.append(Line(name, Spread.of(taken), " s", ratio, note=_words(worth[name])))
    lines += [Line(name, note="not installed") for name in missing]
    return f"{zone.name}: {len(zone.blocks):,} blocks, {zone.grids} grids", lines


def _read(zone: Zone, drawing: Drawing) -> tuple[float, int, float]:
    """By the peers' reader, blocks that were split as blocks of their own."""
    blocks, of, parts = [], [], {}
    for block in zone.blocks:
        parts[block.name] = []
        for share in drawing.where[block.name]:
            name = f"{block.name}/{share.grid}"
            blocks.append(Block(name, share.load, block.x, block.y))
            of.append(share.grid - 1)
            parts[block.name].append(name)
    pairs = [(a, b) for one, other in zone.pairs for a in parts[one] for b in parts[other]]
    split = Zone(zone.name, blocks, pairs, zone.grids)
    return deviation(split, of), breaks(split, of), mean_distance(split, of)


def _words(worth: list[tuple[float, int, float]]) -> str:
    off = Spread.of([100 * one for one, _, _ in worth]).text(" %")
    ways = Spread.of([way for _, _, way in worth]).text(" km")
    return f"deviation {off}, breaks {max(broken for _, broken, _ in worth)}, distance {ways}"


def _targets(
    zone: Zone,
    seconds: dict[str, list[float]],
    worth: dict[str, list[tuple[float, int, float]]],
) -> list[Line]:
    off = Spread.of([100 * one for one, _, _ in worth[OURS]])
    broken = Spread.of([float(one) for _, one, _ in worth[OURS]])
    lines = [
        Line("largest deviation", off, " %", None, "≤ 5 %", off.most <= 5 + 1e-6),
        Line("breaks", broken, "", None, "0", broken.most == 0),
    ]
    if "KMeans, no balance" in worth:
        pairs = zip(worth[OURS], worth["KMeans, no balance"], strict=True)
        way = Spread.of([one[2] / other[2] for one, other in pairs])
        if zone.name == "tower":  # KMeans puts a centre on the tower, which no balance allows
            lines.append(Line("distance, of KMeans's", way, " ×"))
        else:
            met = way.most <= 1.1
            lines.append(Line("distance, of KMeans's", way, " ×", None, "≤ 1.10 ×", met))
    taken = Spread.of(seconds[OURS])
    return [*lines, Line("time", taken, " s", None, "≤ 20 s", taken.most <= 20)]


def redrawn(zone: Zone) -> Found:
    """The grids of last year, when a third more firms have come to the east."""
    first = ours(zone, 1)
    middle = sorted(block.x for block in zone.blocks)[len(zone.blocks) * 2 // 3]
    grown = [
        Block(one.name, int(one.load * (1.3 if one.x > middle else 1)), one.x, one.y)
        for one in zone.blocks
    ]
    lines = []
    for name, blocks in (("nothing changed", zone.blocks), ("a third of the ground grew", grown)):
        start = time.process_time()
        found = draw(blocks, zone.pairs, Wishes(zone.grids), first.where)
        taken = Spread.of([time.process_time() - start])
        assert found.move is not None
        said = (
            f"{100 * found.move.share:.1f} % moved (at least {found.move.least:,} of "
            f"{found.move.load:,} have to), deviation {100 * found.max_deviation:.2f} %, "
            f"breaks {found.breaks}"
        )
        lines.append(Line(name, taken, " s", note=said))
        if installed()["METIS alone"] is not None and found.move.load:
            anew = 100 * _moved_anew(replace(zone, blocks=blocks), first)
            lines.append(Line("… METIS anew", note=f"{anew:.0f} % moved, numbered to fit best"))
    return f"{zone.name}, drawn again", lines


def assignment(rounds: int, size: tuple[int, int]) -> Found:
    """Firms to units: with a planted shortage of a known size, and with too few places."""
    count, units = size
    lines = []
    planted = max(count // 500, 1)
    for name, short, spare in (("planted shortage", planted, 3.0), ("too few places", 0, 1.0)):
        firms, takers = firms_and_units(count, units, planted=short, spare=spare)
        taken, found = [], None
        for _ in range(rounds):
            start = time.process_time()
            found = assign(firms, takers)
            taken.append(time.process_time() - start)
        assert found is not None
        proved = [recounted(firms, takers, one) for one in found.shortages]
        assert sum(proved) == len(found.left)
        groups = sum(len(one.groups) for one in found.shortages)
        said = (
            f"{len(found.left):,} left over, all proved ({len(found.shortages)} shortages, "
            f"{groups} industry-areas); {len(found.not_known):,} not known; greedy leaves "
            f"{greedy(firms, takers):,}"
        )
        met = max(taken) <= 20 and (not short or short in proved)
        lines.append(Line(name, Spread.of(taken), " s", None, "≤ 20 s", met, said))
    return f"{count:,} firms to {units} units", lines


def _moved_anew(zone: Zone, first: Drawing) -> float:
    """What changes its grid if METIS draws afresh and grids take the numbers they overlap most."""
    of = metis(zone, 1)
    shared: dict[tuple[int, int], int] = {}
    for block, grid in zip(zone.blocks, of, strict=True):
        before = max(first.where[block.name], key=lambda share: share.load).grid
        shared[grid, before] = shared.get((grid, before), 0) + block.load
    stays, names, taken = 0, set(), set()
    for (grid, before), load in sorted(shared.items(), key=lambda one: -one[1]):
        if grid not in names and before not in taken:
            stays, names, taken = stays + load, names | {grid}, taken | {before}
    return 1 - stays / sum(shared.values())


def recounted(firms: Firms, takers: list[Taker], proof: Shortage) -> int:
    """How many are short by this proof, counted again from the firms and the units themselves."""
    kinds = {(group.industry, group.area) for group in proof.groups}
    counted = sum(kind in kinds for kind in zip(firms.industries, firms.areas, strict=True))
    industries, areas = {industry for industry, _ in kinds}, {area for _, area in kinds}
    room = sum(one.capacity for one in takers if one.industries & industries or one.areas & areas)
    return counted - room


def main() -> None:
    """Measure what is asked for, then print tables or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m bench.grids")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--zones", nargs="+", choices=["cells", *SIZES], default=["cells", *SIZES])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow", action="store_true", help="also the peers that take minutes")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    chosen = parser.parse_args()
    found: dict[str, Found] = {}
    for name in chosen.zones if set(chosen.parts) & {"grids", "again"} else []:
        if name == "cells" and not cells_file().exists():
            found["cells"] = ("cells", [Line("not measured", note=f"{cells_file()} is not there")])
            continue
        zone = read_cells() if name == "cells" else made(name)
        if "grids" in chosen.parts:
            found[name] = measure(zone, chosen.rounds, chosen.slow)
        if "again" in chosen.parts:
            found[f"{name}, again"] = redrawn(zone)
    if "assignment" in chosen.parts:
        for size in ((1_000, 20), (10_000, 150), (200_000, 700)):
            found[f"assignment {size[0]}"] = assignment(chosen.rounds, size)
    if chosen.json:
        parts = {name: [line.as_json() for line in lines] for name, (_, lines) in found.items()}
        about = {"bench": "grids", "python": platform.python_version(), "rounds": chosen.rounds}
        print(json.dumps(about | {"parts": parts}, ensure_ascii=False))
    else:
        print("\n\n".join(table(title, lines) for title, lines in found.values()))


PARTS = ("grids", "again", "assignment")

if __name__ == "__main__":
    main()

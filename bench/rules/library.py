"""A whole library over many firms: ours and its peers in turns, asked for the same answers."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.rounds import Contestant, Line, Spread, per_round, take_turns
from bench.rules.field import Field
from bench.rules.peers import Peer, makers

OURS = "Lianshang, state and amount"
MISSING = "not installed: script/bootstrap bench"


def compare(count: int, size: int, rounds: int) -> list[Line]:
    """`count` policies × `size` firms: our lines first, then a line per peer."""
    field = Field.drawn(count, size)
    plain, with_steps = field.plan(), field.plan(steps=True)
    contestants = [
        Contestant(OURS, lambda _: plain.run(field.partial)),
        Contestant("Lianshang, steps as well", lambda _: with_steps.run(field.partial)),
    ]
    with tempfile.TemporaryDirectory(prefix="lianshang-bench-") as folder:
        peers: dict[str, Peer | None] = {}
        for name, make in makers(field, Path(folder)).items():
            try:
                peers[name] = make()
            except ImportError:
                peers[name] = None
        contestants += [Contestant(n, p.run, p.prepare) for n, p in peers.items() if p]
        times = take_turns(contestants, rounds)
    ours = [_our_line(one.name, times) for one in contestants[:2]]
    return [*ours, *(_line(name, peer, times) for name, peer in peers.items())]


def _our_line(name: str, times: Mapping[str, list[float]]) -> Line:
    ratio = None if name == OURS else per_round(times[name], times[OURS])
    return Line(name, Spread.of(times[name]), " s", ratio)


def _line(name: str, peer: Peer | None, times: Mapping[str, list[float]]) -> Line:
    if peer is None:
        return Line(name, note=MISSING)
    seconds = [one * peer.scale for one in times[name]]
    ratio = per_round(seconds, times[OURS])
    target = "" if peer.target is None else f"≥ {peer.target:g} ×"
    met = None if peer.target is None else ratio.median >= peer.target
    return Line(name, Spread.of(seconds), " s", ratio, target, met, peer.note)

"""Timing that survives a busy machine: contestants take turns, and ratios are taken per round."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

Clock = Callable[[], float]


@dataclass(frozen=True)
class Spread:
    """Median, smallest and largest of what several rounds gave."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: list[float]) -> "Spread":
        return cls(median(values), min(values), max(values))

    def text(self, unit: str = "") -> str:
        """Three significant digits: “1.85 s (1.79–1.94)”."""
        middle, least, most = map(short, (self.median, self.least, self.most))
        return f"{middle}{unit} ({least}–{most})"


@dataclass(frozen=True)
class Line:
    """One row of a bench's table. The target is a least ratio, or a largest figure, in words."""

    name: str
    figure: Spread | None = None
    unit: str = ""
    ratio: Spread | None = None  # how many times slower than the program, round by round
    target: str = ""
    met: bool | None = None
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Contestant:
    """`prepare` is not timed and gives what `run` takes."""

    name: str
    run: Callable[[Any], object]
    prepare: Callable[[], Any] = lambda: None


def take_turns(
    contestants: list[Contestant], rounds: int, *, clock: Clock = time.process_time
) -> Mapping[str, list[float]]:
    """Seconds of each contestant in each round, after one round that is not counted.

    By default CPU seconds of this process: other work on the machine then counts less, and a second
    thread would not make anybody look faster. Where another process works too, use
    `time.perf_counter`. The order is turned by one from round to round.
    """
    seconds: dict[str, list[float]] = {one.name: [] for one in contestants}
    for number in range(-1, rounds):
        turned = contestants[number % len(contestants) :] + contestants[: number % len(contestants)]
        for one in turned:
            taken = seconds_of(one, clock)
            if number >= 0:
                seconds[one.name].append(taken)
    return seconds


def seconds_of(contestant: Contestant, clock: Clock = time.process_time) -> float:
    """What one run costs; the collector of garbage waits until it is over."""
    prepared = contestant.prepare()
    gc.collect()
    gc.disable()
    try:
        start = clock()
        result = contestant.run(prepared)
        taken = clock() - start
    finally:
        gc.enable()
    del result
    return taken


def per_round(theirs: list[float], ours: list[float]) -> Spread:
    """How many times as long they take, round by round."""
    return Spread.of([one / other for one, other in zip(theirs, ours, strict=True)])


def short(value: float) -> str:
    """Three significant digits without exponents."""
    if value == 0 or abs(value) >= 1000:
        return f"{value:,.0f}"
    digits = 2 if abs(value) >= 1 else 3
    text = f"{value:.{digits}f}" if abs(value) < 10 else f"{value:.1f}"
    return text if abs(value) < 100 else f"{value:.0f}"


def table(title: str, lines: list[Line]) -> str:
    """Lines as text in columns."""
    rows = [(title, "median (least–most)", "ratio", "target", "", "")]
    for line in lines:
        verdict = {True: "met", False: "MISSED", None: ""}[line.met]
        figure = line.figure.text(line.unit) if line.figure else ""
        ratio = line.ratio.text(" ×") if line.ratio else ""
        rows.append((line.name, figure, ratio, line.target, verdict, line.note))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)

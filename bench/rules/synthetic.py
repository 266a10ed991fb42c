"""An invented library of policies, as neutral descriptions that every contestant writes out itself.

Sixty columns and five clauses a policy, in the shapes that real policies have: bounds, ratios,
shares that depend on size, scores on ratios, lists of codes. Every bound is drawn near the middle
of what the firms have, so that all answers occur.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

MONEY, COUNTS, CODES, FLAGS = 30, 14, 10, 6  # sixty columns
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
YUAN, HEADS = 10_000_000, 200  # of the middle firm, in the largest of its columns


@dataclass(frozen=True)
class Column:
    """One fact of a firm; `middle` is the middle firm's, in yuan or heads."""

    name: str
    kind: str  # money | count | code | flag
    middle: float = 0

    @property
    def scale(self) -> int:
        """What one yuan or head is in the integers of the engine."""
        return 100 if self.kind == "money" else 1


@dataclass(frozen=True)
class Threshold:
    """column ⟨operator⟩ bound, the bound in yuan or heads."""

    column: Column
    operator: str  # >= | <=
    bound: int


@dataclass(frozen=True)
class Ratio:
    """over ÷ under ≥ percent; unknown where `under` is 0."""

    over: Column
    under: Column
    percent: int


@dataclass(frozen=True)
class Tier:
    """over ÷ under ≥ a percentage that depends on how large `under` is."""

    over: Column
    under: Column
    bounds: tuple[int, int]
    percents: tuple[int, int, int]


@dataclass(frozen=True)
class Score:
    """Points for ratios, the first step that holds; met from the pass mark on."""

    items: tuple["Item", ...]
    pass_mark: int


@dataclass(frozen=True)
class Item:
    """Points for over ÷ under: (percent, points) from the highest step down, else 0."""

    over: Column
    under: Column
    steps: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Member:
    """The code is one of these letters."""

    column: Column
    letters: str


@dataclass(frozen=True)
class Flag:
    """The flag is as wanted."""

    column: Column
    wanted: bool


Clause = Threshold | Ratio | Tier | Score | Member | Flag


@dataclass(frozen=True)
class Share:
    """A percentage of a column, at most the cap in yuan."""

    column: Column
    percent: int
    cap: int


@dataclass(frozen=True)
class Stepped:
    """One percentage of a column up to a bound, another above it."""

    column: Column
    bound: int
    percents: tuple[int, int]


@dataclass(frozen=True)
class Fixed:
    """A sum in yuan."""

    yuan: int


Amount = Share | Stepped | Fixed


@dataclass(frozen=True)
class Policy:
    """Met if all clauses are, of the last two only one; worth the amount in any case."""

    code: str
    clauses: tuple[Clause, ...]
    amount: Amount


def columns() -> list[Column]:
    """Sixty; money and counts fall off from the first, which is the largest, to the last."""
    money = [Column(f"money_{i}", "money", YUAN * 10 ** (-i / 15)) for i in range(MONEY)]
    counts = [Column(f"count_{i}", "count", HEADS * 10 ** (-i / 10)) for i in range(COUNTS)]
    codes = [Column(f"code_{i}", "code") for i in range(CODES)]
    return [*money, *counts, *codes, *(Column(f"flag_{i}", "flag") for i in range(FLAGS))]


def policies(count: int, seed: int = 1) -> list[Policy]:
    """100 policies have 504 clauses: five each, every twenty-fifth one more."""
    return [_Draw(seed, number).policy(number) for number in range(count)]


class _Draw:
    """The dice of one policy."""

    def __init__(self, seed: int, number: int) -> None:
        self.random = Random(f"{seed}/{number}")
        self.kinds: dict[str, list[Column]] = {}
        for column in columns():
            self.kinds.setdefault(column.kind, []).append(column)

    def policy(self, number: int) -> Policy:
        clauses = tuple(self.clause() for _ in range(5 + (number % 25 == 0)))
        return Policy(f"x.p{number:03}", clauses, self.amount())

    def clause(self) -> Clause:
        """Two of five clauses are plain bounds, a quarter ratios: see docs/bench.md."""
        shapes = (self.threshold, self.ratio, self.tier, self.score, self.member, self.flag)
        chosen: Clause = self.random.choices(shapes, (36, 25, 12, 8, 14, 5))[0]()
        return chosen

    def threshold(self) -> Threshold:
        column = self.random.choice([*self.kinds["money"], *self.kinds["count"]])
        operator = self.random.choice((">=", ">=", "<="))
        spread = (-1.2, 0.2) if operator == ">=" else (-0.2, 1.2)
        return Threshold(column, operator, self.near(column, *spread))

    def ratio(self) -> Ratio:
        over, under = self.pair()
        return Ratio(over, under, self.share(over, under))

    def tier(self) -> Tier:
        over, under = self.pair()
        small, large = self.near(under, -0.8, 0), self.near(under, 0.1, 0.9)
        middle = self.share(over, under)
        return Tier(over, under, (small, large), (middle + 2, middle, max(1, middle - 2)))

    def score(self) -> Score:
        items = tuple(self.item() for _ in range(2))
        return Score(items, self.random.choice((15, 20, 25)))

    def item(self) -> Item:
        over, under = self.pair()
        top = self.share(over, under) + 4
        percents = (2 * top, top, max(2, top // 2), 1)
        return Item(over, under, tuple(zip(percents, (20, 15, 10, 5), strict=True)))

    def member(self) -> Member:
        letters = self.random.sample(LETTERS, self.random.randint(8, 16))
        return Member(self.random.choice(self.kinds["code"]), "".join(sorted(letters)))

    def flag(self) -> Flag:
        return Flag(self.random.choice(self.kinds["flag"]), self.random.random() < 0.7)

    def amount(self) -> Amount:
        kind, column = self.random.random(), self.random.choice(self.kinds["money"])
        if kind < 0.3:
            return Fixed(self.random.randint(1, 50) * 10_000)
        percent = self.random.randint(2, 25)
        if kind < 0.8:
            return Share(column, percent, self.near(column, -1.5, 0))
        return Stepped(column, self.near(column, -0.5, 0.5), (percent, percent + 5))

    def pair(self) -> tuple[Column, Column]:
        """A smaller column and a larger one of the same unit."""
        kind = self.kinds[self.random.choice(("money", "money", "count"))]
        under, over = sorted(self.random.sample(range(len(kind)), 2))
        return kind[over], kind[under]

    def share(self, over: Column, under: Column) -> int:
        """A percentage that a good half of the firms reach."""
        middle = 100 * over.middle / under.middle
        return max(1, round(middle * 10 ** self.random.uniform(-0.4, 0.1)))

    def near(self, column: Column, low: float, high: float) -> int:
        """A round number about the middle firm's, by powers of ten."""
        drawn = column.middle * 10 ** self.random.uniform(low, high)
        return max(1, int(float(f"{drawn:.2g}")))


def bounds_by_column(library: list[Policy]) -> dict[str, list[int]]:
    """What clauses compare each column with, in the integers of the engine."""
    found: dict[str, list[int]] = {}
    for policy in library:
        for column, bound in (pair for clause in policy.clauses for pair in _bounds(clause)):
            found.setdefault(column.name, []).append(bound * column.scale)
    return found


def _bounds(clause: Clause) -> Iterator[tuple[Column, int]]:
    if isinstance(clause, Threshold):
        yield clause.column, clause.bound
    elif isinstance(clause, Tier):
        yield from ((clause.under, bound) for bound in clause.bounds)

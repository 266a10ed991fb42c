"""Tests that cannot hold together: x ≥ 5 and x < 3, two codes at once, a fact and its opposite."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from . import logic, nodes
from .nodes import Integer, Truth
from .policy import Clause, Group
from .problems import Problem
from .program import ClauseProgram

OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
HINT = "No firm can ever meet both. Check the thresholds, or put them under `any`."
Key = frozenset[tuple[Integer, int]] | tuple[Integer, Integer]
Whole = tuple[tuple[Integer, int], ...]


class Joint:
    """What is still possible when several tests hold together."""

    def __init__(self) -> None:
        self._ranges: dict[Key, _Range] = {}
        self._codes: dict[Integer, set[int]] = {}
        self._truths: dict[Truth, bool] = {}

    def copy(self) -> "Joint":
        other = Joint()
        other._ranges = dict(self._ranges)
        other._codes = {node: set(left) for node, left in self._codes.items()}
        other._truths = dict(self._truths)
        return other

    def take(self, test: Truth) -> bool:  # noqa: PLR0911 - one line per form
        """Take a test as met; False where that leaves nothing possible."""
        match test:
            case nodes.Always(value):
                return value
            case nodes.Conjunction(items):
                return all(map(self.take, items))
            case nodes.Disjunction(items):
                return any(self.copy().take(item) for item in items)
            case nodes.Compare(operator, left, right):
                return self._compared(operator, left, right)
            case nodes.Among(of, values):
                return self._among(of, set(values))
            case nodes.Decided(certain, possible):
                # What only a person can judge is never certain, and yet no contradiction.
                return self.take(possible) and (certain is logic.FALSE or self.take(certain))
            case nodes.Negation(of):
                return self._denied(of)
            case _:
                return self._truths.setdefault(test, True)

    def _denied(self, test: Truth) -> bool:
        match test:
            case nodes.Conjunction(items):
                return self.take(logic.some([logic.negation(item) for item in items]))
            case nodes.Disjunction(items):
                return all(map(self.take, map(logic.negation, items)))
            case nodes.Compare(operator, left, right):
                return self._compared(OPPOSITE[operator], left, right)
            case nodes.Among(of, values):
                return self._among(of, set(range(of.low, of.high + 1)) - set(values))
            case _:
                return not self._truths.setdefault(test, False)

    def _among(self, node: Integer, codes: set[int]) -> bool:
        self._codes[node] = self._codes.get(node, codes) & codes
        return bool(self._codes[node])

    def _compared(self, operator: str, left: Integer, right: Integer) -> bool:
        key, bound = _placed(left, right)
        # A ratio can lie anywhere; a sum of whole numbers skips what is between two of them.
        here = _Range.of(operator, bound, whole=isinstance(key, frozenset))
        self._ranges[key] = self._ranges.get(key, _Range()).narrowed(here)
        return self._ranges[key].possible


class _Range:
    """Values between two ends, each included or not, without some single values."""

    def __init__(
        self,
        low: tuple[Fraction, bool] | None = None,
        high: tuple[Fraction, bool] | None = None,
        without: frozenset[Fraction] = frozenset(),
    ) -> None:
        # An end is (value, whether it is left out); for both ends "left out" is the narrower.
        self.low, self.high, self.without = low, high, without

    @classmethod
    def of(cls, operator: str, bound: Fraction, *, whole: bool) -> "_Range":
        if whole and operator in ("<", ">"):
            bound, operator = bound + (1 if operator == ">" else -1), f"{operator}="
        end = (bound, operator in ("<", ">"))
        if operator == "<>":
            return cls(without=frozenset({bound}))
        low = end if operator in (">", ">=", "=") else None
        return cls(low, end if operator in ("<", "<=", "=") else None)

    def narrowed(self, other: "_Range") -> "_Range":
        lows = [end for end in (self.low, other.low) if end]
        highs = [(-value, out) for value, out in filter(None, (self.high, other.high))]
        high = max(highs, default=None)
        return _Range(
            max(lows, default=None),
            (-high[0], high[1]) if high else None,
            self.without | other.without,
        )

    @property
    def possible(self) -> bool:
        if self.low is None or self.high is None:
            return True
        (low, no_low), (high, no_high) = self.low, self.high
        if low == high:
            return not (no_low or no_high or low in self.without)
        return low < high


def _placed(left: Integer, right: Integer) -> tuple[Key, Fraction]:
    """A comparison as ⟨form⟩ against a constant: a sum, or the ratio of two things."""
    ours, theirs = _opened(left), _opened(right)
    terms = (*ours[0], *((node, -factor) for node, factor in theirs[0]))
    bound = theirs[1] - ours[1]
    if len(terms) == 2 and not bound:
        (over, a), (under, b) = terms
        guarded = isinstance(under, nodes.NonZero) and under.of.low >= 0
        if a > 0 > b and (guarded or under.low > 0):
            return (over, under), Fraction(-b, a)
    return frozenset(terms), Fraction(bound)


def _opened(node: Integer) -> tuple[Whole, int]:
    match node:
        case nodes.Constant(value):
            return (), value
        case nodes.Linear(terms, constant):
            return terms, constant
        case _:
            return ((node, 1),), 0


def contradictory(tests: Iterable[Truth]) -> bool:
    """Whether these tests can never hold together."""
    joint = Joint()
    return not all(map(joint.take, tests))


def clashes(
    group: Group, clauses: Mapping[str, ClauseProgram], path: str = "require"
) -> Iterator[Problem]:
    """Clauses that cannot be met because of others that must be met too."""
    return _Clashes(clauses).below(group, path, Joint(), [])


class _Clashes:
    def __init__(self, clauses: Mapping[str, ClauseProgram]) -> None:
        self._clauses = clauses

    def below(
        self, group: Group, path: str, known: Joint, earlier: list[Clause]
    ) -> Iterator[Problem]:
        """`known`: what the clauses that must hold as well leave possible."""
        at = f"{path}.{group.kind}{'.of' if group.kind == 'at_least' else ''}"
        for index, branch in enumerate(group.branches):
            if isinstance(branch, Clause):
                after = known.copy()
                if contradictory([self._value(branch)]):
                    continue  # told where the clause is looked at by itself
                if not after.take(self._value(branch)):
                    yield self._clash(branch, earlier, f"{at}[{index}].when")
                elif group.kind == "all":
                    known, earlier = after, [*earlier, branch]
        for index, branch in enumerate(group.branches):
            if isinstance(branch, Group):
                yield from self.below(branch, f"{at}[{index}]", known, earlier)

    def _value(self, clause: Clause) -> Truth:
        return self._clauses[clause.id].value

    def _clash(self, clause: Clause, earlier: list[Clause], path: str) -> Problem:
        value = self._value(clause)
        rivals = [one.id for one in earlier if contradictory([self._value(one), value])]
        what = f"This cannot hold together with {rivals[0] if rivals else 'the clauses before it'}."
        return Problem("contradiction", what, HINT, path)

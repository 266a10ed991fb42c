"""Exact arithmetic on nodes: every number is a whole-number fraction with a positive denominator.

`Quotient` is coefficient × numerator ÷ (product of denominators). Nothing is divided before the
end: comparisons cross-multiply, amounts are rounded once. Simplification never drops an unknown: a
term that cancels stays with coefficient 0, because unknown − unknown is unknown.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from . import nodes
from .language.syntax import Operator
from .nodes import Integer, Truth

ONE = nodes.Constant(1)
MIRRORED: dict[Operator, Operator] = {
    "<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quotient:
    """coefficient × numerator ÷ denominators; the coefficient is not 0, denominators are > 0."""

    coefficient: Fraction
    numerator: Integer
    denominators: tuple[Integer, ...] = ()

    @classmethod
    def constant(cls, value: Fraction) -> "Quotient":
        return cls(value, ONE) if value else cls(Fraction(1), nodes.Constant(0))

    @property
    def value(self) -> Fraction | None:
        """The value if it is a constant."""
        if isinstance(self.numerator, nodes.Constant) and not self.denominators:
            return self.coefficient * self.numerator.value
        return None

    @property
    def denominator(self) -> Integer:
        return product(self.denominators)

    @property
    def never_negative(self) -> bool:
        return self.numerator.low >= 0 if self.coefficient > 0 else self.numerator.high <= 0


def linear(terms: Iterable[tuple[Integer, int]], constant: int = 0) -> Integer:
    """Σ coefficient × term + constant, with nested sums opened and like terms gathered."""
    gathered: dict[Integer, int] = {}
    for term, coefficient in terms:
        if isinstance(term, nodes.Constant):
            constant += coefficient * term.value
        elif isinstance(term, nodes.Linear):
            constant += coefficient * term.constant
            for inner, factor in term.terms:
                gathered[inner] = gathered.get(inner, 0) + coefficient * factor
        else:
            gathered[term] = gathered.get(term, 0) + coefficient
    kept = tuple(sorted(((t, c) for t, c in gathered.items() if c or not t.total), key=_order))
    if not kept:
        return nodes.Constant(constant)
    if len(kept) == 1 and kept[0][1] == 1 and not constant:
        return kept[0][0]
    return nodes.Linear(kept, constant)


def product(factors: Sequence[Integer]) -> Integer:
    """The product, with nested products opened and constants drawn to the front."""
    coefficient, opened = 1, list[Integer]()
    for factor in factors:
        if isinstance(factor, nodes.Constant):
            coefficient *= factor.value
        elif isinstance(factor, nodes.Product):
            opened.extend(factor.factors)
        else:
            opened.append(factor)
    opened.sort(key=lambda factor: _order((factor, 0)))
    if not opened:
        return nodes.Constant(coefficient)
    whole = opened[0] if len(opened) == 1 else nodes.Product(tuple(opened))
    return linear([(whole, coefficient)])


def _order(term: tuple[Integer, int]) -> tuple[bool, str]:
    """Plain variables first and by name, so that a × b and b × a are one node."""
    node = term[0].of if isinstance(term[0], nodes.NonZero | nodes.Assumed) else term[0]
    return not isinstance(node, nodes.Variable), getattr(node, "name", "")


def _shared(left: Quotient, right: Quotient) -> tuple[Integer, Integer, tuple[Integer, ...]]:
    """Both numerators over the least common denominator, and its factors."""
    ours, theirs = Counter(left.denominators), Counter(right.denominators)
    common = ours | theirs
    return (
        product([left.numerator, *(common - ours).elements()]),
        product([right.numerator, *(common - theirs).elements()]),
        tuple(common.elements()),
    )


def common_scale(*coefficients: Fraction) -> tuple[Fraction, list[int]]:
    """A positive scale of which every coefficient is a whole multiple, and the multiples."""
    scale = Fraction(
        gcd(*(c.numerator for c in coefficients)), lcm(*(c.denominator for c in coefficients))
    )
    return scale, [int(c / scale) for c in coefficients]


def _primitive(scale: Fraction, numerator: Integer, denominators: tuple[Integer, ...]) -> Quotient:
    """Draw the common factor of a sum's coefficients out of it."""
    if isinstance(numerator, nodes.Constant) and numerator.value:
        return Quotient(scale * numerator.value, ONE, denominators)
    if isinstance(numerator, nodes.Linear):
        common = gcd(numerator.constant, *(c for _, c in numerator.terms))
        if common > 1:
            terms = [(t, c // common) for t, c in numerator.terms]
            return Quotient(
                scale * common, linear(terms, numerator.constant // common), denominators
            )
    return Quotient(scale, numerator, denominators)


def add(left: Quotient, right: Quotient, sign: int = 1) -> Quotient:
    """left + right, or left − right with sign −1."""
    ours, theirs, denominators = _shared(left, right)
    scale, (a, b) = common_scale(left.coefficient, sign * right.coefficient)
    return _primitive(scale, linear([(ours, a), (theirs, b)]), denominators)


def multiply(left: Quotient, right: Quotient) -> Quotient:
    return _primitive(
        left.coefficient * right.coefficient,
        product([left.numerator, right.numerator]),
        left.denominators + right.denominators,
    )


def divide(left: Quotient, right: Quotient) -> Quotient:
    """left ÷ NULLIF(right, 0), for a right side that is never negative."""
    numerator = right.numerator
    sign = 1 if right.coefficient > 0 else -1
    if sign < 0:
        numerator = linear([(numerator, -1)])
    return _primitive(
        left.coefficient / abs(right.coefficient),
        product([left.numerator, *right.denominators]),
        (*left.denominators, _non_zero(numerator)),
    )


def _non_zero(node: Integer) -> Integer:
    return node if isinstance(node, nodes.NonZero) or node.low > 0 else nodes.NonZero(node)


def extreme(left: Quotient, right: Quotient, *, largest: bool) -> Quotient:
    """The smaller or larger of two; unknown if either is."""
    ours, theirs, denominators = _shared(left, right)
    scale, (a, b) = common_scale(left.coefficient, right.coefficient)
    sides = linear([(ours, a)]), linear([(theirs, b)])
    return Quotient(scale, nodes.Extreme(largest, *sides), denominators)


def case(branches: Sequence[tuple[Truth, Quotient]], otherwise: Quotient) -> Quotient:
    """The value of the first test that holds. Each branch keeps its own denominator, so that a
    zero denominator in a branch not taken does no harm."""
    values = [*(value for _, value in branches), otherwise]
    tests = [test for test, _ in branches]
    scale, factors = common_scale(*(value.coefficient for value in values))
    over = [linear([(v.numerator, f)]) for v, f in zip(values, factors, strict=True)]
    under = [value.denominator for value in values]
    numerator = nodes.Case(tuple(zip(tests, over, strict=False)), over[-1])
    if all(node is ONE for node in under):
        return Quotient(scale, numerator)
    denominator = nodes.Case(tuple(zip(tests, under, strict=False)), under[-1])
    return Quotient(scale, numerator, (denominator,))


def compare(operator: Operator, left: Quotient, right: Quotient) -> Truth:
    """left ⟨operator⟩ right, cross-multiplied and reduced; sums keep positive terms only."""
    difference = add(left, right, -1)
    if difference.coefficient < 0:
        operator = MIRRORED[operator]
    unused = [(d, 0) for d in difference.denominators if not _occurs(d, difference.numerator)]
    whole = linear([(difference.numerator, 1), *unused])
    terms = whole.terms if isinstance(whole, nodes.Linear) else ((whole, 1),)
    constant = whole.constant if isinstance(whole, nodes.Linear) else 0
    if isinstance(whole, nodes.Constant):
        return nodes.Always(_holds(operator, whole.value, 0))
    if next((c for _, c in terms if c), 1) < 0:
        terms, constant = tuple((t, -c) for t, c in terms), -constant
        operator = MIRRORED[operator]
    return _reduced(operator, terms, -constant)


def _occurs(denominator: Integer, numerator: Integer) -> bool:
    """Whether an unknown denominator already makes the numerator unknown."""
    strict = (nodes.Linear, nodes.Product, nodes.Extreme)
    inner = denominator.children if isinstance(denominator, nodes.Product) else (denominator,)
    stack, reached = [numerator], set[nodes.Node]()
    while stack:
        node = stack.pop()
        reached.add(node)
        if isinstance(node, strict):
            stack.extend(child for child in node.children if isinstance(child, Integer))
    return reached.issuperset(inner)


def _reduced(operator: Operator, terms: tuple[tuple[Integer, int], ...], bound: int) -> Truth:
    """Σ terms ⟨operator⟩ bound, divided by the common factor of the coefficients."""
    common = gcd(*(c for _, c in terms))
    if common > 1 and operator in ("=", "<>"):
        common = gcd(common, bound)  # x × 3 = 10 never holds; keep it as it is
    if common > 1:
        terms = tuple((t, c // common) for t, c in terms)
        # Whole numbers: x ≥ 3.4 is x ≥ 4, x > 3.4 is x > 3.
        bound = -(-bound // common) if operator in (">=", "<") else bound // common
    left = linear((t, c) for t, c in terms if c >= 0)
    right = linear(((t, -c) for t, c in terms if c < 0), bound)
    return nodes.Compare(operator, left, right)


def _holds(operator: Operator, left: int, right: int) -> bool:
    return {
        "=": left == right, "<>": left != right, "<": left < right,
        "<=": left <= right, ">": left > right, ">=": left >= right,
    }[operator]  # fmt: skip


def always(truth: Truth) -> bool | None:
    """True or False where declared bounds alone decide a test (unless it is unknown)."""
    if isinstance(truth, nodes.Always):
        return truth.value
    if not isinstance(truth, nodes.Compare):
        return None
    low, high = truth.left.low - truth.right.high, truth.left.high - truth.right.low
    if truth.operator in ("=", "<>"):
        met = True if low == high == 0 else False if low > 0 or high < 0 else None
        return met if met is None or truth.operator == "=" else not met
    ends = {_holds(truth.operator, low, 0), _holds(truth.operator, high, 0)}
    return ends.pop() if len(ends) == 1 else None


def rounded(value: Quotient, scale: int) -> Integer:
    """value × 10^scale as a whole number, half up; for values that are never negative."""
    factor = value.coefficient * 10**scale
    numerator = linear([(value.numerator, factor.numerator)])
    denominator = linear([(value.denominator, factor.denominator)])
    if denominator is ONE:
        return numerator
    if isinstance(numerator, nodes.Constant) and isinstance(denominator, nodes.Constant):
        over, under = numerator.value, denominator.value
        return nodes.Constant((over + under // 2) // under)
    return nodes.Rounded(numerator, denominator)

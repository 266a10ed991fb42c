"""From an expression to nodes: names resolved, types and units checked, arithmetic exact."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from . import arithmetic, logic, nodes
from .arithmetic import Quotient
from .catalogue import Quantity, as_days
from .language import syntax
from .language.syntax import Expression
from .language.units import PURE, Dimension
from .nodes import Integer, Truth
from .problems import ExpressionError, did_you_mean


@dataclass(frozen=True, slots=True)
class Numeric:
    """A number with its unit; `literal` if made of bare numbers only."""

    quotient: Quotient
    dimension: Dimension
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    node: Integer  # days since 1970-01-01


@dataclass(frozen=True, slots=True)
class Coded:
    node: Integer  # index in the quantity's code table
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class CodeLiteral:
    code: str


@dataclass(frozen=True, slots=True)
class Points:
    """A score between two total numbers; `waits` where a missing fact keeps it open."""

    low: Integer
    high: Integer
    waits: Truth


Meaning = Numeric | Dated | Coded | CodeLiteral | Points | Truth
Resolve = Callable[[syntax.Name], Meaning]
POINTS = Dimension((("分", 1),))


def truth(tree: Expression, resolve: Resolve) -> Truth:
    """The node of a test; raises ExpressionError if the expression is no test."""
    found = meaning(tree, resolve)
    if isinstance(found, Truth):
        return found
    raise ExpressionError(
        "type", "A test is needed here, this is a value.", "Compare it with something.", tree.at
    )


def numeric(tree: Expression, resolve: Resolve) -> Numeric:
    """The exact number of an expression; raises ExpressionError if it is no number."""
    found = meaning(tree, resolve)
    if isinstance(found, Numeric):
        return found
    what = {
        Points: "A score may only stand on one side of a comparison.",
        CodeLiteral: "A code may only be compared with a quantity of codes.",
        Dated: "Dates can be compared, not calculated with.",
    }.get(type(found), "A number is needed here.")
    raise ExpressionError("type", what, "", tree.at)


def meaning(tree: Expression, resolve: Resolve) -> Meaning:  # noqa: PLR0911 - one line per form
    match tree:
        case syntax.Name():
            return resolve(tree)
        case syntax.Number(value):
            return Numeric(Quotient.constant(value), PURE, literal=True)
        case syntax.Day(value):
            return Dated(nodes.Constant(as_days(value)))
        case syntax.Code(value):
            return CodeLiteral(value)
        case syntax.And(items):
            return logic.every([truth(item, resolve) for item in items])
        case syntax.Or(items):
            return logic.some([truth(item, resolve) for item in items])
        case syntax.Not(item):
            return logic.negation(truth(item, resolve))
        case syntax.IsNull(name):
            return _is_null(name, resolve)
        case syntax.Comparison():
            return _comparison(tree, resolve)
        case syntax.In():
            return _membership(tree, resolve)
        case _:
            return _calculation(tree, resolve)


def _calculation(tree: Expression, resolve: Resolve) -> Numeric:
    match tree:
        case syntax.Arithmetic("*", left, right):
            a, b = numeric(left, resolve), numeric(right, resolve)
            whole = arithmetic.multiply(a.quotient, b.quotient)
            return Numeric(whole, a.dimension * b.dimension, a.literal and b.literal)
        case syntax.Arithmetic(operator, left, right):
            a, b = numeric(left, resolve), numeric(right, resolve)
            whole = arithmetic.add(a.quotient, b.quotient, 1 if operator == "+" else -1)
            return Numeric(whole, _same_unit(a, b, tree.at), a.literal and b.literal)
        case syntax.Division():
            return _division(tree, resolve)
        case syntax.Choice(which, left, right):
            a, b = numeric(left, resolve), numeric(right, resolve)
            whole = arithmetic.extreme(a.quotient, b.quotient, largest=which == "larger")
            return Numeric(whole, _same_unit(a, b, tree.at))
        case syntax.Case(branches, otherwise):
            tests = [truth(test, resolve) for test, _ in branches]
            values = [numeric(value, resolve) for _, value in branches]
            last = numeric(otherwise, resolve)
            whole = arithmetic.case(
                [(t, v.quotient) for t, v in zip(tests, values, strict=True)], last.quotient
            )
            unit = last
            for value in values:
                unit = Numeric(
                    unit.quotient, _same_unit(unit, value, tree.at), unit.literal and value.literal
                )
            return Numeric(whole, unit.dimension)
        case _:
            raise AssertionError(tree)


def _division(tree: syntax.Division, resolve: Resolve) -> Numeric:
    a, b = numeric(tree.left, resolve), numeric(tree.right, resolve)
    divisor, dimension = b.quotient.value, a.dimension / b.dimension
    if divisor == 0:
        raise ExpressionError("division", "This divides by zero.", "", tree.at)
    if divisor is not None:
        whole = arithmetic.multiply(a.quotient, Quotient.constant(1 / divisor))
        return Numeric(whole, dimension, a.literal and b.literal)
    if not tree.guarded:
        raise ExpressionError(
            "division",
            "A denominator that may be zero is not guarded.",
            "Write a / NULLIF(b, 0); the result is unknown where b is 0.",
            tree.at,
        )
    if not b.quotient.never_negative:
        raise ExpressionError(
            "division",
            "This denominator could be negative.",
            "Raise its declared min, or write NULLIF(larger(b, 0), 0).",
            tree.at,
        )
    return Numeric(arithmetic.divide(a.quotient, b.quotient), dimension)


def _same_unit(a: Numeric, b: Numeric, at: int) -> Dimension:
    """The common unit of a sum or comparison. 0 fits every unit, a bare number what is counted."""
    if a.dimension == b.dimension:
        return a.dimension
    for literal, other in ((a, b), (b, a)):
        zero = literal.quotient.value == 0
        if literal.literal and (zero or other.dimension.counted):
            return other.dimension
    raise ExpressionError(
        "unit-clash",
        f"The units differ: {a.dimension} and {b.dimension}.",
        "An amount with a unit is a parameter; check what is divided by what.",
        at,
    )


def _comparison(tree: syntax.Comparison, resolve: Resolve) -> Truth:
    left, right = meaning(tree.left, resolve), meaning(tree.right, resolve)
    match left, right:
        case Numeric(), Numeric():
            _same_unit(left, right, tree.at)
            return arithmetic.compare(tree.operator, left.quotient, right.quotient)
        case Dated(), Dated():
            one = Fraction(1)
            return arithmetic.compare(
                tree.operator, Quotient(one, left.node), Quotient(one, right.node)
            )
        case Points(), Numeric():
            return _score_test(tree.operator, left, right, tree.at)
        case Numeric(), Points():
            return _score_test(arithmetic.MIRRORED[tree.operator], right, left, tree.at)
        case (Coded() as coded, CodeLiteral() as code) | (CodeLiteral() as code, Coded() as coded):
            if tree.operator not in ("=", "<>"):
                raise ExpressionError("type", "Codes have no order.", "Use = , <> or IN.", tree.at)
            found = nodes.Among(coded.node, (_code_index(coded, code, tree.at),))
            return found if tree.operator == "=" else logic.negation(found)
        case _:
            return _incomparable(tree)


def _incomparable(tree: syntax.Comparison) -> NoReturn:
    raise ExpressionError(
        "type",
        "These two cannot be compared.",
        "Numbers go with numbers, dates with dates; a yes-or-no fact stands alone.",
        tree.at,
    )


def _code_index(coded: Coded, code: CodeLiteral, at: int) -> int:
    codes = list(coded.quantity.codes)
    if code.code not in codes:
        raise ExpressionError(
            "unknown-code",
            f"'{code.code}' is not a code of {coded.quantity.name}.",
            did_you_mean(code.code, codes),
            at,
        )
    return codes.index(code.code)


def _membership(tree: syntax.In, resolve: Resolve) -> Truth:
    value = meaning(tree.value, resolve)
    if not isinstance(value, Coded):
        tests = [syntax.Comparison("=", tree.value, option, option.at) for option in tree.options]
        return logic.some([_comparison(test, resolve) for test in tests])
    indexes = set()
    for option in tree.options:
        if not isinstance(option, syntax.Code):
            raise ExpressionError("type", "Codes stand in single quotes.", "", option.at)
        indexes.add(_code_index(value, CodeLiteral(option.value), option.at))
    return nodes.Among(value.node, tuple(sorted(indexes)))


def _is_null(name: syntax.Name, resolve: Resolve) -> Truth:
    value = resolve(name)
    node = value.quotient.numerator if isinstance(value, Numeric) else value
    node = node.node if isinstance(node, Dated | Coded) else node
    if not isinstance(node, nodes.Variable | nodes.Flag | nodes.Assumed | nodes.AssumedFlag):
        raise ExpressionError(
            "type", "IS NULL asks about a quantity of the catalogue.", "", name.at
        )
    return logic.missing(node)


def _score_test(operator: syntax.Operator, score: Points, bound: Numeric, at: int) -> Truth:
    """Met if the whole interval satisfies it, not met if none of it does."""
    _same_unit(Numeric(Quotient(Fraction(1), score.low), POINTS), bound, at)
    if bound.quotient.value is None:
        raise ExpressionError(
            "type", "A score is compared with a number or parameter only.", "", at
        )

    def test(how: syntax.Operator, end: Integer) -> Truth:
        return arithmetic.compare(how, Quotient(Fraction(1), end), bound.quotient)

    if operator in ("=", "<>"):
        certain = logic.every([test("=", score.low), test("=", score.high)])
        possible = logic.every([test("<=", score.low), test(">=", score.high)])
        equal = nodes.Decided(certain, possible, score.waits)
        return equal if operator == "=" else logic.negation(equal)
    ends = (score.low, score.high) if operator in (">", ">=") else (score.high, score.low)
    return nodes.Decided(test(operator, ends[0]), test(operator, ends[1]), score.waits)

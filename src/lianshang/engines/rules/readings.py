"""A test read out with values: what stands left and right, if it is met, what would turn it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from .formatting import YUAN, decimals_apart, format_value
from .gaps import Gap, gaps
from .language import syntax
from .language.syntax import Expression, Operator
from .language.units import PURE
from .meaning import Coded, Dated, Numeric, Points
from .nodes import Truth
from .wording import Reader

_OPPOSITE: dict[Operator, Operator] = {
    "=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
}  # fmt: skip
_SIGNS = {"=": "=", "<>": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_NEEDS = {"zh": "{left}，需 {sign} {right}", "en": "{left}, needs {sign} {right}"}
_ONE_OF = {
    True: {"zh": "{left}，需属于 {right}", "en": "{left}, needs to be one of {right}"},
    False: {"zh": "{left}，不得属于 {right}", "en": "{left}, must not be one of {right}"},
}
_NULL = {
    True: {"zh": "{left}，需为未知", "en": "{left}, needs to be unknown"},
    False: {"zh": "{left}，需为已知", "en": "{left}, needs to be known"},
}
_FLAG = {
    True: {"zh": "{left}，需为是", "en": "{left}, needs to be yes"},
    False: {"zh": "{left}，需为否", "en": "{left}, needs to be no"},
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the formula with values, its value as shown and exactly."""

    text: str
    shown: str
    value: Fraction | None

    def __str__(self) -> str:
        return self.text if self.text.endswith(self.shown) else f"{self.text} = {self.shown}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A test (`kind` "test") or its parts (`kind` "all" or "any"). NOT is read into the tests.

    `gaps` are there where a test is known to fail.
    """

    kind: str
    met: bool | None
    text: str
    parts: tuple["Reading", ...] = ()
    left: Side | None = None
    operator: str = ""
    right: Side | None = None
    gaps: tuple[Gap, ...] = field(default=())

    def all_gaps(self) -> Iterator[Gap]:
        """The gaps of this test and of its failing parts."""
        yield from self.gaps
        for part in self.parts:
            if part.met is False:
                yield from part.all_gaps()


def read(tree: Expression, reader: Reader, *, positive: bool = True) -> Reading:
    """Read a test out; with `positive` false, its opposite."""
    opened = reader.opened(tree)
    match opened:
        case syntax.Not(item):
            return read(item, reader, positive=not positive)
        case syntax.And(items) | syntax.Or(items):
            return _group(opened, items, reader, positive=positive)
    node = reader.meaning(opened)
    assert isinstance(node, Truth)
    truth = reader.truth(opened)
    met = truth if truth is None or positive else not truth
    found = tuple(gaps(node, reader, wanted=positive)) if met is False else ()
    match opened:
        case syntax.Comparison():
            return _comparison(opened, reader, met, found, positive=positive)
        case syntax.In(value, options):
            words, left = _ONE_OF[positive], reader.text(value)
            texts = [_option(value, option, reader) for option in options]
            right = ("、" if reader.language == "zh" else ", ").join(texts)
        case syntax.IsNull(name):
            words, left, right = _NULL[positive], reader.text(name), ""
        case _:
            words, left, right = _FLAG[positive], reader.text(opened), ""
    text = words[reader.language].format(left=left, right=right)
    return Reading("test", met, text, gaps=found)


def _group(
    tree: syntax.And | syntax.Or,
    items: tuple[Expression, ...],
    reader: Reader,
    *,
    positive: bool,
) -> Reading:
    parts = tuple(read(item, reader, positive=positive) for item in items)
    truth = reader.truth(tree)
    met = truth if truth is None or positive else not truth
    kind = "all" if isinstance(tree, syntax.And) == positive else "any"
    words = {"zh": {"all": "；且 ", "any": "；或 "}, "en": {"all": "; and ", "any": "; or "}}
    texts = (part.text if part.kind == "test" else f"（{part.text}）" for part in parts)
    return Reading(kind, met, words[reader.language][kind].join(texts), parts)


def _comparison(
    tree: syntax.Comparison,
    reader: Reader,
    met: bool | None,
    found: tuple[Gap, ...],
    *,
    positive: bool,
) -> Reading:
    operator = tree.operator if positive else _OPPOSITE[tree.operator]
    left, right = _sides(tree, reader)
    sign = _SIGNS[operator]
    text = _NEEDS[reader.language].format(left=left, sign=sign, right=right)
    return Reading("test", met, text, (), left, sign, right, found)


def _sides(tree: syntax.Comparison, reader: Reader) -> tuple[Side, Side]:
    trees = reader.opened(tree.left), reader.opened(tree.right)
    left, right = (reader.meaning(side) for side in trees)
    if not isinstance(left, Numeric) or not isinstance(right, Numeric):
        return _plain(trees[0], trees[1], reader), _plain(trees[1], trees[0], reader)
    (a, _), (b, _) = reader.number(trees[0]), reader.number(trees[1])
    whole = all(value is None or value.denominator == 1 for value in (a, b))
    percent = left.dimension == PURE and not whole
    decimals = 2
    if a is not None and b is not None:
        size = Fraction(1)
        if percent:
            size = Fraction(1, 100)
        elif YUAN in (left.dimension, right.dimension):
            size = Fraction(10**8 if max(abs(a), abs(b)) >= 10**9 else 10**4)
        decimals = decimals_apart(a, b, size=size)
    first, second = (
        Side(
            reader.text(side, percent=percent, decimals=decimals),
            reader.value_text(side, percent=percent, decimals=decimals),
            value,
        )
        for side, value in zip(trees, (a, b), strict=True)
    )
    return first, second


def _plain(tree: Expression, other: Expression, reader: Reader) -> Side:
    """A side that is a date, a code, a score or what it is compared with."""
    found = reader.meaning(tree)
    if isinstance(found, Points | Dated | Coded) or not isinstance(tree, syntax.Code):
        text = reader.text(tree)
        shown = reader.value_text(tree) if isinstance(found, Points | Numeric) else text
        return Side(text, shown, None)
    text = _option(other, tree, reader)
    return Side(text, text, None)


def _option(value: Expression, option: Expression, reader: Reader) -> str:
    """A literal listed beside a quantity, a code by its label."""
    if isinstance(option, syntax.Code) and isinstance(value, syntax.Name):
        quantity = reader.catalogue.variable(value.name).quantity
        index = list(quantity.codes).index(option.value)
        return format_value(reader.catalogue, value.name, index, reader.language)
    return reader.text(option)

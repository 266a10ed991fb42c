"""Nodes as Polars expressions. Numbers are held in the narrowest width that their bounds allow.

Polars wraps around silently when a number outgrows its type, so every sum and product is computed
in a width that holds the largest magnitude its declared bounds can produce.
"""

from collections.abc import Sequence
from functools import reduce, singledispatchmethod
from itertools import pairwise
from operator import and_, or_

import polars as pl

from . import nodes
from .nodes import Integer, Node, Truth

TYPES: dict[int, pl.DataType] = {
    8: pl.Int8(),
    16: pl.Int16(),
    32: pl.Int32(),
    64: pl.Int64(),
    128: pl.Int128(),
}
_UNKNOWN = pl.lit(None)


def bits(*numbers: Integer) -> int:
    """The narrowest width in which these can be computed; 128 where 64 is too narrow."""
    largest = max(number.magnitude for number in numbers)
    return next((width for width in (8, 16, 32, 64) if largest < 2 ** (width - 1)), 128)


def input_column(node: nodes.Variable | nodes.Flag, found: pl.DataType | None) -> pl.Expr:
    """A fact's column in the type the query computes with; all unknown where there is none."""
    wanted = TYPES[bits(node)] if isinstance(node, nodes.Variable) else pl.Boolean()
    if found is None:
        return pl.lit(None, dtype=wanted).alias(node.name)
    return pl.col(node.name) if found == wanted else pl.col(node.name).cast(wanted)


class Writer:
    """Writes expressions; a kept node is written once and then read from its column."""

    def __init__(self) -> None:
        self._columns: dict[Node, str] = {}

    def keep(self, level: Sequence[Node]) -> list[pl.Expr]:
        """Columns for these nodes, which later expressions refer to."""
        names = {node: f"#{len(self._columns) + index}" for index, node in enumerate(level)}
        written = [self.write(node).alias(name) for node, name in names.items()]
        self._columns.update(names)
        return written

    def value(self, node: Node) -> pl.Expr:
        column = self._columns.get(node)
        return self.write(node) if column is None else pl.col(column)

    def number(self, node: Integer, width: int) -> pl.Expr:
        """A number in a width at least its own."""
        if isinstance(node, nodes.Constant):
            return pl.lit(node.value, dtype=TYPES[width])
        value = self.value(node)
        return value if bits(node) == width else value.cast(TYPES[width])

    def where(self, test: Truth) -> pl.Expr:
        """A test for `when`, which takes unknown as false anyway."""
        if isinstance(test, nodes.Surely) and test not in self._columns:
            return self.value(test.of)
        if isinstance(test, nodes.Negation) and isinstance(test.of, nodes.Possibly):
            return ~self.value(test.of.of)
        return self.value(test)

    @singledispatchmethod
    def write(self, node: Node) -> pl.Expr:
        raise NotImplementedError(type(node).__name__)

    @write.register
    def _(self, node: nodes.Constant) -> pl.Expr:
        return self.number(node, bits(node))

    @write.register(nodes.Variable)
    @write.register(nodes.Flag)
    def _(self, node: nodes.Variable | nodes.Flag) -> pl.Expr:
        return pl.col(node.name)

    @write.register
    def _(self, node: nodes.Assumed) -> pl.Expr:
        width = bits(node)
        return self.number(node.of, width).fill_null(pl.lit(node.value, dtype=TYPES[width]))

    @write.register
    def _(self, node: nodes.NonZero) -> pl.Expr:
        value = self.value(node.of)
        return pl.when(value != 0).then(value)

    @write.register
    def _(self, node: nodes.Lookup) -> pl.Expr:
        table = pl.Series(node.values, dtype=TYPES[bits(node)])
        return pl.lit(table).gather(self.value(node.of))

    @write.register
    def _(self, node: nodes.Linear) -> pl.Expr:
        width = bits(node)
        kind = TYPES[width]
        total: pl.Expr | None = None
        for term, factor in node.terms:
            part = self.number(term, width)
            if abs(factor) != 1:
                part = part * pl.lit(abs(factor), dtype=kind)
            if total is None:
                # There is no negation in 128 bits.
                total = part if factor >= 0 else part * pl.lit(-1, dtype=kind)
            else:
                total = total + part if factor >= 0 else total - part
        assert total is not None
        return total + pl.lit(node.constant, dtype=kind) if node.constant else total

    @write.register
    def _(self, node: nodes.Product) -> pl.Expr:
        width = bits(node)
        first, *rest = (self.number(factor, width) for factor in node.factors)
        for factor in rest:
            first = first * factor
        return first

    @write.register
    def _(self, node: nodes.Extreme) -> pl.Expr:
        width = bits(node)
        left, right = self.number(node.left, width), self.number(node.right, width)
        if node.left.total:
            left, right = right, left
        prefer_right = left < right if node.largest else left > right
        if node.left.total or node.right.total:  # an unknown left side is handed through
            return pl.when(prefer_right).then(right).otherwise(left)
        return pl.when(prefer_right).then(right).when(~prefer_right).then(left)

    @write.register
    def _(self, node: nodes.Case) -> pl.Expr:
        width = bits(node)
        result = self.number(node.otherwise, width)
        for test, value in reversed(node.branches):
            if not test.total:
                result = pl.when(self.value(test).is_null()).then(_UNKNOWN).otherwise(result)
            taken = pl.when(self.where(test))
            result = taken.then(self.number(value, width)).otherwise(result)
        return result

    @write.register
    def _(self, node: nodes.Indicator) -> pl.Expr:
        one, zero = (pl.lit(value, dtype=pl.Int8) for value in (1, 0))
        if isinstance(node.test, nodes.Negation) and isinstance(node.test.of, nodes.Surely):
            return pl.when(self.value(node.test.of.of)).then(zero).otherwise(one)
        return pl.when(self.where(node.test)).then(one).otherwise(zero)

    @write.register
    def _(self, node: nodes.Below) -> pl.Expr:
        value = self.value(node.of)
        return pl.when(value < node.limit).then(value)

    @write.register
    def _(self, node: nodes.Rounded) -> pl.Expr:
        width = bits(node)
        over, under = self.number(node.numerator, width), self.number(node.denominator, width)
        if isinstance(node.denominator, nodes.Constant):
            half = pl.lit(node.denominator.value // 2, dtype=TYPES[width])
        else:
            half = under // pl.lit(2, dtype=TYPES[width])
        return (over + half) // under

    @write.register
    def _(self, node: nodes.Always) -> pl.Expr:
        return pl.lit(node.value)

    @write.register
    def _(self, node: nodes.AssumedFlag) -> pl.Expr:
        return self.value(node.of).fill_null(node.value)

    @write.register
    def _(self, node: nodes.Compare) -> pl.Expr:
        width = bits(node.left, node.right)
        left, right = self.number(node.left, width), self.number(node.right, width)
        return {
            "=": left == right, "<>": left != right, "<": left < right,
            "<=": left <= right, ">": left > right, ">=": left >= right,
        }[node.operator]  # fmt: skip

    @write.register
    def _(self, node: nodes.Among) -> pl.Expr:
        value = self.value(node.of)
        kind = TYPES[bits(node.of)]
        ends = _runs(node.values)
        tests = [
            value == pl.lit(first, dtype=kind)
            if first == last
            else (value >= pl.lit(first, dtype=kind)) & (value <= pl.lit(last, dtype=kind))
            for first, last in ends
        ]
        return reduce(or_, tests)

    @write.register
    def _(self, node: nodes.Conjunction) -> pl.Expr:
        return reduce(and_, map(self.value, node.items))

    @write.register
    def _(self, node: nodes.Disjunction) -> pl.Expr:
        return reduce(or_, map(self.value, node.items))

    @write.register
    def _(self, node: nodes.Negation) -> pl.Expr:
        return ~self.value(node.of)

    @write.register
    def _(self, node: nodes.Missing) -> pl.Expr:
        return self.value(node.of).is_null()

    @write.register
    def _(self, node: nodes.Surely) -> pl.Expr:
        return self.value(node.of).fill_null(False)

    @write.register
    def _(self, node: nodes.Possibly) -> pl.Expr:
        return self.value(node.of).fill_null(True)

    @write.register
    def _(self, node: nodes.Decided) -> pl.Expr:
        certain, possible = self.value(node.certain), self.value(node.possible)
        return pl.when(certain | ~possible).then(certain)


def _runs(values: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbouring numbers, from a sorted sequence."""
    breaks = [index + 1 for index, (a, b) in enumerate(pairwise(values)) if b - a > 1]
    edges = [0, *breaks, len(values)]
    return [(values[start], values[end - 1]) for start, end in pairwise(edges)]

"""The same answers as one SQL query, for DuckDB or Spark."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatchmethod

from . import nodes
from .columns import answer_columns, column_bits, input_nodes
from .limits import LARGEST_64
from .nodes import Integer, Node
from .program import Program
from .schedule import kept_levels


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the two engines write differently; `huge` holds 38 digits."""

    quote: str
    long: str
    huge: str
    divide: str  # whole-number division of positive numbers


DIALECTS: Mapping[str, Dialect] = {
    "duckdb": Dialect('"', "{}::BIGINT", "HUGEINT", "//"),
    "spark": Dialect("`", "{}L", "DECIMAL(38, 0)", "div"),
}


_KINDS = {8: "TINYINT", 16: "SMALLINT", 64: "BIGINT"}


class SqlPlan:
    """The answers of some programs as SQL; columns as in `BatchPlan`."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        dialect: str = "duckdb",
        steps: bool = True,
        amounts: bool = True,
        clauses: bool = False,
    ) -> None:
        self.dialect = DIALECTS[dialect]
        self.columns = answer_columns(programs, steps=steps, amounts=amounts, clauses=clauses)
        self.inputs = input_nodes(self.columns)
        self._levels = kept_levels(list(self.columns.values()))

    def query(
        self, table: str, *, keys: Sequence[str] = (), present: Collection[str] | None = None
    ) -> str:
        """A query over a table of encoded facts, with key columns handed through.

        `table` is written into the query as it stands. Facts not among the `present` columns (by
        default all are) are not known.
        """
        writer = _Writer(self.dialect)
        facts = [self._fact(node, present) for node in self.inputs.values()]
        steps = [f"SELECT {', '.join([*map(self._name, keys), *facts])} FROM {table}"]
        for level in self._levels:
            kept = ", ".join(writer.keep(level))
            steps.append(f"SELECT *, {kept} FROM s{len(steps) - 1}")
        answers = [
            f"CAST({writer.value(node)} AS {self._kind(name, node)}) AS {self._name(name)}"
            for name, node in self.columns.items()
        ]
        parts = ",\n".join(f"s{index} AS ({step})" for index, step in enumerate(steps))
        chosen = ", ".join([*map(self._name, keys), *answers])
        return f"WITH {parts}\nSELECT {chosen} FROM s{len(steps) - 1}"

    def _kind(self, name: str, node: Node) -> str:
        return _KINDS.get(column_bits(name, node), self.dialect.huge)

    def _name(self, name: str) -> str:
        quote = self.dialect.quote
        return f"{quote}{name.replace(quote, quote * 2)}{quote}"

    def _fact(self, node: nodes.Variable | nodes.Flag, present: Collection[str] | None) -> str:
        kind = "BOOLEAN" if isinstance(node, nodes.Flag) else "BIGINT"
        if isinstance(node, nodes.Variable) and node.magnitude > LARGEST_64:
            kind = self.dialect.huge
        known = present is None or node.name in present
        source = self._name(node.name) if known else "NULL"
        return f"CAST({source} AS {kind}) AS {node.name}"


class _Writer:
    """Writes nodes as SQL; a kept node is written once and then read from its column."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._columns: dict[Node, str] = {}

    def keep(self, level: Sequence[Node]) -> list[str]:
        names = {node: f"_{len(self._columns) + index}" for index, node in enumerate(level)}
        written = [f"{self.write(node)} AS {name}" for node, name in names.items()]
        self._columns.update(names)
        return written

    def value(self, node: Node) -> str:
        return self._columns.get(node) or self.write(node)

    def number(self, node: Integer, within: Integer) -> str:
        """A number in a type that also holds what it is calculated into."""
        text = self.value(node)
        if node.magnitude <= LARGEST_64 < within.magnitude:
            return f"CAST({text} AS {self.dialect.huge})"
        return text

    @singledispatchmethod
    def write(self, node: Node) -> str:
        raise NotImplementedError(type(node).__name__)

    @write.register
    def _(self, node: nodes.Constant) -> str:
        return self.literal(node.value)

    def literal(self, value: int) -> str:
        """A number of 64 bits: both engines hold a bare one in 32, and let it overflow."""
        long = self.dialect.long if abs(value) <= LARGEST_64 else "{}"
        text = long.format(abs(value))
        return text if value >= 0 else f"(-{text})"

    def side(self, node: Integer) -> str:
        """A side of a comparison, where a bare number does."""
        return str(node.value) if isinstance(node, nodes.Constant) else self.value(node)

    @write.register(nodes.Variable)
    @write.register(nodes.Flag)
    def _(self, node: nodes.Variable | nodes.Flag) -> str:
        return node.name

    @write.register(nodes.Assumed)
    @write.register(nodes.AssumedFlag)
    def _(self, node: nodes.Assumed | nodes.AssumedFlag) -> str:
        return f"COALESCE({self.value(node.of)}, {node.value})"

    @write.register
    def _(self, node: nodes.NonZero) -> str:
        return f"NULLIF({self.value(node.of)}, 0)"

    @write.register
    def _(self, node: nodes.Lookup) -> str:
        rows = [
            f"WHEN {index} THEN {self.literal(value)}"
            for index, value in enumerate(node.values)
            if value is not None
        ]
        return f"(CASE {self.value(node.of)} {' '.join(rows)} END)"

    @write.register
    def _(self, node: nodes.Linear) -> str:
        terms = [f"{self.number(term, node)} * ({factor})" for term, factor in node.terms]
        return f"({' + '.join([*terms, f'({node.constant})'])})"

    @write.register
    def _(self, node: nodes.Product) -> str:
        return f"({' * '.join(self.number(factor, node) for factor in node.factors)})"

    @write.register
    def _(self, node: nodes.Extreme) -> str:
        left, right = self.value(node.left), self.value(node.right)
        first = f"{left} {'>=' if node.largest else '<='} {right}"
        return f"(CASE WHEN {first} THEN {left} WHEN NOT ({first}) THEN {right} END)"

    @write.register
    def _(self, node: nodes.Case) -> str:
        arms = []
        for test, value in node.branches:
            asked = self.value(test)
            arms.append(f"WHEN {asked} THEN {self.value(value)}")
            if not test.total:
                arms.append(f"WHEN {asked} IS NULL THEN NULL")
        return f"(CASE {' '.join(arms)} ELSE {self.value(node.otherwise)} END)"

    @write.register
    def _(self, node: nodes.Indicator) -> str:
        return f"(CASE WHEN {self.value(node.test)} THEN 1 ELSE 0 END)"

    @write.register
    def _(self, node: nodes.Below) -> str:
        of = self.value(node.of)
        return f"(CASE WHEN {of} < {node.limit} THEN {of} END)"

    @write.register
    def _(self, node: nodes.Rounded) -> str:
        over, under = self.number(node.numerator, node), self.number(node.denominator, node)
        divide = self.dialect.divide
        return f"(({over} + ({under} {divide} 2)) {divide} {under})"

    @write.register
    def _(self, node: nodes.Always) -> str:
        return str(node.value).upper()

    @write.register
    def _(self, node: nodes.Compare) -> str:
        return f"({self.side(node.left)} {node.operator} {self.side(node.right)})"

    @write.register
    def _(self, node: nodes.Among) -> str:
        return f"({self.value(node.of)} IN ({', '.join(map(str, node.values))}))"

    @write.register
    def _(self, node: nodes.Conjunction) -> str:
        return f"({' AND '.join(map(self.value, node.items))})"

    @write.register
    def _(self, node: nodes.Disjunction) -> str:
        return f"({' OR '.join(map(self.value, node.items))})"

    @write.register
    def _(self, node: nodes.Negation) -> str:
        return f"(NOT {self.value(node.of)})"

    @write.register
    def _(self, node: nodes.Missing) -> str:
        return f"({self.value(node.of)} IS NULL)"

    @write.register
    def _(self, node: nodes.Surely) -> str:
        return f"COALESCE({self.value(node.of)}, FALSE)"

    @write.register
    def _(self, node: nodes.Possibly) -> str:
        return f"COALESCE({self.value(node.of)}, TRUE)"

    @write.register
    def _(self, node: nodes.Decided) -> str:
        certain, possible = self.value(node.certain), self.value(node.possible)
        return f"(CASE WHEN {certain} THEN TRUE WHEN NOT {possible} THEN FALSE END)"

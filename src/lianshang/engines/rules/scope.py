"""What the names in one policy mean on one day: facts, parameters, tables, lets and scores."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from fractions import Fraction

from . import arithmetic, nodes, scoring
from .arithmetic import Quotient
from .catalogue import Catalogue
from .catalogue import Variable as CatalogueVariable
from .language import syntax
from .language.parsing import parse
from .meaning import Coded, Dated, Meaning, Numeric, Points, meaning, truth
from .nodes import Integer, Truth
from .policy import Policy, Table
from .problems import ExpressionError, did_you_mean


class Scope:
    """Resolve names of a policy on a day; `changed` replaces parameters (what if …)."""

    def __init__(
        self,
        policy: Policy,
        catalogue: Catalogue,
        day: date,
        changed: Mapping[str, Fraction] | None = None,
    ) -> None:
        self.policy, self.catalogue, self.day = policy, catalogue, day
        self.changed = changed or {}
        self.judged = catalogue.judged
        self.assumed = {assumption.variable: assumption for assumption in policy.assume}
        self.used: set[str] = set()  # parameters, tables and lets that something names
        self._ready: dict[str, Meaning] = {}
        self._open: list[str] = []

    def truth(self, text: str) -> Truth:
        """The node of a test of this policy."""
        return truth(parse(text), self.resolve)

    def meaning(self, text: str) -> Meaning:
        return meaning(parse(text), self.resolve)

    def resolve(self, name: syntax.Name) -> Meaning:
        """What a name stands for; raises ExpressionError where it stands for nothing."""
        key = str(name)
        self.used.add(name.owner if name.owner not in ("", "score") else key)
        if key not in self._ready:
            try:
                self._ready[key] = self._resolved(name)
            except ExpressionError as error:
                problem = error.problem
                if problem.position is None:
                    raise ExpressionError(
                        problem.code, problem.what, problem.hint, name.at
                    ) from error
                raise
        return self._ready[key]

    def _resolved(self, name: syntax.Name) -> Meaning:
        if name.owner == "score":
            return self.score(name.name)
        if name.owner:
            return self._cell(name)
        if name.name in self.policy.parameters:
            return self.parameter(name.name)
        if name.name in self.policy.lets:
            with self._once(name.name):
                return meaning(parse(self.policy.lets[name.name].expression), self.resolve)
        if name.name in self.catalogue.variables:
            return self.fact(self.catalogue.variables[name.name])
        known = [*self.policy.parameters, *self.policy.lets, *self.catalogue.variables]
        try:
            self.catalogue.variable(name.name)
        except ExpressionError as error:
            hint = error.problem.hint or did_you_mean(name.name, known)
        raise ExpressionError("unknown-name", f"'{name}' is not known here.", hint, name.at)

    @contextmanager
    def _once(self, name: str) -> Iterator[None]:
        """Refuse a name that is defined by itself."""
        if name in self._open:
            circle = " → ".join([*self._open[self._open.index(name) :], name])
            raise ExpressionError("cycle", f"'{name}' is defined by itself: {circle}.")
        self._open.append(name)
        try:
            yield
        finally:
            self._open.pop()

    def parameter(self, name: str) -> Numeric:
        parameter = self.policy.parameters[name]
        value = self.changed.get(name, parameter.at(self.day))
        if value is None:
            raise ExpressionError(
                "no-value",
                f"'{name}' has no value on {self.day}.",
                "Add a dated value from the document that set it.",
            )
        return Numeric(Quotient.constant(Fraction(value)), parameter.unit.dimension)

    def fact(self, variable: CatalogueVariable) -> Meaning:
        quantity = variable.quantity
        assumption = self.assumed.get(variable.name)
        value = None
        if assumption is not None:
            try:
                value = self.catalogue.encode(variable.name, assumption.value)
            except ValueError as error:
                raise ExpressionError("assume", f"{error}.") from error
        if quantity.truth:
            flag = nodes.Flag(variable.name)
            return flag if value is None else nodes.AssumedFlag(flag, bool(value))
        node: Integer = nodes.Variable(variable.name, quantity.least, quantity.most)
        if value is not None:
            node = nodes.Assumed(node, int(value))
        if quantity.type == "date":
            return Dated(node)
        if quantity.type == "code":
            return Coded(node, quantity)
        return Numeric(Quotient(Fraction(1, 10**quantity.scale), node), quantity.dimension)

    def _cell(self, name: syntax.Name) -> Numeric:
        table = self.policy.tables.get(name.owner)
        if table is None or name.name not in table.columns:
            columns = [f"{t.name}.{c}" for t in self.policy.tables.values() for c in t.columns]
            hint = did_you_mean(str(name), columns)
            raise ExpressionError("unknown-name", f"'{name}' is not known here.", hint, name.at)
        key = self.resolve(syntax.Name(table.key, at=name.at))
        if not isinstance(key, Coded):
            raise ExpressionError("type", f"'{table.key}' has no codes to look up by.", "", name.at)
        return _column(table, name.name, key)

    def score(self, name: str) -> Points:
        """The interval of a score: the sum of its items and scores, below its cap."""
        score = self.policy.scores.get(name)
        if score is None:
            hint = did_you_mean(name, self.policy.scores)
            raise ExpressionError("unknown-name", f"There is no score '{name}'.", hint)
        with self._once(f"score.{name}"):
            parts = [self.item(item) for item in score.items]
            for part in score.sums:
                found = self.resolve(syntax.Name(part, "score"))
                assert isinstance(found, Points)
                parts.append(found)
        return scoring.total(parts, score.cap)

    def item(self, name: str) -> Points:
        item = self.policy.items.get(name)
        if item is None:
            hint = did_you_mean(name, self.policy.items)
            raise ExpressionError("unknown-name", f"There is no item '{name}'.", hint)
        if item.expert is None:
            tests = [self.truth(b.when) for b in item.brackets if b.when is not None]
            return scoring.bracketed(item.brackets, tests, self.judged)
        if not item.fact:
            return scoring.judged(*item.expert, None)
        fact = self.resolve(syntax.Name(item.fact))
        if not isinstance(fact, Numeric) or fact.quotient.coefficient != 1:
            raise ExpressionError("type", f"'{item.fact}' does not hold whole points.")
        return scoring.judged(*item.expert, fact.quotient.numerator)


def _column(table: Table, column: str, key: Coded) -> Numeric:
    """A column as a lookup by code; an absent cell is 0, an absent row unknown."""
    unit = table.columns[column]
    cells = [
        row.get(column, Fraction(0)) * unit.factor if row is not None else None
        for row in (table.rows.get(code) for code in key.quantity.codes)
    ]
    scale, _ = arithmetic.common_scale(*[cell for cell in cells if cell] or [Fraction(1)])
    values = tuple(None if cell is None else int(cell / scale) for cell in cells)
    node = nodes.Lookup(key.node, values)
    return Numeric(Quotient(scale, node), unit.dimension)

"""The invented library in OpenFisca: a variable per clause, per policy and per amount.

Numbers are float32, OpenFisca's own type. It knows two truth values only, and a missing input
counts as 0; the three-valued form carries by hand, for every fact, whether it is known, and for
every answer whether it is surely and whether it is possibly so.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import polars as pl

from bench.rules.arrays import Array, Formulas, Get, together
from bench.rules.synthetic import Clause, Column, Fixed, Policy, Score, columns

PERIOD = "2026"
Formula = Callable[[Any, Any], Array]


class OpenFisca:
    """A tax-benefit system with the library in it, and the firms' arrays to put into a run."""

    def __init__(
        self,
        library: list[Policy],
        frame: pl.DataFrame,
        *,
        unknowns: bool,
        style: type[Formulas] = Formulas,
    ) -> None:
        """Raises ImportError where OpenFisca is not installed."""
        parts: dict[str, Any] = {
            part: import_module(f"openfisca_core.{part}")
            for part in ("entities", "periods", "simulations", "taxbenefitsystems", "variables")
        }
        self.parts, self.library, self.unknowns = parts, library, unknowns
        self.height, self.np = frame.height, import_module("numpy")
        self.formulas = style(self.np)
        build: Any = parts["entities"].build_entity
        self.company = build(key="company", plural="companies", label="企业", is_person=True)
        self.system = parts["taxbenefitsystems"].TaxBenefitSystem([self.company])
        self.inputs = dict(self._inputs(frame))
        self._write()

    def simulation(self) -> Any:
        """A fresh simulation with all inputs set, since a used one remembers its results."""
        builder = self.parts["simulations"].SimulationBuilder()
        simulation = builder.build_default_simulation(self.system, self.height)
        for name, values in self.inputs.items():
            simulation.set_input(name, PERIOD, values)
        return simulation

    def run(self, simulation: Any) -> dict[str, Array]:
        """Every policy and amount."""
        ends = ("_sure", "_possible") if self.unknowns else ("",)
        return {
            f"{policy.code}{end}": simulation.calculate(f"{_name(policy)}{end}", PERIOD)
            for policy in self.library
            for end in (*ends, "_amount")
        }

    def answers(self, results: dict[str, Array]) -> pl.DataFrame:
        """As contestants are compared: met, not met or null, and the amount in fen."""
        found = {}
        for policy in self.library:
            if self.unknowns:
                sure, possible = (results[f"{policy.code}_{end}"] for end in ("sure", "possible"))
                states = pl.DataFrame({"sure": sure, "open": possible & ~sure})
                known = pl.when(~pl.col("open")).then("sure").alias(policy.code)
                found[policy.code] = states.select(known).to_series()
            else:
                found[policy.code] = pl.Series(results[policy.code])
            yuan = pl.Series(results[f"{policy.code}_amount"], dtype=pl.Float64).fill_nan(None)
            found[f"{policy.code}#amount"] = (yuan * 100).round().cast(pl.Int64)
        return pl.DataFrame(found)

    def _inputs(self, frame: pl.DataFrame) -> Iterator[tuple[str, Array]]:
        for column in columns():
            values = frame[column.name]
            if self.unknowns:
                yield f"{column.name}_known", values.is_not_null().to_numpy()
            yield column.name, self._array(column, values)

    def _array(self, column: Column, values: pl.Series) -> Array:
        if column.kind == "flag":
            return values.fill_null(False).to_numpy()
        filled = values.fill_null(0)
        if column.kind == "code":
            return filled.cast(pl.Int32).to_numpy()
        return (filled / column.scale).cast(pl.Float32).to_numpy()

    def _write(self) -> None:
        for name, values in self.inputs.items():
            self._add(name, {"b": bool, "i": int, "f": float}[values.dtype.kind])
        for policy in self.library:
            for number, clause in enumerate(policy.clauses):
                self._add_clause(f"{_name(policy)}_c{number}", clause)
            for end in ("_sure", "_possible") if self.unknowns else ("",):
                parts = [f"{_name(policy)}_c{i}{end}" for i in range(len(policy.clauses))]
                self._add(f"{_name(policy)}{end}", bool, _all_of(parts))
            self._add(f"{_name(policy)}_amount", float, self._amount(policy))

    def _add_clause(self, name: str, clause: Clause) -> None:
        formulas = self.formulas

        def sure(firm: Any, at: Any) -> Array:
            return formulas.sure(clause, *_readers(firm, at))

        def possible(firm: Any, at: Any) -> Array:
            get, known = _readers(firm, at)
            if isinstance(clause, Score):
                return formulas.possible(clause, get, known)
            return firm(f"{name}_sure", at) | ~formulas.decided(clause, get, known)

        if self.unknowns:
            self._add(f"{name}_sure", bool, sure)
            self._add(f"{name}_possible", bool, possible)
        else:
            self._add(name, bool, lambda firm, at: formulas.test(clause, _readers(firm, at)[0]))

    def _amount(self, policy: Policy) -> Formula:
        def formula(firm: Any, at: Any) -> Array:
            get, known = _readers(firm, at)
            value = policy.amount
            yuan = self.formulas.amount(value, get, self.height)
            if isinstance(value, Fixed) or not self.unknowns:
                return yuan
            return self.np.where(known(value.column.name), yuan, self.np.float32("nan"))

        return formula

    def _add(self, name: str, kind: type, formula: Formula | None = None) -> None:
        body: dict[str, Any] = {"value_type": kind, "entity": self.company, "label": name}
        body["definition_period"] = self.parts["periods"].DateUnit.YEAR
        if formula:
            body["formula"] = formula
        self.system.add_variable(type(name, (self.parts["variables"].Variable,), body))


def _readers(firm: Any, at: Any) -> tuple[Get, Get]:
    """Functions that give a fact, and whether it is known."""
    return lambda name: firm(name, at), lambda name: firm(f"{name}_known", at)


def _all_of(names: list[str]) -> Formula:
    return lambda firm, at: together([firm(name, at) for name in names])


def _name(policy: Policy) -> str:
    return policy.code.replace(".", "_")

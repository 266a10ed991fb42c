"""The catalogue of quantities: what a policy may ask about an enterprise, and how it is held."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from .language.units import PURE, Dimension, parse_unit
from .problems import ExpressionError, PolicyError, Problem, did_you_mean
from .reading import Label, Section, to_fraction

Value = int | bool | None  # inside the engine; None is not known
TYPES = ("number", "bool", "date", "code", "title")
PERIODS = ("annual", "point", "derived")
AVERAGINGS = ("none", "monthly", "quarterly")
SENSITIVITIES = ("public", "internal", "restricted")
YEARS = range(11)  # _y0, the last completed fiscal year, to _y10
EPOCH = date(1970, 1, 1)
_FIELDS = (
    "label", "note", "type", "unit", "scale", "min", "max", "period", "averaging", "sensitivity",
    "owner", "expert", "codes", "policy", "result_of",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """One catalogued quantity. `least` and `most` bound its encoded values."""

    name: str
    type: str
    label: Label
    note: Label
    dimension: Dimension
    scale: int
    least: int
    most: int
    codes: Mapping[str, Label]  # in the order of the code table
    period: str
    averaging: str
    sensitivity: str
    owner: str
    expert: bool
    policy: str  # the family that grants a title
    result_of: str  # the family whose answer (or class) this quantity is; evaluated first

    @property
    def truth(self) -> bool:
        return self.type in ("bool", "title")


@dataclass(frozen=True, slots=True)
class Variable:
    """A quantity, of a year if it is annual: what expressions name and facts are keyed by."""

    name: str
    quantity: Quantity
    years_back: int | None = None  # 0 = last completed fiscal year


@dataclass(frozen=True)
class Catalogue:
    """All quantities by name. Raises PolicyError with every fault when it cannot be read."""

    quantities: Mapping[str, Quantity]

    @classmethod
    def from_mapping(
        cls,
        mapping: Mapping[str, Any],
        code_tables: Mapping[str, Mapping[str, Label]] | None = None,
    ) -> "Catalogue":
        """From a loaded catalogue file; `code_tables` are the standard tables it may refer to."""
        problems: list[Problem] = []
        top = Section(mapping, "", problems)
        top.only("quantities")
        quantities = {
            name: _quantity(name, section, code_tables or {})
            for name, section in top.sections("quantities")
        }
        if problems:
            raise PolicyError(problems)
        return cls(quantities)

    @cached_property
    def variables(self) -> Mapping[str, Variable]:
        """Every name an expression may use for a fact."""
        return {v.name: v for q in self.quantities.values() for v in _variables(q)}

    @cached_property
    def judged(self) -> frozenset[str]:
        """Variables that only a person can know."""
        return frozenset(v.name for v in self.variables.values() if v.quantity.expert)

    def variable(self, name: str) -> Variable:
        found = self.variables.get(name)
        if found is not None:
            return found
        if name in self.quantities:
            hint = f"It is kept by year: write {name}_y0 for the last completed year."
        else:
            hint = did_you_mean(name, self.variables)
        raise ExpressionError("unknown-name", f"'{name}' is not in the catalogue.", hint)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Family of policies → name of the title it grants."""
        return {q.policy: q.name for q in self.quantities.values() if q.type == "title"}

    def encode(self, name: str, value: object) -> Value:
        """A stored value as the engine holds it; None, NaN and infinity are not known.

        Numbers are rounded half up to the declared scale. Raises ValueError for a value of the
        wrong type, outside the declared bounds, or a code the table does not have.
        """
        return _encoded(self.variable(name).quantity, value)

    def decode(self, name: str, value: Value) -> Decimal | bool | date | str | None:
        """The inverse of `encode`: numbers as Decimal in the quantity's unit."""
        quantity = self.variable(name).quantity
        if value is None:
            return None
        if quantity.truth:
            return bool(value)
        if quantity.type == "date":
            return date.fromordinal(EPOCH.toordinal() + value)
        if quantity.type == "code":
            return list(quantity.codes)[value]
        return Decimal(value).scaleb(-quantity.scale)


def _variables(quantity: Quantity) -> Iterator[Variable]:
    if quantity.period != "annual":
        yield Variable(quantity.name, quantity)
        return
    for year in YEARS:
        yield Variable(f"{quantity.name}_y{year}", quantity, year)


def _quantity(name: str, section: Section, tables: Mapping[str, Mapping[str, Label]]) -> Quantity:
    section.only(*_FIELDS)
    kind = section.choice("type", TYPES)
    codes = _codes(section, tables) if kind == "code" else {}
    scale = section.whole("scale", required=False)
    least, most = _bounds(section, kind, scale, len(codes))
    if not name.isascii() or not name.isidentifier():
        section.problem("structure", f"'{name}' is not a name.", "Use snake_case letters.")
    return Quantity(
        name=name,
        type=kind,
        label=section.label("label"),
        note=section.label("note", required=False),
        dimension=_dimension(section) if kind == "number" else PURE,
        scale=scale,
        least=least,
        most=most,
        codes=codes,
        period=section.choice("period", PERIODS, "point"),
        averaging=section.choice("averaging", AVERAGINGS, "none"),
        sensitivity=section.choice("sensitivity", SENSITIVITIES, "internal"),
        owner=section.text("owner", required=False),
        expert=section.flag("expert"),
        policy=section.text("policy", required=kind == "title"),
        result_of=section.text("result_of", required=False),
    )


def _dimension(section: Section) -> Dimension:
    unit = section.data.get("unit")
    try:
        return parse_unit(str(unit), multiples=False).dimension
    except ExpressionError as error:
        section.problem(error.problem.code, error.problem.what, error.problem.hint, at="unit")
        return PURE


def _bounds(section: Section, kind: str, scale: int, codes: int) -> tuple[int, int]:
    """Smallest and largest encoded value; a number must declare them."""
    if kind == "code":
        return 0, max(0, codes - 1)
    if kind == "date":
        first, last = section.day("min", required=False), section.day("max", required=False)
        return as_days(first or date(1900, 1, 1)), as_days(last or date(2199, 12, 31))
    if kind != "number":
        return 0, 1
    least, most = section.number("min"), section.number("max")
    if least is None or most is None:
        return 0, 0
    if least > most:
        section.problem("bounds", "min is larger than max.")
    return math.floor(least * 10**scale), math.ceil(most * 10**scale)


def _codes(section: Section, tables: Mapping[str, Mapping[str, Label]]) -> Mapping[str, Label]:
    codes = section.data.get("codes")
    if isinstance(codes, str):
        if codes not in tables:
            section.problem("codes", f"There is no code table '{codes}'.", at="codes")
        return tables.get(codes, {})
    below = section.section("codes")
    return {str(code): below.label(code) for code in below.data}


def as_days(value: date) -> int:
    """A date as the engine holds it: days since 1970-01-01."""
    return value.toordinal() - EPOCH.toordinal()


def _encoded(quantity: Quantity, value: object) -> Value:
    if value is None or (isinstance(value, float | Decimal) and not math.isfinite(value)):
        return None
    if quantity.truth:
        if value in (True, False):
            return bool(value)
        raise ValueError(f"{quantity.name}: expected true or false, found {value!r}")
    if quantity.type == "code":
        return _code_index(quantity, str(value))
    if quantity.type == "date":
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
        encoded = as_days(day)
    else:
        number = value if isinstance(value, Fraction) else to_fraction(value)
        if number is None:
            raise ValueError(f"{quantity.name}: expected a number, found {value!r}")
        encoded = math.floor(number * 10**quantity.scale + Fraction(1, 2))
    if not quantity.least <= encoded <= quantity.most:
        raise ValueError(f"{quantity.name}: {value} is outside the bounds in the catalogue")
    return encoded


def _code_index(quantity: Quantity, code: str) -> int:
    try:
        return list(quantity.codes).index(code)
    except ValueError:
        raise ValueError(f"{quantity.name}: there is no code {code!r}") from None

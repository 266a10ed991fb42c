"""From the ledger and the register to what the rules engine computes with: variable → int, bool or
None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianshang.apps.enterprises.choices import Period
from lianshang.apps.enterprises.models import Enterprise, Quantity
from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.enterprises.queries.derived import derived_values, register_rows
from lianshang.apps.enterprises.queries.winners import Wanted, winners, winning_columns
from lianshang.core.consent.choices import Use

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import polars as pl

    from lianshang.engines.rules.catalogue import Catalogue

Value = int | bool | None
Values = dict[str, Value]


def values_of(
    enterprises: Collection[int],
    variables: Collection[str],
    *,
    on: date,
    purpose: Use = Use.SERVICE,
) -> dict[int, Values]:
    """Enterprise key → the known values of the variables; what is absent is not known.

    A value outside the catalogue's bounds counts as not known: the exactness of the rules rests on
    the bounds, and one bad cell must not stop the run for everybody.
    """
    known = catalogue()
    values = _derived(enterprises, variables, known, on)
    quantities = {known.variables[name].quantity.name for name in variables}
    rows = Quantity.objects.filter(code__in=quantities).exclude(period=Period.DERIVED)
    codes = dict(rows.values_list("pk", "code"))
    truths = {pk for pk, code in codes.items() if known.quantities[code].truth}
    asked = set(variables)
    for won in winners(
        enterprises, _wanted(codes, known), years=_years(on), purpose=purpose, on=on
    ):
        name = codes[won.quantity]
        if won.year is not None:
            name = f"{name}_y{on.year - 1 - won.year}"
        if name not in asked or won.encoded is None:
            continue
        quantity = known.variables[name].quantity
        if won.quantity in truths:
            values[won.enterprise][name] = bool(won.encoded)
        elif quantity.least <= won.encoded <= quantity.most:
            values[won.enterprise][name] = won.encoded
    return values


def columns_of(
    enterprises: Collection[int] | None, variables: Collection[str], *, on: date
) -> tuple[list[int], pl.DataFrame]:
    """The same about many firms (None: all that are present) as columns: the firms' keys in order,
    and a column per variable with a row per firm.
    """
    import polars as pl

    known = catalogue()
    firms = Enterprise.objects.present().order_by("pk")
    if enterprises is not None:
        firms = firms.filter(pk__in=enterprises)
    keys = list(firms.values_list("pk", flat=True))
    found = _won_columns(keys, enterprises is None, variables, known, on)
    derived = [name for name in variables if known.variables[name].quantity.period == "derived"]
    values = _derived(keys, derived, known, on) if derived else {}
    nothing: Values = {}
    frame = pl.DataFrame(
        [
            found[name]
            if name in found
            else pl.Series(
                name,
                [values.get(key, nothing).get(name) for key in keys] if name in derived else None,
                dtype=pl.Boolean if known.variables[name].quantity.truth else pl.Int64,
            ).extend_constant(None, 0 if name in derived else len(keys))
            for name in variables
        ]
    )
    return keys, frame


def _won_columns(
    keys: list[int], every: bool, variables: Collection[str], known: Catalogue, on: date
) -> dict[str, pl.Series]:
    """A column per variable that some firm has a value of."""
    import polars as pl

    quantities = {known.variables[name].quantity.name for name in variables}
    rows = Quantity.objects.filter(code__in=quantities).exclude(period=Period.DERIVED)
    codes = dict(rows.values_list("pk", "code"))
    places = pl.DataFrame({"firm": pl.Series(keys, dtype=pl.Int64)}).with_row_index("row")
    found = {}
    for quantity, year, text in winning_columns(
        None if every else keys,
        _wanted(codes, known),
        years=_years(on),
        purpose=Use.SERVICE,
        on=on,
    ):
        name = codes[quantity] if year is None else f"{codes[quantity]}_y{on.year - 1 - year}"
        if name in variables:
            schema = {"firm": pl.Int64, "encoded": pl.Int64}
            part = pl.read_csv(text.encode(), has_header=False, schema=schema)
            found[name] = _column(name, part.join(places, on="firm"), len(keys), known)
    return found


def _column(name: str, part: pl.DataFrame, height: int, known: Catalogue) -> pl.Series:
    import polars as pl

    quantity = known.variables[name].quantity
    if not quantity.truth:
        part = part.filter(pl.col("encoded").is_between(quantity.least, quantity.most))
    column = pl.Series(name, [None], dtype=pl.Int64).new_from_index(0, height)
    column = column.scatter(part["row"], part["encoded"])
    return column.cast(pl.Boolean) if quantity.truth else column


def _years(on: date) -> range:
    """The completed fiscal years a variable may name: _y0 (last year) back to _y10."""
    return range(on.year - 11, on.year)


def _wanted(codes: Mapping[int, str], known: Catalogue) -> Wanted:
    definitions = [(pk, known.quantities[code]) for pk, code in codes.items()]
    return Wanted(
        quantities=[pk for pk, _definition in definitions],
        scales=[definition.scale for _pk, definition in definitions],
        titles=[definition.type == "title" for _pk, definition in definitions],
        code_places=[
            (pk, code, place)
            for pk, definition in definitions
            for place, code in enumerate(definition.codes)
        ],
    )


def _derived(
    enterprises: Collection[int], variables: Collection[str], known: Catalogue, on: date
) -> dict[int, Values]:
    asked = [name for name in variables if known.variables[name].quantity.period == "derived"]
    places = {
        name: {code: place for place, code in enumerate(known.quantities[name].codes)}
        for name in asked
    }
    found: dict[int, Values] = {}
    for row in register_rows(Enterprise.objects.filter(pk__in=enterprises)):
        computed = derived_values(row, on)
        found[row.pk] = {
            name: places[name][value] if isinstance(value, str) else value
            for name in asked
            if (value := computed.get(name)) is not None
        }
    return found

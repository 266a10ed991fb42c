"""From the ledger and the register to what the rules engine computes with: variable → int, bool or
None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianshang.apps.enterprises.choices import Period
from lianshang.apps.enterprises.models import Enterprise, Quantity
from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.enterprises.queries.derived import derived_values, register_rows
from lianshang.apps.enterprises.queries.winners import Wanted, winners
from lianshang.core.consent.choices import Use

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

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

"""The zone's own forms: their headings are names of the catalogue, which the importer knows."""

import functools
from collections.abc import Callable, Mapping
from typing import Any, cast

from lianshang.cli.demo.books.values import Value
from lianshang.cli.demo.offices import writing
from lianshang.cli.demo.offices.sheets import Cell, Column
from lianshang.core.policy_files import default_folder, read_yaml

_UNITLESS = ("", "1")


def fields(
    missing: Mapping[str, float],
    write: Callable[[Value], Cell],
    *,
    unit: str = "",
    year: int | None = None,
) -> tuple[Column, ...]:
    """A column for each code (code → share of firms that leave it empty), written in one way.

    `unit` is there where it differs from the catalogue's; `year` where the heading states it.
    """
    return tuple(_field(code, share, write, unit, year) for code, share in missing.items())


def _field(
    code: str, missing: float, write: Callable[[Value], Cell], unit: str, year: int | None
) -> Column:
    definition = _catalogue()[code]
    stated = unit or str(definition.get("unit", ""))
    stated = "" if stated in _UNITLESS else stated
    heading = f"{year}年" if year else ""
    heading += str(definition["label"]["zh"])
    heading += f"（{stated}）" if stated else ""
    is_money = definition.get("unit") == "元"
    return Column(heading, code, write, missing, stated if is_money else "", year)


def word(code: str) -> Callable[[Value], Cell]:
    """Writes a code as its Chinese name."""
    codes = _catalogue()[code]["codes"]
    return lambda value: str(codes[value]["zh"])


def yes_no(missing: Mapping[str, float]) -> tuple[Column, ...]:
    """Questions answered 是 or 否."""
    return fields(missing, writing.yes_no)


@functools.cache
def _catalogue() -> Mapping[str, Mapping[str, Any]]:
    catalogue = read_yaml(default_folder() / "catalogue.yaml")
    return cast("Mapping[str, Mapping[str, Any]]", catalogue["quantities"])

"""Standard code tables by name, for catalogues that say `codes: gbt4754.division`."""

from collections.abc import Mapping
from functools import cache

from lianshang.engines.standards.industry import all_industries


@cache
def code_tables() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """`gbt4754.section|division|group|class` → code (with its letter) → names, in the standard's
    order.

    The standard has no official English names; both languages show the Chinese one.
    """
    tables: dict[str, dict[str, Mapping[str, str]]] = {}
    for entry in all_industries():
        names = {"zh": entry.name, "en": f"{entry.code} {entry.name}"}
        tables.setdefault(f"gbt4754.{entry.level.name.lower()}", {})[entry.code] = names
    return tables

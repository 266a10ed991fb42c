"""Units and their algebra: 元 × 元 is 元², 元 ÷ 元 is a pure number."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from lianshang.engines.rules.problems import ExpressionError, did_you_mean

BASE_UNITS = ("元", "人", "项", "天", "月", "年", "分", "㎡", "次")
COUNTING_UNITS = ("项", "分", "次")  # what is merely counted may be compared with a bare number
MULTIPLES = {"万元": ("元", 10_000), "亿元": ("元", 100_000_000)}
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Dimension:
    """Base units with their exponents, sorted; empty for a pure number."""

    powers: tuple[tuple[str, int], ...] = ()

    def __mul__(self, other: "Dimension") -> "Dimension":
        return self._combined(other, 1)

    def __truediv__(self, other: "Dimension") -> "Dimension":
        return self._combined(other, -1)

    def _combined(self, other: "Dimension", sign: int) -> "Dimension":
        powers = dict(self.powers)
        for unit, power in other.powers:
            powers[unit] = powers.get(unit, 0) + sign * power
        return Dimension(tuple(sorted((u, p) for u, p in powers.items() if p)))

    @property
    def counted(self) -> bool:
        return len(self.powers) == 1 and self.powers[0] in [(u, 1) for u in COUNTING_UNITS]

    def __str__(self) -> str:
        over = [u + _power(p) for u, p in self.powers if p > 0]
        under = [u + _power(-p) for u, p in self.powers if p < 0]
        return "/".join(["·".join(over) or "1", *under]) if under else "·".join(over) or "1"


PURE = Dimension()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written, e.g. 万元: its dimension and how many base units it is."""

    text: str
    dimension: Dimension
    factor: Fraction


@lru_cache(maxsize=256)
def parse_unit(text: str, *, multiples: bool) -> Unit:
    """Read `元`, `1`, `元/人`, `㎡·月` and, where allowed, 万元 and 亿元."""
    dimension, factor = PURE, Fraction(1)
    for sign, part in re.findall(r"(^|[/·])([^/·]+)", text.strip()):
        base, size = MULTIPLES.get(part, (part, 1)) if multiples else (part, 1)
        if base in BASE_UNITS:
            one = Dimension(((base, 1),))
        elif base == "1":
            one = PURE
        else:
            raise ExpressionError("unknown-unit", f"'{part}' is not a unit.", _unit_hint(part))
        dimension = dimension / one if sign == "/" else dimension * one
        factor = factor / size if sign == "/" else factor * size
    return Unit(text, dimension, factor)


def _unit_hint(part: str) -> str:
    if part in MULTIPLES:
        return "Quantities are kept in 元; 万元 and 亿元 are for parameters, tables and tests."
    return did_you_mean(part, BASE_UNITS) or f"Known units: {' '.join(BASE_UNITS)} 1."


def _power(power: int) -> str:
    return "" if power == 1 else str(power).translate(_SUPERSCRIPTS)

"""Numbers as people read them: 286.4 万元, 2.80%, 1,200 人."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from .catalogue import Catalogue, Value
from .language.units import PURE, Dimension
from .reading import in_language

Rounding = Literal["half", "up", "down"]
YUAN = Dimension((("元", 1),))
YEARS = Dimension((("年", 1),))
_ENGLISH = {
    "元": "yuan", "人": "persons", "项": "items", "天": "days", "月": "months", "年": "years",
    "分": "points", "㎡": "m²", "次": "times",
}  # fmt: skip
_LARGE = {  # from which amount on, in units of how much
    "zh": ((10**9, 10**8, "亿元"), (10**4, 10**4, "万元")),
    "en": ((10**9, 10**9, "billion yuan"), (10**6, 10**6, "million yuan")),
}
EXACT = 4  # decimals up to which a percentage is shown as it is; beyond them it is rounded
UNKNOWN = {"zh": "未知", "en": "unknown"}
_YES_NO = {"zh": {True: "是", False: "否"}, "en": {True: "yes", False: "no"}}


def rounded(value: Fraction, decimals: int, rounding: Rounding = "half") -> Fraction:
    """To so many decimals: half away from zero, or always up or down."""
    scaled = value * 10**decimals
    if rounding == "half":
        whole = math.floor(abs(scaled) + Fraction(1, 2)) * (1 if value >= 0 else -1)
    else:
        whole = math.ceil(scaled) if rounding == "up" else math.floor(scaled)
    return Fraction(whole, 10**decimals)


def format_decimal(
    value: Fraction,
    decimals: int,
    *,
    fixed: bool = False,
    grouped: bool = True,
    rounding: Rounding = "half",
) -> str:
    """Thousands separated; trailing zeros only if `fixed`."""
    number = rounded(value, decimals, rounding)
    comma = "," if grouped else ""
    text = f"{Decimal(number.numerator) / Decimal(number.denominator):{comma}.{decimals}f}"
    return text if fixed or not decimals else text.rstrip("0").rstrip(".")


def format_number(
    value: Fraction | None,
    dimension: Dimension,
    language: str,
    *,
    decimals: int = 2,
    percent: bool = False,
    rounding: Rounding = "half",
) -> str:
    """A number with its unit; money in 万元 or 亿元 where it is large."""
    if value is None:
        return UNKNOWN[language]
    if dimension == PURE and not percent:
        return format_decimal(value, decimals + 2, rounding=rounding)
    if dimension == PURE:
        share = value * 100
        if (share * 10**EXACT).denominator == 1:  # 4.5%, as it is written; nothing to round
            return f"{format_decimal(share, EXACT)}%"
        return f"{format_decimal(share, decimals, fixed=True, rounding=rounding)}%"
    size, unit = 1, unit_name(dimension, language)
    if dimension == YUAN:
        fitting = (large for large in _LARGE[language] if abs(value) >= large[0])
        _, size, unit = next(fitting, (0, size, unit))
    grouped = dimension != YEARS  # 2026 年, not 2,026 年
    return f"{format_decimal(value / size, decimals, grouped=grouped, rounding=rounding)} {unit}"


def exact_money(value: Fraction, language: str) -> str:
    """A sum of money to the 分, unabridged."""
    return f"{format_decimal(value, 2, fixed=value % 1 != 0)} {unit_name(YUAN, language)}"


def unit_name(dimension: Dimension, language: str) -> str:
    text = str(dimension)
    if language == "en":
        for chinese, english in _ENGLISH.items():
            text = text.replace(chinese, english)
    return text


def format_value(
    catalogue: Catalogue,
    name: str,
    value: Value,
    language: str,
    *,
    decimals: int = 2,
    rounding: Rounding = "half",
) -> str:
    """An encoded fact as people read it."""
    quantity = catalogue.variable(name).quantity
    if value is None:
        return UNKNOWN[language]
    if quantity.truth:
        return _YES_NO[language][bool(value)]
    decoded = catalogue.decode(name, value)
    if quantity.type == "code":
        return in_language(quantity.codes[str(decoded)], language)
    if quantity.type == "date":
        return str(decoded)
    number = Fraction(value, 10**quantity.scale)
    return format_number(number, quantity.dimension, language, decimals=decimals, rounding=rounding)


def decimals_apart(left: Fraction, right: Fraction, *, size: Fraction = Fraction(1)) -> int:
    """Decimals from 2 on at which two different numbers, in units of `size`, look different."""
    decimals = 2
    while left != right and decimals < 12 and _alike(left / size, right / size, decimals):
        decimals += 1
    return decimals


def _alike(left: Fraction, right: Fraction, decimals: int) -> bool:
    return rounded(left, decimals) == rounded(right, decimals)

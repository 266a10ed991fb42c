"""Chinese numerals and mixed ones: 三百二十, 叁佰贰拾, 二〇二一, 1.2亿, 3亿5000万."""

import re
from decimal import Decimal

_DIGITS = ("〇○", "一壹幺", "二贰貳两", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
_PLAIN = str.maketrans(
    {char: str(value) for value, chars in enumerate(_DIGITS) for char in chars}
    | dict(zip("拾佰仟萬億", "十百千万亿", strict=True))
)
_SECTION = re.compile(r"(?:([1-9])千)?(零)?(?:([1-9])百)?(零)?(?:([1-9]?)十)?(零)?([1-9])?")
_ORDERS = {"十": 10, "百": 100, "千": 1000}


def numeral_value(text: str) -> Decimal | None:
    """The value of a numeral in Chinese, Arabic or mixed writing; None if not well formed.

    Spoken short forms (三百五 for 350, 一万五 for 15,000) are refused: they read as 305 and 10,005.
    """
    return _myriads(text.translate(_PLAIN))


def _myriads(plain: str) -> Decimal | None:
    for sign, size in (("亿", 10**8), ("万", 10**4)):
        high, found, low = plain.rpartition(sign)
        if found:
            high_value, low_value = _myriads(high), _below(low, size)
            if high_value is None or low_value is None:
                return None
            return high_value * size + low_value
    return _section(plain)


def _below(plain: str, size: int) -> Decimal | None:
    """What follows 万 or 亿: nothing, or a smaller number, a lone digit only after 零."""
    if not plain:
        return Decimal(0)
    if re.fullmatch(r"[0-9]", plain):
        return None
    value = _myriads(plain)
    return value if value is not None and value < size else None


def _section(plain: str) -> Decimal | None:
    if re.fullmatch(r"[0-9零]+(\.[0-9]+)?", plain) and not re.match(r"零[1-9]", plain):
        return Decimal(plain.replace("零", "0"))
    scaled = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([十百千])", plain)
    if scaled:
        return Decimal(scaled[1]) * _ORDERS[scaled[2]]
    match = _SECTION.fullmatch(plain)
    if not plain or match is None or re.search(r"[千百][0-9]$|千[0-9]?十|零$", plain):
        return None
    thousands, _, hundreds, _, tens, _, ones = match.groups()
    ten = 0 if tens is None else int(tens or 1)
    return Decimal(
        int(thousands or 0) * 1000 + int(hundreds or 0) * 100 + ten * 10 + int(ones or 0)
    )

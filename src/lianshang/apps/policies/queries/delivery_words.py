"""Amounts in capital figures, and names as a public notice may show them."""

from decimal import Decimal

from lianshang.apps.enterprises.choices import ActorKind
from lianshang.apps.enterprises.models import Enterprise
from lianshang.core.privacy import mask_name

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def capital_amount(amount: Decimal) -> str:
    """1234567.08 → 壹佰贰拾叁万肆仟伍佰陆拾柒元零捌分, as vouchers want it."""
    fen = int((amount * 100).to_integral_value())
    yuan, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    text = f"{_whole(yuan)}元" if yuan else ""
    if not jiao and not cent:
        return f"{text or '零元'}整"
    text += f"{DIGITS[jiao]}角" if jiao else ("零" if yuan else "")
    return text + (f"{DIGITS[cent]}分" if cent else "整")


def _whole(number: int) -> str:
    """The whole yuan, in groups of four digits; a gap of zeros is read once."""
    text, gap = "", False
    groups = []
    while number:
        number, low = divmod(number, 10_000)
        groups.append(low)
    for place in reversed(range(len(groups))):
        group = groups[place]
        if not group:
            gap = bool(text)
            continue
        text += ("零" if text and (gap or group < 1000) else "") + _four(group) + GROUPS[place]
        gap = False
    return text


def _four(group: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return text


def is_natural(firm: Enterprise) -> bool:
    """Whether the name is a person's, or close to it: a sole trader's."""
    return firm.kind == ActorKind.SOLE_TRADER


def public_name(firm: Enterprise) -> str:
    return mask_name(firm.name) if is_natural(firm) else firm.name


def public_code(firm: Enterprise) -> str:
    """The credit code of a firm; of a sole trader none."""
    return "" if is_natural(firm) else (firm.credit_code or "")

"""Values worth trying where nothing is known."""

from lianshang.engines.rules.catalogue import Quantity
from lianshang.engines.rules.formatting import YUAN

CODES = 120  # codes tried one by one


def guesses(quantity: Quantity) -> list[int | bool]:
    """Values worth trying where nothing is known: a middling one first, then the ends."""
    if quantity.truth:
        return [True, False]
    if quantity.type == "code":
        return list(range(quantity.least, min(quantity.most, quantity.least + CODES) + 1))
    middling = (10**6 if quantity.dimension == YUAN else 10) * 10**quantity.scale
    if quantity.type == "date":
        middling = (quantity.least + quantity.most) // 2
    clamped = min(max(middling, quantity.least), quantity.most)
    zero = min(max(0, quantity.least), quantity.most)
    return list(dict.fromkeys([clamped, quantity.most, zero, quantity.least, zero + 1]))

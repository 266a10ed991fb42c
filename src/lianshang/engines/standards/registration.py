"""Numbers found where a credit code should be: old registration numbers and identity cards."""

import re
from datetime import date

# GB 11643-1999, ISO 7064 MOD 11-2.
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"
# First two digits of GB/T 2260 (mainland, Taiwan, Hong Kong, Macao).
_PROVINCES = frozenset(
    number
    for first, last in (
        (11, 15),
        (21, 23),
        (31, 37),
        (41, 46),
        (50, 54),
        (61, 65),
        (71, 71),
        (81, 82),
    )
    for number in range(first, last + 1)
)


def registration_check_digit(body: str) -> str:
    """The 15th digit of a business registration number, from its first 14.

    GS 15-2006, ISO 7064 MOD 11,10. Unconfirmed: two public validators agree on the rule, the text
    of the standard has not been read.
    """
    if not re.fullmatch(r"[0-9]{14}", body):
        raise ValueError(f"a registration number has 14 digits before its check digit: {body!r}")
    product = 10
    for digit in body:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def is_old_registration_number(text: str) -> bool:
    """Whether `text` is a 15-digit registration number of before October 2015, check included."""
    return bool(re.fullmatch(r"[0-9]{15}", text)) and (
        registration_check_digit(text[:14]) == text[14]
    )


def looks_like_identity_card(text: str) -> bool:
    """Whether `text` has the shape of a resident's number: a province, then a date of birth."""
    if re.fullmatch(r"[0-9]{17}[0-9X]", text):
        birth = text[6:14]
    elif re.fullmatch(r"[0-9]{15}", text):
        birth = "19" + text[6:12]
    else:
        return False
    return int(text[:2]) in _PROVINCES and _is_birth_date(birth)


def is_identity_card_number(text: str) -> bool:
    """Whether `text` is a resident's identity number: 18 characters with the check, or the old 15.

    The old form has no check digit, so a number that is a good registration number is not one.
    """
    if not looks_like_identity_card(text):
        return False
    if len(text) == 15:
        return not is_old_registration_number(text)
    total = sum(int(char) * weight for char, weight in zip(text, _IDENTITY_WEIGHTS, strict=False))
    return _IDENTITY_CHECKS[total % 11] == text[17]


def _is_birth_date(digits: str) -> bool:
    if not "1880" <= digits[:4] <= "2099":
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True

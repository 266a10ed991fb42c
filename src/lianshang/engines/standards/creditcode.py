"""Unified social credit code (GB 32100-2015) and the organisation code in it (GB 11714-1997)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from lianshang.engines.standards.organisation_kind import CATEGORIES, Category
from lianshang.engines.standards.registration import (
    is_identity_card_number,
    is_old_registration_number,
    looks_like_identity_card,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # 31 characters: no I, O, S, V, Z
# The organisation code was made before GB 32100 and counts all 26 letters: A = 10 … Z = 35.
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = tuple(pow(3, index, 31) for index in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# What a hand or a scanner may have meant by a character that is not in the alphabet …
_IMPOSSIBLE = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "UYW"}
# … or by one that is, when the check characters disagree.
_CONFUSED = {"0": "DQ", "D": "0", "Q": "0", "8": "B", "B": "8", "1": "LJ", "L": "1", "J": "1"}
_CONFUSED |= {"5": "6", "6": "G5", "G": "6", "U": "W", "W": "U", "4": "A", "A": "4"}
_DASHES = "-‐‑‒–—―−_"
_HIDDEN = "\u200b\u200c\u200d\u2060\ufeff'‘’`"


class CodeKind(StrEnum):
    """What a well-formed number is."""

    CREDIT_CODE = "credit_code"
    OLD_REGISTRATION_NUMBER = "old_registration_number"
    ORGANISATION_CODE = "organisation_code"


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A number that passed every check; `category` and the rest exist for credit codes only."""

    value: str
    kind: CodeKind = CodeKind.CREDIT_CODE

    @property
    def category(self) -> Category | None:
        """The row of the prefix table."""
        return CATEGORIES[self.value[:2]] if self.kind is CodeKind.CREDIT_CODE else None

    @property
    def registrar_division(self) -> str:
        """GB/T 2260 code of the registering authority, which need not be where the firm works."""
        return self.value[2:8] if self.kind is CodeKind.CREDIT_CODE else ""

    @property
    def organisation_code(self) -> str:
        """Nine characters, check included; empty for an old registration number."""
        if self.kind is CodeKind.OLD_REGISTRATION_NUMBER:
            return ""
        return self.value[-10:-1] if self.kind is CodeKind.CREDIT_CODE else self.value

    @property
    def is_private_use(self) -> bool:
        """Whether the body is in PDY00001-PDY99999, the range that is never given to a real one."""
        return bool(re.fullmatch(r"PDY(?!00000)[0-9]{5}.", self.organisation_code))


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """One thing wrong with a number.

    `code` is for the machine (see `check_credit_code`), `position` counts from 1 in the normalised
    text and is None where the whole is meant; `read` and `expected` are what stood there and what
    should, the latter empty where many things would do.
    """

    code: str
    position: int | None = None
    read: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class CodeRefusal:
    """A number that is not accepted, why, and the good codes it may have been meant to be.

    `normalised` is empty for an identity card number: personal data is not repeated in a report.
    """

    normalised: str
    problems: tuple[CodeProblem, ...]
    suggestions: tuple[str, ...] = ()


def normalise_code(text: str) -> str:
    """Half-width upper case without spaces, hyphens, quotes and invisible characters."""
    half_width = unicodedata.normalize("NFKC", text).upper()
    return "".join(
        char for char in half_width if not char.isspace() and char not in _DASHES + _HIDDEN
    )


def check_credit_code(text: str) -> CreditCode | CodeRefusal:
    """Read an organisation's number as typed or imported.

    Problem codes: `empty`, `identity_card_number`, `spreadsheet_number` (the cell was a number and
    lost its last digits), `length`, `character`, `division_not_digits`, `category_unknown`,
    `inner_check_digit` (9th character of the organisation code, GB 11714), `outer_check_digit`,
    `registration_check_digit`. Look-alikes are only suggested, never silently put right.
    """
    if re.fullmatch(r"[0-9](\.[0-9]+)?E\+[0-9]+", unicodedata.normalize("NFKC", text).strip()):
        return CodeRefusal(text.strip(), (CodeProblem("spreadsheet_number", read=text.strip()),))
    code = normalise_code(text)
    problems = _problems(code)
    if len(code) == 18 and not problems:
        return CreditCode(code)
    if _is_personal(code, problems):
        return CodeRefusal("", (CodeProblem("identity_card_number"),))
    if is_old_registration_number(code):
        return CreditCode(code, CodeKind.OLD_REGISTRATION_NUMBER)
    if _is_organisation_code(code):
        return CreditCode(code, CodeKind.ORGANISATION_CODE)
    if re.fullmatch(r"[0-9]{14,15}000", code):
        problems = (CodeProblem("spreadsheet_number", read=code), *problems)
    return CodeRefusal(code, problems, _suggestions(code))


def complete_credit_code(body: str) -> str:
    """The 18 characters of a credit code from its first 17; raises ValueError on other input."""
    if len(body) != 17 or not set(body) <= set(ALPHABET):
        raise ValueError(f"17 characters of the credit-code alphabet are needed: {body!r}")
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return body + ALPHABET[-total % 31]


def organisation_code_check(body: str) -> str:
    """The check character (0-9 or X) of an organisation code, from its first eight characters."""
    if len(body) != 8 or not set(body) <= set(_ORGANISATION_ALPHABET):
        raise ValueError(f"eight digits or capital letters are needed: {body!r}")
    total = sum(
        _ORGANISATION_ALPHABET.index(char) * weight
        for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def new_credit_code(prefix: str, serial: int | str) -> str:
    """A valid synthetic code: `prefix` is category and division (8 characters).

    An integer serial (1 to 99,999) falls in the private range PDY00001-PDY99999 of GB 11714, so
    the code belongs to no real body; a text serial is the eight-character body itself.
    """
    if isinstance(serial, int):
        if not 1 <= serial <= 99_999:
            raise ValueError(f"the private range has serials 1 to 99,999: {serial}")
        serial = f"PDY{serial:05d}"
    if prefix[:2] not in CATEGORIES or not re.fullmatch(r"..[0-9]{6}", prefix):
        raise ValueError(f"a known category and six digits are needed: {prefix!r}")
    return complete_credit_code(prefix + serial + organisation_code_check(serial))


def _problems(code: str) -> tuple[CodeProblem, ...]:
    if not code:
        return (CodeProblem("empty"),)
    if re.fullmatch(r"[0-9]{15}", code) and not is_old_registration_number(code):
        return (CodeProblem("registration_check_digit", 15, code[14]),)
    found = [
        CodeProblem("character", position, char, _IMPOSSIBLE.get(char, ""))
        for position, char in enumerate(code, start=1)
        if char not in ALPHABET
    ]
    if len(code) != 18:
        return (CodeProblem("length", None, str(len(code)), "18"), *found)
    if code[:2] not in CATEGORIES and not any(problem.position in {1, 2} for problem in found):
        found.append(CodeProblem("category_unknown", 1, code[:2]))
    found += [
        CodeProblem("division_not_digits", position, char)
        for position, char in enumerate(code[2:8], start=3)
        if char in ALPHABET and not char.isdigit()
    ]
    return (*found, *_check_digit_problems(code))


def _check_digit_problems(code: str) -> list[CodeProblem]:
    found = []
    if set(code[8:16]) <= set(ALPHABET):
        inner = organisation_code_check(code[8:16])
        if inner != code[16]:
            found.append(CodeProblem("inner_check_digit", 17, code[16], inner))
    if set(code[:17]) <= set(ALPHABET):
        outer = complete_credit_code(code[:17])[17]
        if outer != code[17]:
            found.append(CodeProblem("outer_check_digit", 18, code[17], outer))
    return found


def _is_personal(code: str, problems: tuple[CodeProblem, ...]) -> bool:
    """A mistyped identity number is personal data too, unless it is nearly a credit code."""
    if is_identity_card_number(code):
        return True
    both = {"inner_check_digit", "outer_check_digit"}
    return (
        len(code) == 18
        and looks_like_identity_card(code)
        and both <= {problem.code for problem in problems}
    )


def _is_organisation_code(code: str) -> bool:
    return (
        len(code) == 9
        and set(code[:8]) <= set(_ORGANISATION_ALPHABET)
        and organisation_code_check(code[:8]) == code[8]
    )


def _suggestions(code: str) -> tuple[str, ...]:
    """Good codes reached by reading impossible characters, or else one other, as look-alikes."""
    impossible = sum(char in _IMPOSSIBLE for char in code)
    if len(code) != 18 or impossible > 4:  # beyond that it is no slip of the hand
        return ()
    if impossible:
        choices = (_IMPOSSIBLE.get(char, char) for char in code)
        candidates = ["".join(chars) for chars in product(*choices)]
    else:
        candidates = [
            code[:index] + other + code[index + 1 :]
            for index, char in enumerate(code)
            for other in _CONFUSED.get(char, "")
        ]
    return tuple(candidate for candidate in candidates if not _problems(candidate))

"""Which rows of the market register go wrong, and how: drawn in exact numbers before any row."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from lianshang.cli.demo.names import phone
from lianshang.engines.standards.creditcode import ALPHABET
from lianshang.engines.standards.registration import registration_check_digit


class Fault(StrEnum):
    """One thing wrong with a row, or with how often it is there."""

    WRONG_CHECK = "wrong_check"
    OLD_NUMBER = "old_number"
    PHONE = "phone"
    LETTER_O = "letter_o"
    NO_CODE = "no_code"
    FULL_WIDTH = "full_width"
    IDENTICAL = "identical"
    COMPLEMENTARY = "complementary"
    CONTRADICTING = "contradicting"
    UNKNOWN_INDUSTRY = "unknown_industry"
    SWAPPED = "swapped"


# Share of all rows. The first four are the junk codes: 1.6 % together.
SHARES = {
    Fault.WRONG_CHECK: 0.004,
    Fault.OLD_NUMBER: 0.004,
    Fault.PHONE: 0.004,
    Fault.LETTER_O: 0.004,
    Fault.NO_CODE: 0.003,
    Fault.FULL_WIDTH: 0.01,
    Fault.IDENTICAL: 0.004,
    Fault.COMPLEMENTARY: 0.004,
    Fault.CONTRADICTING: 0.003,
    Fault.UNKNOWN_INDUSTRY: 0.005,
    Fault.SWAPPED: 0.003,
}
JUNK = frozenset({Fault.WRONG_CHECK, Fault.OLD_NUMBER, Fault.PHONE, Fault.LETTER_O})
REPEATS = frozenset({Fault.IDENTICAL, Fault.COMPLEMENTARY, Fault.CONTRADICTING})


@dataclass(frozen=True, slots=True)
class DirtPlan:
    """Index of the actor → what is wrong with its row; a row has one fault at most."""

    faults: Mapping[int, Fault]

    @property
    def counts(self) -> dict[Fault, int]:
        return dict(Counter(self.faults.values()))


def plan_dirt(actors: int, seed: int) -> DirtPlan:
    """At least one row of each fault; the first actor, the demo account's firm, stays clean."""
    wanted = {fault: max(1, round(share * actors)) for fault, share in SHARES.items()}
    chosen = iter(Random(f"{seed}/dirt").sample(range(1, actors), sum(wanted.values())))
    return DirtPlan({next(chosen): fault for fault, count in wanted.items() for _ in range(count)})


def spoiled_code(code: str, fault: Fault | None, random: Random) -> str:
    """The credit code as the register has it."""
    return _SPOIL[fault](code, random) if fault in _SPOIL else code


def _wrong_check(code: str, random: Random) -> str:
    return code[:-1] + random.choice([char for char in ALPHABET if char != code[-1]])


def _old_number(_code: str, random: Random) -> str:
    body = f"99000100{random.randrange(10**6):06d}"
    return body + registration_check_digit(body)


def _full_width(code: str, _random: Random) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in code)


_SPOIL: Mapping[Fault | None, Callable[[str, Random], str]] = {
    Fault.WRONG_CHECK: _wrong_check,
    Fault.OLD_NUMBER: _old_number,
    Fault.PHONE: lambda _code, random: phone(random),
    Fault.LETTER_O: lambda code, _random: code.replace("0", "O", 1),
    Fault.NO_CODE: lambda _code, _random: "",
    Fault.FULL_WIDTH: _full_width,
}

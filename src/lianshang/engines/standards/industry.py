"""Industrial classification for national economic activities (GB/T 4754-2017)."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType


class Level(IntEnum):
    """Depth of a code: section 门类, division 大类, group 中类, class 小类."""

    SECTION = 1
    DIVISION = 2
    GROUP = 3
    CLASS = 4


@dataclass(frozen=True, slots=True)
class Industry:
    """One code of the standard, letter included (`I6513`), and its place in the tree."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        """A letter alone is a section; each further level has one more digit than the last."""
        return Level(max(1, len(self.code) - 1))

    @property
    def path(self) -> "tuple[Industry, ...]":
        """Section, division, group, class: as deep as the code goes, itself last."""
        ends = (1, 3, 4, 5)[: self.level]
        return tuple(_table()[self.code[:end]] for end in ends)

    def at(self, level: Level) -> "Industry | None":
        """The ancestor (or itself) at a level; None where the code is not that deep."""
        return self.path[level - 1] if level <= self.level else None

    @property
    def section(self) -> "Industry":
        """Its section: the letter."""
        return self.path[0]

    @property
    def division(self) -> "Industry | None":
        """Its division, if the code is that deep."""
        return self.at(Level.DIVISION)

    @property
    def group(self) -> "Industry | None":
        """Its group, if the code is that deep."""
        return self.at(Level.GROUP)

    def is_in(self, ancestor: str) -> bool:
        """Whether it is the code `ancestor` (with its letter) or lies under it."""
        return any(step.code == ancestor for step in self.path)


@dataclass(frozen=True, slots=True)
class IndustryProblem:
    """Why a text is no code: `empty`, `not_a_code`, `unknown_code` or `wrong_section`.

    `suggestions` are the nearest codes, best first; for `wrong_section` it is the code with the
    letter that its digits belong to.
    """

    code: str
    read: str
    suggestions: tuple[Industry, ...] = ()


def industry(code: str) -> Industry | IndustryProblem:
    """Read a code with or without its letter, in either width: `I6513`, `6513`, `I65`, `I`."""
    text = _normalised(code)
    if not text:
        return IndustryProblem("empty", code)
    if not re.fullmatch(r"[A-Z]?[0-9]{0,4}", text):
        return IndustryProblem("not_a_code", text, search(code, limit=5))
    letter, digits = (text[0], text[1:]) if text[0].isalpha() else ("", text)
    found = _table().get(letter) if not digits else _by_digits().get(digits)
    if found is None:
        return IndustryProblem("unknown_code", text, _nearest(digits))
    if letter and found.section.code != letter:
        return IndustryProblem("wrong_section", text, (found,))
    return found


def with_lost_zero(number: int) -> Industry | None:
    """What a code typed as a number may have been before the spreadsheet dropped its zero.

    111 reads as group B111 and may have been class A0111: only sections A and B01-B09 have a
    leading zero, so an importer that got a number should show both.
    """
    digits = f"0{number}"
    return _by_digits().get(digits) if 1 <= number <= 999 else None


def all_industries(level: Level | None = None) -> tuple[Industry, ...]:
    """Every code in the order of the standard, or those of one level."""
    return tuple(entry for entry in _table().values() if level in {None, entry.level})


def classes_under(entry: Industry) -> tuple[Industry, ...]:
    """The classes at or below a code."""
    return tuple(each for each in all_industries(Level.CLASS) if each.code.startswith(entry.code))


def search(text: str, limit: int = 10) -> tuple[Industry, ...]:
    """Codes whose name or code matches, best first: equal, begins with, contains, shares pairs."""
    wanted = _normalised(text)
    if not wanted:
        return ()
    scored = ((_score(wanted, entry), entry) for entry in _table().values())
    ranked = sorted(
        ((score, entry) for score, entry in scored if score > 0.3),
        key=lambda pair: (-pair[0], -pair[1].level, pair[1].code),
    )
    return tuple(entry for _, entry in ranked[:limit])


def section_of_division(division: int) -> str | None:
    """The section letter of a two-digit division number (1-97), e.g. 65 → `I`."""
    found = _by_digits().get(f"{division:02d}")
    return found.section.code if found else None


def divisions_of_section(letter: str) -> range:
    """The run of division numbers under a section letter, e.g. `I` → 63-65; empty if unknown."""
    numbers = [
        int(entry.code[1:]) for entry in all_industries(Level.DIVISION) if entry.code[0] == letter
    ]
    return range(numbers[0], numbers[-1] + 1) if numbers else range(0)


@cache
def _table() -> MappingProxyType[str, Industry]:
    source = files("lianshang.engines.standards").joinpath("data/gbt4754_2017.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({row["code"]: Industry(row["code"], row["name"]) for row in rows})


@cache
def _by_digits() -> MappingProxyType[str, Industry]:
    """Digits alone name a code: no two sections share a division."""
    return MappingProxyType({code[1:]: entry for code, entry in _table().items() if code[1:]})


def _normalised(text: str) -> str:
    half_width = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[\s\-.·,、()]", "", half_width)


def _nearest(digits: str) -> tuple[Industry, ...]:
    """The code with its lost zero, then the longest known beginning and what is under it."""
    if not digits:
        return ()
    suggestions: list[Industry] = []
    parent = next(
        (
            _by_digits()[digits[:end]]
            for end in range(len(digits) - 1, 1, -1)
            if digits[:end] in _by_digits()
        ),
        None,
    )
    if parent:
        children = [
            entry
            for entry in _table().values()
            if entry.level == parent.level + 1 and entry.code.startswith(parent.code)
        ]
        suggestions = [parent, *children]
    if f"0{digits}" in _by_digits():
        suggestions.insert(0, _by_digits()[f"0{digits}"])
    return tuple(suggestions[:10])


def _score(wanted: str, entry: Industry) -> float:
    name = _normalised(entry.name)
    if wanted in {name, entry.code, entry.code[1:]}:
        return 4
    if name.startswith(wanted) or entry.code.startswith(wanted):
        return 3
    if wanted in name:
        return 2
    pairs, others = _pairs(wanted), _pairs(name)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(text: str) -> set[str]:
    return {text[index : index + 2] for index in range(len(text) - 1)} or {text}

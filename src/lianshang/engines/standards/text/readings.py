"""What reading a cell can give besides a value: nothing known, or a problem to show."""

import re
import unicodedata
from dataclasses import dataclass

_UNKNOWN = re.compile(
    "无|暂无|没有|不详|未知|不清楚|未填写?|待定|待补充?|待核实|待查|暂?缺|空白?|暂?无数据|不适用|保密"
    r"|[/\\?.*]+|N/A|NA|NULL|NONE|NIL|NAN|UNKNOWN|TBD"
)
_DASHES = frozenset("-‐‑‒–—―−_")
_MAY_MEAN_ZERO = frozenset({"无", "没有", "不适用"})
_SPREADSHEET_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing known; `may_mean_zero` where 无 or a dash may stand for 0: ask, never assume."""

    read: str
    may_mean_zero: bool = False


@dataclass(frozen=True, slots=True)
class TextProblem:
    """A cell that cannot be taken as it stands: machine code, what was read, what may be meant."""

    code: str
    read: str
    suggestion: str = ""


def half_width(text: str) -> str:
    """NFKC without outer spaces and invisible characters."""
    if text.isascii():
        return text.strip()
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if unicodedata.category(char) != "Cf").strip()


def unknown_or_error(text: str) -> Unknown | TextProblem | None:
    """Words and signs for "not known", and a spreadsheet's error values; None for anything else."""
    plain = half_width(text).upper()
    if plain in _SPREADSHEET_ERRORS:
        return TextProblem("spreadsheet_error", plain)
    only_dashes = bool(plain) and set(plain) <= _DASHES
    if not plain or only_dashes or _UNKNOWN.fullmatch(plain):
        return Unknown(text, may_mean_zero=only_dashes or plain in _MAY_MEAN_ZERO)
    return None

"""A sheet as it was read, whatever file it came from."""

from dataclasses import dataclass, field

from lianshang.core.imports.parsers import Raw

# ((first row, first column), (last row, last column)), counted from 0
Merged = tuple[tuple[int, int], tuple[int, int]]

LARGEST_AREA = 20_000_000  # cells between the first and the last used one


@dataclass
class Sheet:
    """Rows of cells, all of one width; row and column numbers count from 0."""

    name: str
    rows: list[list[Raw]]
    merged: list[Merged] = field(default_factory=list)
    formulas: int = 0
    formulas_without_value: frozenset[tuple[int, int]] = frozenset()


def column_letter(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """A → 0, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1

"""Sorting Chinese names: the database has no Chinese collation, so a name keeps its pinyin beside
it.
"""

import functools
import unicodedata


def pinyin_key(text: str, longest: int = 200) -> str:
    """示例光电 → "shi li guang dian": one reading for each character, others lower case and
    half-width.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return " ".join("".join(_syllables(plain)).split())[:longest]


def _syllables(text: str) -> list[str]:
    return [f" {_reading(char)} " if ord(char) > 0x2E7F else char for char in text]


@functools.lru_cache(maxsize=50_000)
def _reading(char: str) -> str:
    """The commonest reading of a character, without its tone."""
    from pypinyin.constants import PINYIN_DICT

    first = PINYIN_DICT.get(ord(char), char).split(",")[0]
    decomposed = unicodedata.normalize("NFD", first)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).replace("ɡ", "g")

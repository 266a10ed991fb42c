"""The fair-competition review: questions that must be answered, and clauses that look forbidden.

A finding says "suspected": only a person can judge, and does so in writing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lianshang.apps.policies.queries.wording import label

FILE = Path(__file__).with_name("fair_competition.yaml")
# Cited text: the title of a document asks nothing of anybody.
QUOTED = frozenset({"sources", "source", "id", "family", "unit", "url", "issuer"})
EXPRESSIONS = frozenset({"when", "expr", "amount"})
_ENDS = re.compile(r"[，。；,;.!?！？\n]")


@dataclass(frozen=True)
class Question:
    """One question of the review; "yes" means that the clause does what is asked."""

    id: str
    text: Mapping[str, str]
    group: Mapping[str, str]
    article: Mapping[str, str]

    def __str__(self) -> str:
        return label(self.text)

    @property
    def ground(self) -> str:
        return label(self.article)


@dataclass(frozen=True)
class Kind:
    """One kind of clause that is suspected, with the patterns that find it."""

    label: Mapping[str, str]
    article: Mapping[str, str]
    words: tuple[re.Pattern[str], ...]
    names: re.Pattern[str] | None  # in any expression
    amounts: re.Pattern[str] | None  # in the amount of the benefit, or what it is made of


@dataclass(frozen=True)
class Suspicion:
    """Words of a definition that may not be published until a person has judged them."""

    kind: str
    path: str
    words: str
    text: str

    @property
    def key(self) -> str:
        """What a written conclusion is kept under: other words need another conclusion."""
        return f"{self.kind}|{self.path}|{self.words}"

    @property
    def label(self) -> str:
        return label(_review().kinds[self.kind].label)

    @property
    def article(self) -> str:
        return label(_review().kinds[self.kind].article)


@dataclass(frozen=True)
class _Review:
    document: Mapping[str, str]
    questions: tuple[Question, ...]
    kinds: Mapping[str, Kind]
    unless: re.Pattern[str]


@functools.cache
def _review() -> _Review:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    questions = tuple(
        Question(one["id"], one, group["label"], group["article"])
        for group in data["groups"]
        for one in group["questions"]
    )
    kinds = {name: _kind(one) for name, one in data["kinds"].items()}
    return _Review(data["document"], questions, kinds, re.compile(data["unless"]))


def _kind(data: Mapping[str, Any]) -> Kind:
    def pattern(key: str) -> re.Pattern[str] | None:
        return re.compile(data[key]) if key in data else None

    words = tuple(re.compile(one, re.IGNORECASE) for one in data["patterns"])
    return Kind(data["label"], data["article"], words, pattern("names"), pattern("amounts"))


def document() -> str:
    """The law the review rests on."""
    return label(_review().document)


def questions() -> tuple[Question, ...]:
    return _review().questions


def unanswered(answers: Mapping[str, Any]) -> list[Question]:
    """The questions without yes or no, or without a reason."""
    return [one for one in questions() if not _is_answered(answers.get(one.id))]


def _is_answered(answer: Any) -> bool:
    return (
        isinstance(answer, Mapping)
        and answer.get("answer") in ("yes", "no")
        and bool(str(answer.get("reason", "")).strip())
    )


def suspicions(definition: Mapping[str, Any]) -> tuple[Suspicion, ...]:
    """Every place of a definition that looks like staying, registering here, named firms,
    rankings or tax paid back.
    """
    found: dict[str, Suspicion] = {}
    for path, text in _texts(definition, ""):
        for one in _suspected(path, text):
            found.setdefault(one.key, one)
    return tuple(found.values())


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if str(key) not in QUOTED:
                yield from _texts(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]")
    elif isinstance(value, str):
        yield path, value


def _suspected(path: str, text: str) -> Iterator[Suspicion]:
    key = path.rpartition(".")[2]
    for name, kind in _review().kinds.items():
        patterns = kind.words
        if key in EXPRESSIONS:
            in_amount = path.startswith(("benefit.", "let."))
            wanted = (kind.names, kind.amounts if in_amount else None)
            patterns = tuple(one for one in wanted if one)
        found = (match for one in patterns for match in one.finditer(text))
        words = next((match[0] for match in found if not _is_denied(text, match.start())), "")
        if words:
            yield Suspicion(name, path, words.strip(), text)


def _is_denied(text: str, start: int) -> bool:
    """Whether the words before it, in the same clause, say that it is not asked."""
    return bool(_review().unless.search(_ENDS.split(text[:start])[-1]))

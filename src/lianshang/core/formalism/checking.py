"""Walking a configuration: declared keys, words of labels, fields that ask for what is held."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lianshang.core.formalism.clauses import MAY_BE_STATUTORY
from lianshang.core.formalism.held import held
from lianshang.core.formalism.keys import broken_by
from lianshang.core.formalism.refusals import Path, Refusal, in_words, line_of, shortened
from lianshang.core.formalism.words import broken_in

# Cited or identifying text asks nobody for anything.
QUOTED = frozenset(
    {"reported", "source", "sources", "document", "statutory", "quote", "id", "key", "code"}
)
FIELDS = frozenset({"fields", "questions", "inputs", "columns"})
NAMES_A_DOCUMENT = re.compile(r"《.+?》|〔\d{4}〕|[法例定则程案]$|\b(?:Act|Law|Regulation)\b")


def check(
    config: Mapping[str, object], where: str, *, lines: Mapping[Path, int] | None = None
) -> tuple[Refusal, ...]:
    """Everything in a configuration (pack, kind of duty, notice, form) that breaks a clause.

    `where` names it for the reader (a file, a kind); `lines` gives the line of each path. What
    must stop it is `level == "refuse"`; a "warn" asks to think again.
    """
    found = []
    for code, path, read in _walk(config, (), is_statutory=False):
        line = line_of(path, lines or {})
        place = f"{where}:{line}" if line else where
        found.append(Refusal(code, in_words(path), place, shortened(read)))
    return tuple(found)


Found = Iterator[tuple[str, Path, object]]


def _walk(value: object, path: Path, *, is_statutory: bool) -> Found:
    if isinstance(value, Mapping):
        yield from _mapping(value, path, is_statutory=is_statutory)
    elif isinstance(value, str):
        yield from _allowed(broken_in(value), path, value, is_statutory=is_statutory)
    elif isinstance(value, Sequence):
        for index, item in enumerate(value):
            below = (*path, index)
            if path and path[-1] in FIELDS and isinstance(item, Mapping):
                yield from _field(item, below)
            yield from _walk(item, below, is_statutory=is_statutory)


def _mapping(value: Mapping[object, object], path: Path, *, is_statutory: bool) -> Found:
    # At the top it would excuse everything; it must stand with what the document asks for.
    is_statutory = is_statutory or (bool(path) and _names_a_document(value.get("statutory")))
    for key, item in value.items():
        below = (*path, str(key))
        within = is_statutory or (
            isinstance(item, Mapping) and _names_a_document(item.get("statutory"))
        )
        code = broken_by(key, item)
        yield from _allowed(code, below, _read(key, item), is_statutory=within)
        if str(key) not in QUOTED and not (code and isinstance(item, str)):
            yield from _walk(item, below, is_statutory=is_statutory)


def _allowed(code: str, path: Path, read: object, *, is_statutory: bool) -> Found:
    if code and not (is_statutory and code in MAY_BE_STATUTORY):
        yield code, path, read


def _names_a_document(text: object) -> bool:
    return isinstance(text, str) and bool(NAMES_A_DOCUMENT.search(text.strip()))


def _field(field: Mapping[str, object], path: Path) -> Found:
    """A field of a form asks again for what is held, unless it is bound to the fact."""
    if field.get("fact") or field.get("reuse") is True:
        return
    collected = str(field.get("collect") or "")
    if again := collected and held().collected(collected):
        yield "repeated", (*path, "collect"), f"{collected}（{again}）"
        return
    for label in _texts(field.get("label") or field.get("name") or field.get("title")):
        if again := held().called(label):
            yield "repeated", (*path, "label"), f"{label}（{again}）"
            return


def _texts(label: object) -> list[str]:
    if isinstance(label, Mapping):
        return [str(text) for text in label.values()]
    return [str(label)] if label else []


def _read(key: object, item: object) -> str:
    return f"{key}: {item}"

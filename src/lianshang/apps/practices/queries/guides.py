"""The guide of a pack as blocks that a template can draw: headings, paragraphs, lists, tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ITEM = re.compile(r"(?:[-*]|\d+\.)\s+")
_RULE = re.compile(r"[|\-:\s]+")


@dataclass(frozen=True)
class Block:
    """A part of the guide; `rows` are a table's cells, the first row its heads."""

    kind: str  # "heading", "text", "items", "steps", "table"
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text, in order; the first heading is the page's own title."""
    lines: list[str] = []
    for line in [*text.replace("**", "").splitlines(), ""]:
        kind = _kind(line)
        if lines and kind != _kind(lines[0]):
            yield from _block(lines)
            lines = []
        if kind:
            lines.append(line.strip())


def _kind(line: str) -> str:
    line = line.strip()
    if line.startswith("#"):
        return "heading"
    if line.startswith("|"):
        return "table"
    if _ITEM.match(line):
        return "steps" if line[0].isdigit() else "items"
    return "text" if line else ""


def _block(lines: list[str]) -> Iterator[Block]:
    kind = _kind(lines[0])
    if kind == "heading":
        for line in lines:
            if not line.startswith("# "):
                yield Block(kind, line.lstrip("# "))
    elif kind == "table":
        rows = [line for line in lines if not _RULE.fullmatch(line)]
        yield Block(kind, rows=tuple(_cells(row) for row in rows))
    elif kind == "text":
        for line in lines:
            yield Block(kind, line)
    else:
        yield Block(kind, items=tuple(_ITEM.sub("", line, count=1) for line in lines))


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip("|").split("|"))

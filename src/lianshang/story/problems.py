"""What stops a story: a file that cannot be read, or a step that does not come true."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

NEAREST = 5


class StoryBroken(Exception):
    """The file is no story; the text names file, line, what is wrong and what is allowed."""


class StepFailed(Exception):
    """A step did not come true: what was expected, and what there was instead."""

    def __init__(self, expected: str, *found: str) -> None:
        super().__init__(expected)
        self.expected, self.found = expected, [line for line in found if line]

    def __str__(self) -> str:
        return "\n".join([f"  expected: {self.expected}", *(f"  {line}" for line in self.found)])


def nearest(word: str, known: Iterable[str]) -> str:
    """The known words like this one, else the first of them; nothing where none is known."""
    names = list(dict.fromkeys(name for name in known if name))
    close = get_close_matches(word, names, n=NEAREST, cutoff=0.4) or names[:NEAREST]
    return "、".join(f"“{name}”" for name in close)


def near_line(kind: str, word: str, known: Iterable[str]) -> str:
    """A line for a failure: `nearest fields: …`."""
    found = nearest(word, known)
    return f"nearest {kind}: {found}" if found else f"there are no {kind} here"

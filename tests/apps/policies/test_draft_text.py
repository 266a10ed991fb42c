"""The two sides of the editor: what is read is what is written, and nothing is lost on the way."""

import json
import re
from pathlib import Path

import pytest
from django.utils import translation

from lianshang.apps.policies.queries import draft_text
from lianshang.apps.policies.queries.differences import meaning_diff, text_diff
from lianshang.apps.policies.queries.draft_form import parts
from lianshang.apps.policies.queries.draft_text import read, write
from lianshang.apps.policies.queries.draft_writing import written_back
from lianshang.apps.policies.queries.examining import examine
from lianshang.apps.policies.queries.problem_words import WORDS
from lianshang.core.policy_files import default_folder, read_policies
from lianshang.engines import rules

FILES = [file.path for file in read_policies(default_folder())]


def as_posted(data: dict[str, object]) -> dict[str, str]:
    """The form of the data as a browser posts it when nobody changed anything."""
    posted, boxes = {}, []
    for part in parts(data):
        for field in [*part.fields, *(one for row in part.rows for one in row.fields)]:
            if field.kind == "check":
                boxes.append(field.name)
                posted |= {field.name: "1"} if field.value else {}
            else:
                posted[field.name] = field.shown
    return {**posted, "boxes": " ".join(boxes)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_policy_survives_text_and_form(path: Path) -> None:
    data = read(path.read_text()).data
    assert read(write(data)).data == data
    back = written_back(data, as_posted(data))
    assert json.dumps(back, default=str) == json.dumps(data, default=str)  # the order as well


def test_what_cannot_be_read_is_told_with_its_line() -> None:
    faults = {
        "a: 1\nb: [": 2,
        "a: 1\na: 2": 2,
        "a: &x 1": 1,
        "- a": 1,
        "a:\n" + "".join(" " * n + "- \n" for n in range(1, 3)) + "\tb": 4,
    }
    assert {text: getattr(read(text).fault, "line", None) for text in faults} == faults
    assert read("a: 2026-02-31").fault
    assert read("a: " + "x" * draft_text.LONGEST).fault


def test_the_line_of_a_finding_is_that_of_the_nearest_thing_above() -> None:
    text = read("a:\n  b:\n    - c: 1\n      d: 2\n")
    assert text.line("a.b[0].d") == 4
    assert text.line("a.b[0].missing") == 3
    assert text.line("other") == 1


@pytest.mark.parametrize("text", ["", "id: 1", "require: []", "parameters: {a: 1}", "name: [1]"])
def test_half_a_text_is_checked_and_drawn_without_falling_over(text: str) -> None:
    assert examine(text, "cases: 3").errors
    assert parts(read(text).data)


def test_every_finding_of_the_engine_has_chinese_words() -> None:
    folder = Path(rules.__file__ or "").parent
    named = re.compile(r"(?:Problem|ExpressionError|problem|error|fault)\(\s*\"([a-z-]+)\"")
    codes = {code for file in folder.rglob("*.py") for code in named.findall(file.read_text())}
    assert codes - set(WORDS) == set()


def test_in_english_the_engine_speaks_for_itself() -> None:
    with translation.override("en"):
        [first, *_rest] = examine("id: a\nwhat: 1", "").findings
    assert first.text.startswith("'what' is not a field here.")


def test_differences_are_told_by_what_they_mean() -> None:
    before = {
        "valid": {"from": "2026-01-01"},
        "parameters": {"floor": {"values": [{"from": "2026-01-01", "value": 1}]}},
        "require": {"all": [{"id": "A", "when": "x"}, {"id": "B", "when": "y"}]},
    }
    after = {
        "valid": {"from": "2027-01-01"},
        "parameters": {"floor": {"values": [{"from": "2026-01-01", "value": 2}]}},
        "require": {"all": [{"id": "B", "when": "y"}, {"any": [{"id": "C", "when": "z"}]}]},
    }
    assert [(one.path, one.before, one.after) for one in meaning_diff(before, after)] == [
        ("valid.from", "2026-01-01", "2027-01-01"),
        ("parameters.floor.values.2026-01-01.value", "1", "2"),
        ("require.A.group", "all ", None),
        ("require.A.when", "x", None),
        ("require.C.group", None, "all any "),
        ("require.C.when", None, "z"),
    ]
    signs = [(line.sign, line.text) for line in text_diff("a\nb", "a\nc")]
    assert signs == [("@", "@ -1,2 +1,2 @@"), (" ", "a"), ("-", "b"), ("+", "c")]

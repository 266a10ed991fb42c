"""A file that is no story is refused before anything runs, with file and line."""

from pathlib import Path

import pytest

from lianshang.story.grammar import ApiCall, Expectation, SignIn
from lianshang.story.problems import StoryBroken
from lianshang.story.reading import read_story

HEAD = """story: example
start: 2026-09-29 09:00
people:
  office: {name: 示例经办, role: office_staff, unit: 示例局}
steps:
"""


def read(tmp_path: Path, text: str) -> str:
    """The refusal, without the folder."""
    file = tmp_path / "story.yaml"
    file.write_text(text)
    with pytest.raises(StoryBroken) as refusal:
        read_story(file)
    return str(refusal.value).replace(f"{tmp_path}/", "")


@pytest.mark.parametrize(
    ("step", "refusal"),
    [
        ("- clik: 保存", "story.yaml:6: a step has no “clik”. Did you mean"),
        (
            "- press: 保存\n  open: /",
            "story.yaml:6: a step has exactly one verb; this one has “press”、“open”.",
        ),
        ("- note: nothing", "story.yaml:6: a step has exactly one verb; this one has none."),
        ("- press: [a, b]", "story.yaml:6: press must be a text."),
        ("- fill: 保存", "story.yaml:6: fill must be a mapping (name: value)."),
        ("- press: 保存\n  press: 取消", "story.yaml:7: “press” stands here twice."),
        (
            "- expect: {text: a, texts: b}",
            "story.yaml:6: expect has no “texts”. Did you mean “text”、“no text”?",
        ),
        ("- expect: {scenery: true}", "story.yaml:6: expect needs one of"),
        ("- expect: {rows: many}", "story.yaml:6: rows must be a whole number, not “many”."),
        ("- sign in: offcie", "story.yaml:6: nobody is called “offcie”. People: “office”."),
        ("- wait until: tomorrow", "story.yaml:6: “tomorrow” is no moment. Allowed are"),
        (
            "- open: /\n- go offline:",
            "story.yaml:7: “go offline” needs a browser: add `where: browser`",
        ),
        ("- call: {method: FETCH, path: /}", "story.yaml:6: method is one of GET, POST"),
        (
            "- call: {cli: [manage, shell]}",
            "story.yaml:6: “lianshang manage shell” is not allowed in a story.",
        ),
        ("- keep: {x: {json: a, link: b}}", "story.yaml:6: say one of: value of, json"),
        ("- open: /\n  where: phone", "story.yaml:7: where is http or browser, not “phone”."),
        ("- press: [", "story.yaml:7: this is not valid YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, step: str, refusal: str) -> None:
    assert read(tmp_path, f"{HEAD}{step}\n").startswith(refusal)


def test_the_head_is_checked_too(tmp_path: Path) -> None:
    assert read(tmp_path, "story: x\n") == "story.yaml:1: a story needs “start”."
    assert read(tmp_path, "") == "story.yaml:1: the file is empty."
    late = HEAD.replace("09:00", "+3 days")
    assert read(tmp_path, f"{late}- open: /\n").startswith("story.yaml:2: “2026-09-29 +3 days”")
    nobody = HEAD.replace(", role: office_staff", "")
    assert read(tmp_path, f"{nobody}- open: /\n") == "story.yaml:4: a person needs role."


def test_values_are_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "story.yaml"
    file.write_text(
        HEAD
        + """
- sign in: {user: shi.li, password: "${password}"}
- fill: {金额: 0012, 日期: 2026-10-09, 同意: true, 方式: [上门, 电话]}
  in: 第 1 项
- call: {method: post, path: /api/v1/duties, json: {n: 3, urgent: false}, headers: {If-Match: k1}}
- expect: {text: 已保存, rows: 2, json: {count: 3}}
"""
    )
    sign_in, fill, call, expect = read_story(file).steps
    assert sign_in.value == SignIn("shi.li", "${password}")
    assert fill.value == {
        "金额": "0012",
        "日期": "2026-10-09",
        "同意": "true",
        "方式": ("上门", "电话"),
    }
    assert fill.region == "第 1 项"
    assert call.value == ApiCall(
        "POST", "/api/v1/duties", {"n": 3, "urgent": False}, {"If-Match": "k1"}
    )
    assert expect.value == Expectation(texts=("已保存",), rows=2, json={"count": 3})
    assert expect.line == 11

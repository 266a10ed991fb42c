"""The tree keeps the house rules, and each rule is seen to catch a planted violation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lianshang.core.jobs.queue import names
from tests.contracts import house

ROOT = Path(__file__).parents[2] / "src" / "lianshang"
Rule = Callable[[Path], list[str]]
RULES: list[Rule] = [
    house.long_modules,
    house.strange_insides,
    house.missing_docstrings,
    house.unlogged_verbs,
    house.other_clocks,
    house.unexplained_ignores,
    house.inline_code,
    house.lost_templates,
    house.impure_engines,
]
VIOLATIONS: list[tuple[Rule, str, str]] = [
    (house.long_modules, "core/long.py", '"""Long."""\n' + "x = 1\n" * 300),
    (house.strange_insides, "apps/places/utils.py", '"""Utilities."""\n'),
    (house.missing_docstrings, "core/silent.py", "x = 1\n"),
    (house.missing_docstrings, "apps/places/models.py", '"""M."""\nclass Silent:\n    x = 1\n'),
    (house.unlogged_verbs, "apps/places/actions.py", '"""A."""\ndef move(*, actor):\n    pass\n'),
    (house.other_clocks, "core/own_clock.py", '"""C."""\nx = date.today()\n'),
    (house.unexplained_ignores, "core/i.py", '"""I."""\nx = 1  # type: ignore[misc]\n'),
    (house.inline_code, "core/templates/a.html", '<p onclick="go()">a</p>\n'),
    (house.inline_code, "core/templates/b.html", "<script>go()</script>\n"),
    (house.lost_templates, "core/templates/lost.html", "nobody names it"),
    (house.impure_engines, "engines/impure.py", '"""E."""\nimport os\n'),
    (house.impure_engines, "engines/reader.py", '"""E."""\nx = open("/etc/passwd")\n'),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Rule) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize(("rule", "file", "text"), VIOLATIONS, ids=lambda value: str(value)[:40])
def test_the_rule_catches_a_violation(tmp_path: Path, rule: Rule, file: str, text: str) -> None:
    planted = tmp_path / file
    for folder in (planted.parent, tmp_path / "apps", tmp_path / "engines"):
        folder.mkdir(parents=True, exist_ok=True)
    planted.write_text(text)
    assert [place for place in rule(tmp_path) if Path(file).name in place]


def test_every_deferred_job_exists() -> None:
    assert house.unknown_jobs(ROOT, names()) == []


def test_an_unknown_job_is_caught(tmp_path: Path) -> None:
    (tmp_path / "actions.py").write_text('defer("nobody.does_this", x=1)\n')
    assert house.unknown_jobs(tmp_path, names()) == [
        f"{tmp_path / 'actions.py'}: no job is named nobody.does_this"
    ]

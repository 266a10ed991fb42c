"""What a draft changes: line by line, and as what it means."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.queries import draft_text

AREAS = {
    "valid": _("有效期"),
    "parameters": _("参数"),
    "require": _("条款"),
    "benefit": _("待遇"),
    "stacking": _("叠加"),
    "channel": _("渠道"),
    "kind": _("类别"),
    "level": _("层级"),
    "name": _("名称"),
    "issuer": _("发文机关"),
    "sources": _("文件"),
    "let": _("中间量"),
    "scores": _("评分"),
    "items": _("评分"),
    "classes": _("分档"),
    "tables": _("参数表"),
    "assume": _("假定"),
    "office": _("受理单位"),
    "deadline": _("期限"),
    "materials": _("材料"),
    "windows": _("受理窗口"),
}


@dataclass(frozen=True)
class Line:
    """A line of a text diff: sign is "+", "-", " " or "@"."""

    sign: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One thing that means something else: before and after, None where it is not there."""

    area: str
    path: str
    before: str | None
    after: str | None


def text_diff(before: str, after: str) -> list[Line]:
    """Changed lines with three lines around each."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3)
    kept = list(lines)[2:]  # the first two name files
    return [Line("@" if one.startswith("@@") else one[:1], one[1:].strip("\n")) for one in kept]


def normal(definition: Mapping[str, Any]) -> str:
    """A stored definition as the text an editor would show."""
    return draft_text.write(definition)


def meaning_diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs in parameters, clauses, validity and the rest; clauses are told by their id."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    found = [
        Difference(str(AREAS.get(path.partition(".")[0], path.partition(".")[0])), path,
                   old.get(path), new.get(path))
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    ]  # fmt: skip
    areas = [str(area) for area in AREAS.values()]
    return sorted(found, key=lambda one: areas.index(one.area) if one.area in areas else 99)


def _leaves(definition: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in definition.items():
        if key == "require":
            yield from _clauses(value, "")
        else:
            yield from _below(value, str(key))


def _below(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _below(item, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value, 1):
            name = item.get("from", index) if isinstance(item, Mapping) else index
            yield from _below(item, f"{path}.{name}")
    elif value is not None:
        yield path, str(value)


def _clauses(value: object, group: str) -> Iterator[tuple[str, str]]:
    """Clauses by id; that a clause stands in another group is a difference too."""
    if isinstance(value, Mapping) and "id" in value:
        name = f"require.{value['id']}"
        yield f"{name}.group", group
        for key, item in value.items():
            if key != "id":
                yield from _below(item, f"{name}.{key}")
    elif isinstance(value, Mapping):
        for kind, item in value.items():
            if kind == "at_least" and isinstance(item, Mapping):
                yield f"require.{group}{kind}.n", str(item.get("n"))
                yield from _clauses(item.get("of"), f"{group}{kind} ")
            else:
                yield from _clauses(item, f"{group}{kind} ")
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _clauses(item, group)

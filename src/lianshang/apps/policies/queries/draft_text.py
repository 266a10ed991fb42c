"""The text of a draft as data: read with the line of everything, and written again.

Comments and the layout of the text are lost when it is written again; the order of keys stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

Path = tuple[str | int, ...]
LONGEST = 200_000  # characters
DEEPEST = 30
_OPEN = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSE = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


@dataclass(frozen=True)
class Fault:
    """What keeps a text from being read, and on which line."""

    line: int
    text: str


@dataclass(frozen=True)
class Text:
    """A text as data (empty where it cannot be read), the line of each path, and the fault."""

    data: dict[str, Any] = field(default_factory=dict)
    lines: Mapping[Path, int] = field(default_factory=dict)
    fault: Fault | None = None

    def line(self, path: str) -> int:
        """The line of a path such as `require.all[2].when`, or of the nearest thing above it."""
        steps = steps_of(path)
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)


def steps_of(path: str) -> Path:
    """require.all[2].when → ("require", "all", 2, "when")"""
    parts = re.findall(r"\[(\d+)\]|([^.\[\]]+)", path)
    return tuple(int(index) if index else name for index, name in parts)


class _Refused(Exception):
    def __init__(self, line: int, text: str) -> None:
        self.fault = Fault(line, text)


def read(text: str) -> Text:
    """What the text holds; never raises."""
    try:
        _refuse_tricks(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is None:
            return Text()
        if not isinstance(node, yaml.MappingNode):
            raise _Refused(1, _("最外层应为“名称: 值”。"))
        lines: dict[Path, int] = {}
        return Text(_value(node, (), lines), lines)
    except _Refused as refused:
        return Text(fault=refused.fault)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = str(getattr(error, "problem", None) or error)
        told = _("这一行不是合法的 YAML，请检查冒号、引号和缩进：%(what)s") % {"what": what}
        return Text(fault=Fault(mark.line + 1 if mark else 1, told))
    except ValueError as error:  # 2026-02-31
        return Text(fault=Fault(1, _("有一个值不存在：%(what)s") % {"what": error}))


def _refuse_tricks(text: str) -> None:
    """Anchors (a few lines can stand for gigabytes), depth and size."""
    if len(text) > LONGEST:
        raise _Refused(1, _("文本太长：应不超过 20 万字。"))
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if getattr(event, "anchor", None):
            raise _Refused(line, _("不得使用锚点和引用（& *），请把内容直接写出来。"))
        depth += isinstance(event, _OPEN) - isinstance(event, _CLOSE)
        if depth > DEEPEST:
            raise _Refused(line, _("层次应不超过 30 层。"))


def _value(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, n), lines) for n, item in enumerate(node.value)]
    return yaml.SafeLoader("").construct_object(node)


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        name = str(key.value)  # as written: `on` is a name, not a truth
        if name in found:
            raise _Refused(line, _("“%(name)s”写了两次，请删去其中一处。") % {"name": name})
        lines[*path, name] = line
        found[name] = _value(value, (*path, name), lines)
    return found


class _Writer(yaml.SafeDumper):
    """Keys in their order, short mappings on one line, list items indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def _write_mapping(writer: _Writer, data: dict[str, Any]) -> yaml.Node:
    node = writer.represent_mapping("tag:yaml.org,2002:map", data.items())
    flat = all(not isinstance(value, dict | list) for value in data.values())
    node.flow_style = flat and len(str(data)) < 80 and "when" not in data and bool(data)
    return node


_Writer.add_representer(dict, _write_mapping)


def write(data: Mapping[str, Any]) -> str:
    """The data as text; what is read from it again is equal."""
    if not data:
        return ""
    return str(
        yaml.dump(dict(data), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=100)
    )


def quoted(text: str) -> str:
    """A text as a value of YAML, in quotes where it needs them."""
    return str(
        yaml.dump(text, allow_unicode=True, default_flow_style=True, width=10_000)
    ).removesuffix("\n...\n").strip()  # fmt: skip

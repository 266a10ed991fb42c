"""YAML with the line of every path; what could hide something in a file is refused."""

import re
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from lianshang.apps.practices.queries.problems import PackRefused, refused

LARGEST_FILE = 1024 * 1024
DEEPEST = 30
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where it was built
Path = tuple[str | int, ...]
_MISTAKEN = re.compile(r"yes|no|on|off|[\d_]+(:\d+)+", re.IGNORECASE)
_EVENTS_THAT_OPEN = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_EVENTS_THAT_CLOSE = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


@dataclass(frozen=True)
class Document:
    """What a file holds, and on which line each path of it stands."""

    value: dict[str, Any]
    lines: dict[Path, int]


def read_document(content: bytes, name: str) -> Document:
    """The mapping in a YAML file; raises PackRefused with file and line."""
    if len(content) > LARGEST_FILE:
        raise refused("too_large", name, _("应不超过 1 MB"), _("请拆成几个文件。"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        expected, advice = _("应为 UTF-8 编码的文字"), _("请用编辑器另存为 UTF-8。")
        raise refused("encoding", f"{name}:{line}", expected, advice) from error
    _refuse_tabs(text, name)
    try:
        _refuse_tricks(text, name)
        node = yaml.compose(text, Loader=LOADER)
        if not isinstance(node, yaml.MappingNode):
            raise refused("structure", f"{name}:1", _("最外层应为“名称: 值”"))
        lines: dict[Path, int] = {(): 1}
        return Document(_value(node, (), lines, name), lines)
    except yaml.YAMLError as error:
        raise _not_yaml(error, name) from error


def _refuse_tabs(text: str, name: str) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            expected, advice = _("缩进应为空格"), _("请把制表符（Tab）换成空格。")
            raise refused("tab", f"{name}:{number}", expected, advice)


def _refuse_tricks(text: str, name: str) -> None:
    """Anchors and aliases (a few lines can stand for gigabytes), tags, and depth."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=LOADER):
        place = f"{name}:{event.start_mark.line + 1}" if event.start_mark else name
        if anchor := getattr(event, "anchor", None):
            expected, advice = _("不得使用锚点和引用（& *）"), _("请把内容直接写出来。")
            raise refused("anchor", place, expected, advice, anchor)
        if tag := getattr(event, "tag", None):
            expected, advice = _("不得使用类型标签（!）"), _("请删去标签。")
            raise refused("tag", place, expected, advice, tag)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise refused("documents", place, _("一个文件只写一份内容"), _("请删去“---”之后的。"))
        depth += isinstance(event, _EVENTS_THAT_OPEN) - isinstance(event, _EVENTS_THAT_CLOSE)
        if depth > DEEPEST:
            raise refused("too_deep", place, _("层次应不超过 30 层"))


def _not_yaml(error: yaml.YAMLError, name: str) -> PackRefused:
    mark = getattr(error, "problem_mark", None)
    place = f"{name}:{mark.line + 1}" if mark else name
    read = str(getattr(error, "problem", "") or error)
    expected, advice = _("应为合法的 YAML"), _("请检查该行的冒号、引号和缩进。")
    return refused("not_yaml", place, expected, advice, read)


def _value(node: yaml.Node, path: Path, lines: dict[Path, int], name: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, name)
    if isinstance(node, yaml.SequenceNode):
        items = []
        for index, item in enumerate(node.value):
            lines[*path, index] = item.start_mark.line + 1
            items.append(_value(item, (*path, index), lines, name))
        return items
    assert isinstance(node, yaml.ScalarNode)  # aliases were refused; there is no fourth
    return _scalar(node, name)


def _mapping(
    node: yaml.MappingNode, path: Path, lines: dict[Path, int], name: str
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise refused("key", f"{name}:{line}", _("名称应为文字"), _("请改写为文字。"))
        key = key_node.value  # as written: `on` is a name, not a truth
        if key in found:
            expected = _("同一名称只写一次")
            raise refused("twice", f"{name}:{line}", expected, _("请删去其中一处。"), key)
        lines[*path, key] = line
        found[key] = _value(value_node, (*path, key), lines, name)
    return found


def _scalar(node: yaml.ScalarNode, name: str) -> Any:
    """The value; yes, no, on, off and 1:30 are the texts they look like (as in YAML 1.2)."""
    if _MISTAKEN.fullmatch(node.value) and node.tag != "tag:yaml.org,2002:str":
        return node.value
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node)
    except ValueError as error:  # 2026-02-31
        place, advice = f"{name}:{node.start_mark.line + 1}", _("请改正，或加引号作为文字。")
        raise refused("scalar", place, _("应为存在的日期或数"), advice, node.value) from error

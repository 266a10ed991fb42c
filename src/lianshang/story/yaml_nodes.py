"""YAML that remembers its lines: each value knows where it stands, so that a mistake can be
shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

from lianshang.story.problems import StoryBroken, nearest

TRUE, FALSE = {"true", "yes", "是"}, {"false", "no", "否"}


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the file. Scalars are text until somebody asks for something else."""

    file: Path
    node: yaml.Node

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def refuse(self, what: str) -> NoReturn:
        raise StoryBroken(f"{self.file}:{self.line}: {what}")

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_empty(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode) and self.node.value == ""

    def mapping(self, what: str, allowed: set[str] | None = None) -> dict[str, Node]:
        """The keys and their values; one that is not allowed is refused with its line."""
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse(f"{what} must be a mapping (name: value).")
        found: dict[str, Node] = {}
        for key_node, value_node in self.node.value:
            key = Node(self.file, key_node)
            name = key.text("a name")
            if name in found:
                key.refuse(f"“{name}” stands here twice.")
            if allowed is not None and name not in allowed:
                key.refuse(
                    f"{what} has no “{name}”. Did you mean {nearest(name, sorted(allowed))}?"
                )
            found[name] = Node(self.file, value_node)
        return found

    def items(self, what: str) -> list[Node]:
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse(f"{what} must be a list (lines that begin with “- ”).")
        return [Node(self.file, one) for one in self.node.value]

    def text(self, what: str) -> str:
        if not isinstance(self.node, yaml.ScalarNode) or not str(self.node.value).strip():
            self.refuse(f"{what} must be a text.")
        return str(self.node.value).strip()

    def texts(self, what: str) -> tuple[str, ...]:
        """One text, or a list of them."""
        if self.is_list:
            return tuple(one.text(what) for one in self.items(what))
        return (self.text(what),)

    def number(self, what: str) -> int:
        text = self.text(what)
        if not text.isdigit():
            self.refuse(f"{what} must be a whole number, not “{text}”.")
        return int(text)

    def flag(self, what: str) -> bool:
        text = self.text(what).lower()
        if text not in TRUE | FALSE:
            self.refuse(f"{what} must be true or false, not “{text}”.")
        return text in TRUE

    def plain(self) -> Any:
        """The value with YAML's own types, for a JSON body."""
        loader = yaml.SafeLoader("")
        return loader.construct_object(self.node, deep=True)


def read_nodes(file: Path) -> Node:
    """The file as a tree of nodes."""
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except FileNotFoundError as error:
        raise StoryBroken(f"{file} does not exist.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise StoryBroken(f"{file}:{line}: this is not valid YAML: {error.problem}.") from error
    if node is None:
        raise StoryBroken(f"{file}:1: the file is empty.")
    return Node(file, node)

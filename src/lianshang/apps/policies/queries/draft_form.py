"""The main fields of a policy as a form; `draft_writing` writes it back.

A field is named by its path (`f.require.all[0].label.zh`), so that both sides of the editor show
the same thing; what the form does not know stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.choices import Channel, Kind, Level
from lianshang.apps.policies.queries.draft_text import steps_of

Text = str | Promise
CHANGES = (
    ("firm", _("企业可改变")),
    ("document", _("缺一份材料")),
    ("fixed", _("无法改变")),
    ("expert", _("由人判断")),
)
PER = (("once", _("一次性")), ("year", _("每年")))
UNITS = ("元", "万元", "亿元", "人", "项", "天", "月", "年", "分", "㎡", "次", "1")


@dataclass(frozen=True)
class Field:
    """One control of the form."""

    name: str
    label: Text
    value: Any
    kind: str = "text"  # text, area, rule (an expression), day, choice, check
    choices: Sequence[tuple[str, Text]] = ()

    @property
    def shown(self) -> str:
        """As it is written in the text: days as 2026-06-01, numbers without separators."""
        return str(self.value)


@dataclass(frozen=True)
class Row:
    """One source, parameter, clause or paper: its fields, and the name of its box to delete it."""

    title: str
    fields: Sequence[Field]
    delete: str


@dataclass(frozen=True)
class Part:
    """A part of the form; `add` names what its button adds a row to."""

    title: Text
    fields: Sequence[Field] = ()
    rows: Sequence[Row] = ()
    add: str = ""


def parts(data: Mapping[str, Any]) -> list[Part]:
    """The form of a policy's data."""
    return [
        Part(_("基本"), _basics(data)),
        Part(_("文件依据"), rows=list(_sources(data)), add="sources"),
        Part(_("参数"), rows=list(_parameters(data)), add="parameters"),
        Part(_("条款"), rows=list(clauses(data.get("require"), "require")), add="require.all"),
        Part(_("待遇与叠加"), _benefit(data)),
        Part(_("怎样办"), _office(data), list(_materials(data)), "materials"),
    ]


def found_at(data: Any, path: str) -> Any:
    """What stands at a path; "" where nothing does. A plain text is its own Chinese."""
    for step in steps_of(path):
        if isinstance(data, str) and step == "zh":
            return data
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return ""
    return "" if data is None else data


def _maker(data: Mapping[str, Any]) -> Any:
    def make(path: str, label: Text, kind: str = "text", choices: Any = ()) -> Field:
        return Field(f"f.{path}", label, found_at(data, path), kind, choices)

    return make


def _basics(data: Mapping[str, Any]) -> list[Field]:
    make = _maker(data)
    return [
        make("id", _("编号")),
        make("family", _("政策（各版本相同）")),
        make("name.zh", _("名称")),
        make("name.en", _("英文名称")),
        make("issuer.zh", _("发文机关")),
        make("level", _("层级"), "choice", Level.choices),
        make("kind", _("类别"), "choice", Kind.choices),
        make("channel", _("渠道"), "choice", Channel.choices),
        make("valid.from", _("有效期起"), "day"),
        make("valid.until", _("有效期止（空为长期）"), "day"),
        make("confirm", _("待核（文件未与官方文本核对）"), "check"),
        make("note.zh", _("说明"), "area"),
    ]


def _named(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, Mapping) else {}


def _sources(data: Mapping[str, Any]) -> Iterator[Row]:
    make = _maker(data)
    for name in _named(data, "sources"):
        at = f"sources.{name}"
        fields = [
            Field(f"k.{at}", _("代号"), name),
            make(f"{at}.document", _("文号")),
            make(f"{at}.title.zh", _("标题")),
            make(f"{at}.level", _("核对级别")),
            make(f"{at}.url", _("网址")),
        ]
        yield Row(name, fields, f"d.{at}")


def _parameters(data: Mapping[str, Any]) -> Iterator[Row]:
    make = _maker(data)
    for name, parameter in _named(data, "parameters").items():
        at = f"parameters.{name}"
        fields = [
            Field(f"k.{at}", _("名称（用于表达式）"), name),
            make(f"{at}.label.zh", _("含义")),
            make(f"{at}.unit", _("单位"), "choice", [(unit, unit) for unit in UNITS]),
            make(f"{at}.source", _("依据")),
        ]
        values = parameter.get("values") if isinstance(parameter, Mapping) else None
        for index in range(len(values) if isinstance(values, list) else 0):
            fields.append(make(f"{at}.values[{index}].from", _("自"), "day"))
            fields.append(make(f"{at}.values[{index}].value", _("值")))
        yield Row(name, fields, f"d.{at}")


def clauses(tree: Any, path: str) -> Iterator[Row]:
    """Every clause of the tree, wherever it stands."""
    if isinstance(tree, list):
        for index, branch in enumerate(tree):
            yield from clauses(branch, f"{path}[{index}]")
    elif isinstance(tree, Mapping) and "when" in tree:
        yield _clause(tree, path)
    elif isinstance(tree, Mapping):
        for key in ("all", "any", "at_least", "of"):
            if key in tree:
                yield from clauses(tree[key], f"{path}.{key}")


def _clause(clause: Mapping[str, Any], path: str) -> Row:
    def field(name: str, label: Text, kind: str = "text", choices: Any = ()) -> Field:
        return Field(f"f.{path}.{name}", label, found_at(clause, name), kind, choices)

    fields = [
        field("id", _("编号")),
        field("label.zh", _("条款")),
        field("when", _("条件"), "rule"),
        field("source", _("依据")),
        field("change", _("谁可改变"), "choice", CHANGES),
    ]
    return Row(str(clause.get("id") or path), fields, f"d.{path}")


def _benefit(data: Mapping[str, Any]) -> list[Field]:
    make = _maker(data)
    return [
        make("benefit.label.zh", _("可得")),
        make("benefit.amount", _("金额（元，表达式）"), "rule"),
        make("benefit.per", _("多久一次"), "choice", PER),
        make("stacking.group", _("叠加组（同组从高不重复）")),
    ]


def _office(data: Mapping[str, Any]) -> list[Field]:
    make = _maker(data)
    return [make("office.zh", _("受理单位")), make("deadline.zh", _("期限"))]


def _materials(data: Mapping[str, Any]) -> Iterator[Row]:
    listed = data.get("materials")
    for index in range(len(listed) if isinstance(listed, list) else 0):
        at = f"materials[{index}]"
        field = Field(f"f.{at}.zh", _("材料"), found_at(data, f"{at}.zh"))
        yield Row(str(index + 1), [field], f"d.{at}")

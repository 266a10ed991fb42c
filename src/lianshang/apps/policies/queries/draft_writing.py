"""A posted form written back into a policy's data; see `draft_form`."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import yaml

from lianshang.apps.policies.queries.draft_form import clauses, found_at
from lianshang.apps.policies.queries.draft_text import steps_of

ORDER = (
    "id", "family", "name", "issuer", "level", "kind", "channel", "valid", "confirm", "note",
    "sources", "parameters", "assume", "tables", "let", "scores", "items", "require", "classes",
    "benefit", "stacking", "disputes", "office", "deadline", "materials", "windows",
)  # fmt: skip
DAYS, NUMBERS = frozenset({"from", "until"}), frozenset({"value", "n"})
BLANKS: Mapping[str, Any] = {
    "sources": ("d", {"document": "", "title": {"zh": ""}, "level": "V0", "url": None}),
    "parameters": (
        "p",
        {"label": {"zh": ""}, "unit": "元", "source": "", "values": [{"from": None, "value": 0}]},
    ),
    "require.all": (
        "C",
        {"id": "", "label": {"zh": ""}, "source": "", "change": "firm", "when": ""},
    ),
    "materials": ("", {"zh": ""}),
}


def written_back(data: Mapping[str, Any], posted: Mapping[str, str]) -> dict[str, Any]:
    """The data with the posted form in it: values, then new names, then deletions, then a new
    row.
    """
    changed = copy.deepcopy(dict(data))
    for name, value in posted.items():
        if name.startswith("f."):
            _put(changed, steps_of(name[2:]), value.replace("\r\n", "\n").strip())
    _put_truth(changed, posted)
    for name, value in posted.items():
        if name.startswith("k."):
            _rename(changed, steps_of(name[2:]), value.strip())
    gone = [steps_of(name[2:]) for name in posted if name.startswith("d.")]
    for steps in sorted(gone, key=str, reverse=True):
        _delete(changed, steps)
    if posted.get("add") in BLANKS:
        _add(changed, posted["add"])
    return _ordered(changed, list(data))


def _put_truth(data: dict[str, Any], posted: Mapping[str, str]) -> None:
    """A box that is not ticked is not posted: the form says which boxes it showed."""
    for name in filter(None, posted.get("boxes", "").split()):
        ticked = name in posted
        if ticked or found_at(data, name[2:]):
            _put(data, steps_of(name[2:]), ticked)


def _put(data: Any, steps: Sequence[str | int], value: Any) -> None:
    *above, last = steps
    for step in above:
        below = data.get(step) if isinstance(data, dict) else _item(data, step)
        if not isinstance(below, dict | list):
            if value == "" or not isinstance(data, dict):
                return
            data[step] = below = {"zh": below} if isinstance(below, str) and last == "zh" else {}
        data = below
    if not isinstance(data, dict):
        return
    if value == "" and last not in DAYS:
        if last in data:
            data.pop(last) if data[last] is not None and last in ("en", "amount") else None
            if last in data and data[last] is not None:
                data[last] = ""
        return
    if value != "" or last in data:
        data[last] = _typed(str(last), value)


def _item(data: Any, step: str | int) -> Any:
    fits = isinstance(data, list) and isinstance(step, int) and step < len(data)
    return data[step] if fits else None


def _typed(key: str, value: Any) -> Any:
    if key in DAYS:
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            return value
    if key in NUMBERS:
        number = _number(value)
        return value if number is None else number
    return value


def _number(text: str) -> int | float | None:
    """A number as YAML reads it: what is written back looks as it was typed."""
    try:
        found = yaml.safe_load(text.replace(",", ""))
    except yaml.YAMLError:
        return None
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def _rename(data: dict[str, Any], steps: Sequence[str | int], new: str) -> None:
    group, old = data.get(str(steps[0])), steps[-1]
    if isinstance(group, dict) and new and new != old and old in group and new not in group:
        items = [(new if key == old else key, value) for key, value in group.items()]
        group.clear()
        group.update(items)


def _delete(data: Any, steps: Sequence[str | int]) -> None:
    *above, last = steps
    for step in above:
        data = data.get(step) if isinstance(data, dict) else _item(data, step)
    if isinstance(data, dict):
        data.pop(last, None)
    elif isinstance(data, list) and isinstance(last, int) and last < len(data):
        data.pop(last)


def _add(data: dict[str, Any], where: str) -> None:
    prefix, blank = BLANKS[where]
    new = copy.deepcopy(blank)
    if where == "require.all":
        _add_clause(data, new)
    elif where == "materials":
        data["materials"] = [*(data.get("materials") or []), new]
    else:
        group = data.get(where) or {}
        name = next(f"{prefix}{n}" for n in range(1, 1000) if f"{prefix}{n}" not in group)
        if where == "parameters":
            new["values"][0]["from"] = found_at(data, "valid.from") or None
        data[where] = {**group, name: new}


def _add_clause(data: dict[str, Any], new: dict[str, Any]) -> None:
    """Into the outermost `all`; a tree of another kind becomes its first branch."""
    tree = data.get("require")
    ids = {row.title for row in clauses(tree, "require")}
    new["id"] = next(f"C{n}" for n in range(1, 1000) if f"C{n}" not in ids)
    if isinstance(tree, dict) and isinstance(tree.get("all"), list):
        tree["all"].append(new)
    else:
        data["require"] = {"all": [*([tree] if tree else []), new]}


def _ordered(data: dict[str, Any], before: Sequence[str]) -> dict[str, Any]:
    """Keys stay where they were; a new one comes before the first that follows it in the format."""
    keys = [key for key in before if key in data]
    for key in data:
        if key not in keys:
            later = ORDER[ORDER.index(key) + 1 :] if key in ORDER else ()
            place = next((n for n, one in enumerate(keys) if one in later), len(keys))
            keys.insert(place, key)
    return {key: data[key] for key in keys}

"""From the file to a story, every mistake with its file and line, before anything runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lianshang.story.grammar import (
    WHERE,
    ApiCall,
    CliCall,
    Downloaded,
    Expectation,
    KeepFrom,
    Person,
    Received,
    SignIn,
    Step,
    Story,
    StoryUnit,
)
from lianshang.story.moments import MomentRefused, read_wait
from lianshang.story.problems import nearest
from lianshang.story.yaml_nodes import Node, read_nodes

KEYS = {"story", "title", "start", "zone", "people", "units", "scenery", "steps"}
ZONE = "示例高新区"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NOT_IN_STORIES = {"manage", "serve", "worker", "demo", "db", "backup", "restore"}
OFFLINE = {"go offline", "go online"}


def read_story(file: Path) -> Story:
    """The story in this file; raises StoryBroken."""
    root = read_nodes(file)
    told = root.mapping("a story", KEYS)
    for needed in ("story", "start", "people", "steps"):
        if needed not in told:
            root.refuse(f"a story needs “{needed}”.")
    _start(told["start"])
    people = _people(told["people"])
    steps = told["steps"].items("steps")
    if not steps:
        told["steps"].refuse("a story needs at least one step.")
    return Story(
        id=told["story"].text("story"),
        title=told["title"].text("title") if "title" in told else told["story"].text("story"),
        file=file,
        start=told["start"].text("start"),
        zone=told["zone"].text("zone") if "zone" in told else ZONE,
        people=people,
        units=_units(told["units"]) if "units" in told else (),
        scenery=_scenery(told["scenery"]) if "scenery" in told else (),
        steps=tuple(_step(number, one, people) for number, one in enumerate(steps, 1)),
    )


def _start(node: Node) -> None:
    try:
        is_fixed = read_wait(node.text("start")).moment is not None
    except MomentRefused as error:
        node.refuse(str(error))
    if not is_fixed:
        node.refuse("start is a fixed moment, like “2026-10-09 16:40”.")


def _people(node: Node) -> dict[str, Person]:
    found = {}
    for username, one in node.mapping("people").items():
        told = one.mapping("a person", {"name", "role", "unit", "email"})
        if missing := {"name", "role", "unit"} - told.keys():
            one.refuse(f"a person needs {'、'.join(sorted(missing))}.")
        texts = {name: value.text(name) for name, value in told.items()}
        found[username] = Person(username=username, line=one.line, **texts)
    return found


def _units(node: Node) -> tuple[StoryUnit, ...]:
    return tuple(
        StoryUnit(name, kind.text("the kind of a unit"))
        for name, kind in node.mapping("units").items()
    )


def _scenery(node: Node) -> tuple[tuple[str, ...], ...]:
    return tuple(_command(one) for one in node.items("scenery"))


def _command(node: Node) -> tuple[str, ...]:
    """A story says what users do; what could run code or never ends is no part of that."""
    words = node.texts("a word of the command")
    if words[0] in NOT_IN_STORIES or words[:2] == ("pack", "story") or "--allow-code" in words:
        node.refuse(f"“lianshang {' '.join(words)}” is not allowed in a story.")
    return words


def _step(number: int, node: Node, people: dict[str, Person]) -> Step:
    told = node.mapping("a step", {*VERBS, "as", "in", "where", "note"})
    verbs = [name for name in told if name in VERBS]
    if len(verbs) != 1:
        found = "、".join(f"“{verb}”" for verb in verbs) or "none"
        node.refuse(f"a step has exactly one verb; this one has {found}.")
    verb, given = verbs[0], told[verbs[0]]
    person = told["as"].text("as") if "as" in told else ""
    where = told["where"].text("where") if "where" in told else ""
    if where and where not in WHERE:
        told["where"].refuse(f"where is http or browser, not “{where}”.")
    if verb in OFFLINE and where != "browser":
        node.refuse(f"“{verb}” needs a browser: add `where: browser`, or leave the step out.")
    if verb == "sign in" and given.is_mapping is False and given.text(verb) not in people:
        given.refuse(f"nobody is called “{given.text(verb)}”. People: {nearest('', people)}.")
    return Step(
        number=number,
        line=node.line,
        verb=verb,
        value=VERBS[verb](given),
        told=_told(verb, given),
        person=person,
        region=told["in"].text("in") if "in" in told else "",
        where=where,
        note=told["note"].text("note") if "note" in told else "",
    )


def _told(verb: str, node: Node) -> str:
    return verb if node.is_empty else f"{verb} “{_in_words(node.plain())}”"


def _in_words(plain: Any) -> str:
    if isinstance(plain, dict):
        return ", ".join(f"{name}: {_in_words(value)}" for name, value in plain.items())
    return " ".join(map(_in_words, plain)) if isinstance(plain, list) else str(plain)


def _sign_in(node: Node) -> SignIn:
    if not node.is_mapping:
        return SignIn(node.text("sign in"))
    told = node.mapping("sign in", {"user", "password"})
    if "user" not in told:
        node.refuse("sign in needs “user”.")
    password = told["password"].text("password") if "password" in told else ""
    return SignIn(told["user"].text("user"), password)


def _nothing(node: Node) -> None:
    if not node.is_empty:
        node.refuse("this verb takes nothing.")


def _fill(node: Node) -> dict[str, Any]:
    """Label → text, true or false, or a list for several choices."""
    values = node.mapping("fill")
    if not values:
        node.refuse("fill needs at least one label: value.")
    return {label: _entry(one) for label, one in values.items()}


def _entry(node: Node) -> str | tuple[str, ...]:
    if node.is_list:
        return node.texts("a choice")
    return "" if node.is_empty else node.text("a value")


def _call(node: Node) -> ApiCall | CliCall:
    told = node.mapping("call", {"cli", "method", "path", "json", "headers"})
    if "cli" in told:
        if len(told) > 1:
            node.refuse("call is either cli, or method and path.")
        return CliCall(_command(told["cli"]))
    if "path" not in told:
        node.refuse("call needs cli, or method and path.")
    method = told["method"].text("method").upper() if "method" in told else "GET"
    if method not in METHODS:
        told["method"].refuse(f"method is one of {', '.join(METHODS)}.")
    headers = told["headers"].mapping("headers") if "headers" in told else {}
    return ApiCall(
        method=method,
        path=told["path"].text("path"),
        json=told["json"].plain() if "json" in told else None,
        headers={name: value.text(name) for name, value in headers.items()},
    )


def _wait(node: Node) -> str:
    text = node.text("wait until")
    try:
        read_wait(text)
    except MomentRefused as error:
        node.refuse(str(error))
    return text


def _keep(node: Node) -> dict[str, KeepFrom]:
    return {name: _keep_from(one) for name, one in node.mapping("keep").items()}


def _keep_from(node: Node) -> KeepFrom:
    told = node.mapping("what is kept", {"value of", "json", "link", "after", "address"})
    if len(told) != 1:
        node.refuse("say one of: value of, json, link, after, address.")
    ((how, given),) = told.items()
    if how == "address":
        return KeepFrom(address=given.flag("address"))
    where: dict[str, Any] = {how.replace(" ", "_"): given.text(how)}
    return KeepFrom(**where)


def _expect(node: Node) -> Expectation:
    if not node.is_mapping:
        return Expectation(texts=node.texts("a text"))
    told = node.mapping("expect", set(EXPECTED))
    if not set(told) - {"scenery"}:
        node.refuse(f"expect needs one of {'、'.join(sorted(EXPECTED))}.")
    return Expectation(**{EXPECTED[name][0]: EXPECTED[name][1](one) for name, one in told.items()})


def _texts(node: Node) -> tuple[str, ...]:
    return node.texts("a text")


def _cells(node: Node) -> dict[str, str]:
    cells = node.mapping("a row")
    if not cells:
        node.refuse("a row needs at least one column: value.")
    return {name: "" if one.is_empty else one.text(name) for name, one in cells.items()}


def _json(node: Node) -> dict[str, Any]:
    return {path: one.plain() for path, one in node.mapping("json").items()}


def _download(node: Node) -> Downloaded:
    told = node.mapping("download", {"name", "text", "no text"})
    return Downloaded(
        name=told["name"].text("name") if "name" in told else "",
        texts=_texts(told["text"]) if "text" in told else (),
        absent=_texts(told["no text"]) if "no text" in told else (),
    )


def _received(node: Node) -> Received:
    told = node.mapping("what is received", {"to", "text"})
    if "to" not in told:
        node.refuse("say to whom: “to”.")
    return Received(told["to"].text("to"), _texts(told["text"]) if "text" in told else ())


EXPECTED: dict[str, tuple[str, Callable[[Node], Any]]] = {
    "text": ("texts", _texts),
    "no text": ("absent", _texts),
    "row": ("row", _cells),
    "no row": ("no_row", _cells),
    "rows": ("rows", lambda node: node.number("rows")),
    "field": ("fields", _cells),
    "scenery": ("scenery", lambda node: node.flag("scenery")),
    "status": ("status", lambda node: node.number("status")),
    "json": ("json", _json),
    "download": ("download", _download),
    "mail": ("mail", _received),
    "notice": ("notice", _received),
}
VERBS: dict[str, Callable[[Node], Any]] = {
    "sign in": _sign_in,
    "sign out": _nothing,
    "open": lambda node: node.text("open"),
    "follow": lambda node: node.text("follow"),
    "fill": _fill,
    "press": lambda node: node.text("press"),
    "call": _call,
    "wait until": _wait,
    "go offline": _nothing,
    "go online": _nothing,
    "expect": _expect,
    "keep": _keep,
}

"""How far a failing test is from being met: which one fact would have to change, and how much."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from . import nodes
from .catalogue import Variable
from .formatting import YUAN, Rounding, exact_money, format_number, format_value
from .nodes import Truth
from .wording import Reader

_TEXT = {
    "zh": {
        "up": "{label}增加 {by}（至 {to}）",
        "down": "{label}减少 {by}（至 {to}）",
        "set": "{label}：{to}",
    },
    "en": {
        "up": "{label}: {by} more (to {to})",
        "down": "{label}: {by} less (to {to})",
        "set": "{label}: {to}",
    },
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One fact whose change alone would turn a failing test.

    Values are encoded; `change` is in the quantity's unit, None for yes-or-no facts. Numbers are
    exact: one step of the stored scale less would not be enough. Texts are rounded so that what
    they say is enough.
    """

    variable: str
    label: str
    present: int | bool
    needed: int | bool
    change: Fraction | None
    text: str
    exact: str  # the change unabridged
    family: str = ""  # for a title: the policies that grant it


def gaps(test: Truth, reader: Reader, *, wanted: bool) -> Iterator[Gap]:
    """A gap for every fact in a test that could turn it by itself, in order of appearance."""
    for name in nodes.variables(test):
        variable = reader.catalogue.variable(name)
        present = reader.facts.get(name)
        if present is None or variable.quantity.type == "code":
            continue

        def turned(value: int | bool, name: str = name) -> bool:
            return reader.compiled.value(test, {**reader.facts, name: value}) is wanted

        if variable.quantity.truth:
            if turned(not present):
                yield _flag_gap(variable, bool(present), reader)
            continue
        found = [
            needed
            for end in (variable.quantity.most, variable.quantity.least)
            if (needed := nearest(turned, int(present), end)) is not None
        ]
        if found:
            needed = min(found, key=lambda value: abs(value - int(present)))
            yield _number_gap(variable, int(present), needed, reader)


def nearest(holds: Callable[[int], bool], start: int, end: int) -> int | None:
    """The first number from start towards end at which a test holds, None if none is found.

    Steps double until the test holds, then the last one is halved. The number found holds and its
    neighbour does not; where a test holds in several stretches it may not be the nearest of them.
    """
    sign = 1 if end > start else -1
    failing, step = 0, 1
    while failing < abs(end - start):
        reach = min(failing + step, abs(end - start))
        if holds(start + sign * reach):
            while reach - failing > 1:
                middle = (failing + reach) // 2
                if holds(start + sign * middle):
                    reach = middle
                else:
                    failing = middle
            return start + sign * reach
        failing, step = reach, step * 2
    return None


def _flag_gap(variable: Variable, present: bool, reader: Reader) -> Gap:
    label = reader.label(variable.name)
    to = format_value(reader.catalogue, variable.name, not present, reader.language)
    text = _TEXT[reader.language]["set"].format(label=label, to=to)
    family = variable.quantity.policy
    return Gap(variable.name, label, present, not present, None, text, text, family)


def _number_gap(variable: Variable, present: int, needed: int, reader: Reader) -> Gap:
    quantity, language = variable.quantity, reader.language
    change = Fraction(needed - present, 10**quantity.scale)
    if quantity.type == "date":
        by = exact = f"{abs(change)} {'天' if language == 'zh' else 'days'}"
    else:
        by = format_number(abs(change), quantity.dimension, language, rounding="up")
        exact = exact_money(abs(change), language) if quantity.dimension == YUAN else by
    label = reader.label(variable.name)
    rounding: Rounding = "up" if change > 0 else "down"
    to = format_value(reader.catalogue, variable.name, needed, language, rounding=rounding)
    words = _TEXT[language]["up" if change > 0 else "down"]
    text = words.format(label=label, by=by, to=to)
    return Gap(variable.name, label, present, needed, change, text, exact)

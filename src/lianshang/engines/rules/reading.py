"""Read a loaded YAML mapping field by field, noting every fault with its path."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar, cast

from .problems import Problem, did_you_mean

Label = Mapping[str, str]  # language → text; zh is always there
T = TypeVar("T")


def in_language(label: Label, language: str) -> str:
    return label.get(language) or label["zh"]


def to_fraction(value: object) -> Fraction | None:
    """The exact number as written (0.03 is 3/100), or None if it is no finite number."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None


class Section:
    """One mapping of a file; faults go to the shared list, reading goes on with a stand-in."""

    def __init__(
        self, data: object, path: str, problems: list[Problem], *, policy: str = ""
    ) -> None:
        self.path, self.problems, self.policy = path, problems, policy
        self.data: Mapping[str, Any] = {}
        if isinstance(data, Mapping):
            self.data = data
        else:
            self.problem("structure", "Expected named fields here.")

    def problem(self, code: str, what: str, hint: str = "", *, at: str = "") -> None:
        path = ".".join(part for part in (self.path, at) if part)
        self.problems.append(Problem(code, what, hint, path, self.policy))

    def only(self, *known: str) -> None:
        """Every field must be one of these."""
        for key in self.data:
            if key not in known:
                hint = did_you_mean(str(key), known) or f"Known: {', '.join(known)}."
                self.problem("unknown-field", f"'{key}' is not a field here.", hint)

    def has(self, key: str) -> bool:
        return self.data.get(key) is not None

    def _typed(self, key: str, kind: type[T], default: T, *, required: bool, what: str) -> T:
        value = self.data.get(key)
        if value is None:
            if required:
                self.problem("missing-field", f"'{key}' is missing.", f"Give {what}.")
            return default
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.problem("structure", f"Expected {what}, found {value!r}.", at=key)
            return default
        return value

    def text(self, key: str, *, required: bool = True) -> str:
        return self._typed(key, str, "", required=required, what="a text")

    def whole(self, key: str, default: int = 0, *, required: bool = True) -> int:
        return self._typed(key, int, default, required=required, what="a whole number")

    def flag(self, key: str) -> bool:
        return self._typed(key, bool, False, required=False, what="true or false")

    def choice(self, key: str, known: Collection[str], default: str = "") -> str:
        """One of the known words; without a default it must be there."""
        value = self.data.get(key, default or None)
        if value in known:
            return cast("str", value)
        hint = did_you_mean(str(value), known) or f"Known: {', '.join(known)}."
        self.problem("structure", f"{value!r} is none of the known words.", hint, at=key)
        return default

    def expression(self, key: str, *, required: bool = True) -> str | None:
        value = self.data.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        return self.text(key, required=required) or None

    def number(self, key: str, *, required: bool = True) -> Fraction | None:
        value = self.data.get(key)
        number = to_fraction(value)
        if number is None and (required or value is not None):
            self.problem("structure", f"Expected a number, found {value!r}.", at=key)
        return number

    def day(self, key: str, *, required: bool = True) -> date | None:
        value = self.data.get(key)
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value)) if value is not None or required else None
        except ValueError:
            self.problem("structure", f"Expected a date like 2026-01-31, found {value!r}.", at=key)
            return None

    def label(self, key: str, *, required: bool = True) -> Label:
        """Texts by language; the Chinese one must be there."""
        value = self.data.get(key)
        if value is None and not required:
            return {}
        if isinstance(value, str):
            return {"zh": value}
        if not isinstance(value, Mapping) or not isinstance(value.get("zh"), str):
            self.problem("structure", "Expected a text {zh: …, en: …}.", at=key)
            return {"zh": ""}
        return {str(language): str(text) for language, text in value.items() if text is not None}

    def section(self, key: str) -> "Section":
        path = ".".join(part for part in (self.path, key) if part)
        return Section(self.data.get(key), path, self.problems, policy=self.policy)

    def sections(self, key: str) -> Iterator[tuple[str, "Section"]]:
        """The named sections of an optional mapping, or the numbered ones of a list."""
        value = self.data.get(key)
        if value is None:
            return
        path = ".".join(part for part in (self.path, key) if part)
        if isinstance(value, Mapping):
            for name, item in value.items():
                yield str(name), self._below(item, f"{path}.{name}")
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for index, item in enumerate(value):
                yield str(index), self._below(item, f"{path}[{index}]")
        else:
            self.problem("structure", "Expected a list or named sections.", at=key)

    def _below(self, data: object, path: str) -> "Section":
        return Section(data, path, self.problems, policy=self.policy)

    def words(self, key: str) -> tuple[str, ...]:
        """An optional list of texts."""
        value = self.data.get(key) or []
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            self.problem("structure", "Expected a list of texts.", at=key)
            return ()
        return tuple(value)

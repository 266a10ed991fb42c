"""The registry of office papers: what each is filled with, and the template it comes with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.utils.functional import Promise

from lianshang.core.papers import contexts, samples
from lianshang.core.papers.choices import KindName

Text = str | Promise


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper. `title` makes its heading of a context, `code` is its word in numbers."""

    name: str
    label: Text
    code: str
    context: type[Any]
    title: Callable[[Any], str]

    @property
    def fields(self) -> Mapping[str, Text]:
        """Placeholder → what it is."""
        return contexts.described(self.context)

    @property
    def placeholders(self) -> list[tuple[str, Text]]:
        """The same for pages, where a field called `items` would hide the mapping's own."""
        return list(self.fields.items())

    def sample(self) -> contexts.PaperContext:
        return samples.SAMPLES[self.name]

    def built_in(self, masthead: str) -> bytes:
        """The template the program brings along, its masthead sized for that issuer."""
        from lianshang.core.papers.layout import as_bytes

        module = import_module(f"lianshang.core.papers.built_in.{self.name}")
        content: bytes = as_bytes(module.build(masthead))
        return content


KINDS: dict[str, PaperKind] = {
    kind.name: kind
    for kind in (
        PaperKind(
            KindName.HANDLING_SLIP.value,
            KindName.HANDLING_SLIP.label,
            "办",
            contexts.HandlingSlip,
            lambda slip: f"{slip.office}承办单",
        ),
        PaperKind(
            KindName.SUPERVISION_LETTER.value,
            KindName.SUPERVISION_LETTER.label,
            "督",
            contexts.SupervisionLetter,
            lambda letter: f"关于{letter.matter}的督办函",
        ),
        PaperKind(
            KindName.MINUTES.value,
            KindName.MINUTES.label,
            "纪",
            contexts.Minutes,
            lambda minutes: f"{minutes.meeting}纪要",
        ),
        PaperKind(
            KindName.BULLETIN.value,
            KindName.BULLETIN.label,
            "简",
            contexts.Bulletin,
            lambda bulletin: bulletin.headline,
        ),
    )
}


def values_of(
    kind: PaperKind,
    context: contexts.PaperContext,
    *,
    title: str,
    number: str,
    serial: int,
    day: contexts.Day,
) -> dict[str, Any]:
    """Everything a template of the kind may name."""
    common = {
        "title": contexts.balanced(contexts.printed(title or kind.title(context))),
        "number": number,
        "serial": str(serial),
        "year": str(day.year),
        "day": contexts.chinese_day(day),
    }
    return {**contexts.printed(context), **common}

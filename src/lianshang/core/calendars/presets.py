"""Time limits published by other places, as clocks (presets.yaml)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.core.calendars.dates import is_chinese
from lianshang.core.policy_files import read_yaml
from lianshang.engines.worktime import Clock, Start, Unit

FILE = Path(__file__).with_name("presets.yaml")


class Stage(models.TextChoices):
    """What a limit is set for."""

    FIRST_CONTACT = "first_contact", _("首次响应")
    STAGE = "stage", _("阶段")
    CLOSE = "close", _("办结")


@dataclass(frozen=True)
class Text:
    """A text of the file in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if is_chinese() else self.en


@dataclass(frozen=True)
class PresetClock:
    """One limit; `label` says for what, where a stage has several."""

    stage: Stage
    clock: Clock
    label: Text | None = None


@dataclass(frozen=True)
class Preset:
    """The limits of one place or document."""

    code: str
    name: Text
    source: Text
    note: Text
    clocks: tuple[PresetClock, ...] = ()
    yearly_by: tuple[int, int] | None = None  # month and day

    def clock(self, stage: Stage, label: str = "") -> Clock:
        """The limit of a stage; by its Chinese label where a stage has several."""
        for one in self.clocks:
            if one.stage is stage and (not label or (one.label and one.label.zh == label)):
                return one.clock
        raise KeyError(f"{self.code} has no limit {stage} {label}".strip())

    def yearly_day(self, year: int) -> date | None:
        """The last day of a yearly limit."""
        return date(year, *self.yearly_by) if self.yearly_by else None


@cache
def presets() -> Mapping[str, Preset]:
    """All presets by code, in the order of the file."""
    return {code: _preset(code, row) for code, row in read_yaml(FILE)["presets"].items()}


def _preset(code: str, row: Mapping[str, Any]) -> Preset:
    name, source, note = (Text(**row[key]) for key in ("name", "source", "note"))
    yearly_by = _month_day(row["yearly_by"]) if "yearly_by" in row else None
    return Preset(code, name, source, note, tuple(_clocks(row)), yearly_by)


def _clocks(row: Mapping[str, Any]) -> Iterator[PresetClock]:
    for one in row.get("clocks", ()):
        clock = Clock(one["amount"], Unit(one["unit"]), Start(one.get("start", "same")))
        yield PresetClock(
            Stage(one["stage"]), clock, Text(**one["label"]) if "label" in one else None
        )


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)

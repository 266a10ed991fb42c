"""The numbers in force."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lianshang.apps.party.models import PartyRule

FILE = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True)
class Rules:
    """Every number by its code; those the zone has not set are the file's."""

    values: dict[str, int]

    def __getitem__(self, code: str) -> int:
        return self.values[code]


@functools.cache
def rules_of_file() -> list[dict[str, Any]]:
    """As the program brings them."""
    content: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content["rules"]


def rules() -> Rules:
    """The numbers in force today."""
    values = {one["code"]: int(one["value"]) for one in rules_of_file()}
    return Rules({**values, **dict(PartyRule.objects.values_list("code", "value"))})

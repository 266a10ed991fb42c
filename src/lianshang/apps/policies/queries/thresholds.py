"""The numeric parameters of a policy, each with the values that a simulation moves it to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from lianshang.engines.rules.language.units import Unit
    from lianshang.engines.rules.policy import Policy

TENTH = Fraction(1, 10)
WHOLE = frozenset({"人", "项", "次", "天", "月", "年", "分"})  # moved by whole steps


@dataclass(frozen=True)
class Threshold:
    """A parameter on a day, and 10 % (at least one whole step) below and above; base units."""

    name: str
    label: Mapping[str, str]
    unit: Unit
    now: Fraction
    lower: Fraction
    upper: Fraction

    def shown(self, value: Fraction) -> str:
        """The value as it would be written in the policy; a share as a percentage."""
        from lianshang.engines.rules.formatting import format_decimal

        written = value / self.unit.factor
        if self.unit.text == "1" and 0 < abs(written) < 1:
            return f"{format_decimal(written * 100, 4)}%"
        number = format_decimal(written, 4)
        return number if self.unit.text == "1" else f"{number} {self.unit.text}"

    @property
    def shown_now(self) -> str:
        return self.shown(self.now)


def variants(policy: Policy, on: date) -> Iterator[Threshold]:
    """Every parameter with a value on the day; zero is moved by whole steps only."""
    for parameter in policy.parameters.values():
        now = parameter.at(on)
        if now is None:
            continue
        step = _step(now / parameter.unit.factor, parameter.unit) * parameter.unit.factor
        if step:
            lower = max(now - step, Fraction(0)) if now >= 0 else now - step
            yield Threshold(parameter.name, parameter.label, parameter.unit, now, lower, now + step)


def _step(written: Fraction, unit: Unit) -> Fraction:
    tenth = abs(written) * TENTH
    if unit.text in WHOLE and written.denominator == 1:
        return Fraction(max(1, round(tenth)))
    return tenth

"""What would follow if a fact of a firm, or a number of a policy, were another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.enterprises.queries.projection import values_of
from lianshang.apps.enterprises.queries.wording import label_language
from lianshang.apps.policies.choices import Kind, Standing
from lianshang.apps.policies.queries.answers import Answer, answers_from, entitled_amount
from lianshang.apps.policies.queries.batch import settled_frame
from lianshang.apps.policies.queries.library import all_variables, stages
from lianshang.apps.policies.queries.reasons import variable_label
from lianshang.apps.policies.queries.remedies import way
from lianshang.apps.policies.queries.wording import TONES, label
from lianshang.engines.standards.text import AmountUnit, NumberReading, parse_amount, parse_number

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import polars as pl

    from lianshang.apps.enterprises.models import Enterprise
    from lianshang.engines.rules.catalogue import Quantity
    from lianshang.engines.rules.evaluation import CompiledPolicy
    from lianshang.engines.rules.policy import Policy

Assumed = Mapping[str, int | bool | None]
YES, NO = ("是", "yes", "true", "1"), ("否", "no", "false", "0")
SUGGESTED = 8  # facts offered first: those that near misses hang on
AT_ONCE = 20_000  # firms whose facts are in memory at once


@dataclass(frozen=True)
class Line:
    """One policy that would answer differently."""

    before: Answer
    after: Answer

    @property
    def name(self) -> str:
        return label(self.after.compiled.policy.name)

    @property
    def tones(self) -> tuple[str, str]:
        return TONES[self.before.standing], TONES[self.after.standing]

    @property
    def differs(self) -> bool:
        """In standing, or in an amount that the firm has or would have."""
        stand = self.before.standing, self.after.standing
        if stand[0] != stand[1]:
            return True
        return stand[0] == Standing.ENTITLED and self.before.amount != self.after.amount


@dataclass(frozen=True)
class Followed:
    """What follows for a firm: the policies that differ, and the sum, each group's highest once."""

    lines: Sequence[Line]
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


def changed_facts(enterprise: Enterprise, assumed: Assumed, *, on: date) -> Followed:
    """Every benefit with the firm's facts as they are, and with some of them assumed."""
    values = values_of([enterprise.pk], all_variables(on), on=on).get(enterprise.pk, {})
    before, after = (
        [one for one in answers_from(some, on=on) if _is_benefit(one)]
        for some in (values, {**values, **assumed})
    )
    lines = [Line(*pair) for pair in zip(before, after, strict=True)]
    return Followed(
        lines=[line for line in lines if line.differs],
        before=entitled_amount(before),
        after=entitled_amount(after),
    )


def _is_benefit(answer: Answer) -> bool:
    return answer.compiled.policy.kind != Kind.CLASSIFICATION


def suggested(enterprise: Enterprise, *, on: date) -> list[tuple[str, str]]:
    """Facts that this firm's near misses hang on, as (variable, label): what to ask about first."""
    values = values_of([enterprise.pk], all_variables(on), on=on).get(enterprise.pk, {})
    found = answers_from(values, on=on)
    short = [one for one in found if one.standing is Standing.ONE_STEP]
    short += [one for one in found if len(one.outcome.missing) == 1]
    asked = set(all_variables(on))
    names = dict.fromkeys(
        change.variable
        for one in short
        for change in way(one).told.changes
        if change.variable in asked
    )
    return [(name, variable_label(name, on)) for name in list(names)[:SUGGESTED]]


def facts_by_label(on: date) -> dict[str, str]:
    """Label (with its year) → fact that some policy asks for."""
    return {variable_label(name, on): name for name in all_variables(on)}


def read_fact(text: str, on: date) -> str:
    """The fact that a label, or its own name, stands for; a ValidationError says there is none."""
    text = text.strip()
    known = facts_by_label(on)
    if text in known:
        return known[text]
    if text in known.values():
        return text
    raise ValidationError(_("没有叫“%(text)s”的数据项，请从提示中选。") % {"text": text})


def read_value(name: str, text: str) -> int | bool | None:
    """What somebody wrote, as the engine holds it; nothing is "not known". A ValidationError says
    what would be understood.
    """
    quantity, text = catalogue().variables[name].quantity, text.strip()
    if not text:
        return None
    value = _written(quantity, text)
    try:
        return catalogue().encode(name, value)
    except ValueError as error:
        allowed = {"name": label(quantity.label), "text": text}
        raise ValidationError(_("“%(text)s”超出“%(name)s”可能的范围。") % allowed) from error


def _written(quantity: Quantity, text: str) -> object:
    if quantity.truth:
        if text.lower() not in YES + NO:
            raise ValidationError(_("请填“是”或“否”。"))
        return text.lower() in YES
    if quantity.type == "code":
        codes = {label(name): code for code, name in quantity.codes.items()}
        if text in codes or text in quantity.codes:
            return codes.get(text, text)
        some = "、".join(list(codes)[:6])
        raise ValidationError(
            _("没有“%(text)s”，可填如：%(some)s。") % {"text": text, "some": some}
        )
    if quantity.type == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValidationError(_("请按 2026-06-01 的格式填写日期。")) from None
    money = str(quantity.dimension) == "元"
    reading = parse_amount(text, AmountUnit.YUAN) if money else parse_number(text)
    if not isinstance(reading, NumberReading):
        raise ValidationError(_("“%(text)s”不是数，请填写如 1234.5 或 300万。") % {"text": text})
    return Decimal(reading.value)


def shown_value(name: str, value: int | bool | None) -> str:
    """An encoded value as people read it."""
    from lianshang.engines.rules.formatting import format_value

    return format_value(catalogue(), name, value, label_language())


# A number of a policy


@dataclass
class Difference:
    """What a policy's other numbers would change: firms, and yuan."""

    firms: int = 0
    entitled: list[int] = field(default_factory=lambda: [0, 0])  # before, after
    cost: list[Decimal] = field(default_factory=lambda: [Decimal(0), Decimal(0)])
    gaining: int = 0
    losing: int = 0

    @property
    def difference(self) -> Decimal:
        return self.cost[1] - self.cost[0]

    def add(self, before: pl.DataFrame, after: pl.DataFrame, code: str) -> None:
        met = [one[code] == 1 for one in (before, after)]
        self.firms += before.height
        self.gaining += int((met[1] & ~met[0]).sum())
        self.losing += int((met[0] & ~met[1]).sum())
        for place, (answered, holds) in enumerate(zip((before, after), met, strict=True)):
            self.entitled[place] += int(holds.sum())
            if f"{code}#amount" in answered.columns:
                fen = answered.filter(holds)[f"{code}#amount"].sum()
                self.cost[place] += Decimal(int(fen)).scaleb(-2)


def changed_parameters(
    policy: Policy, changed: Mapping[str, Fraction], firms: Collection[int], *, on: date
) -> Difference:
    """How many of these firms would gain or lose, and what it would cost, with some parameters at
    other values (in base units). Policies that build on this one are not followed.
    """
    from lianshang.engines.rules.batch import BatchPlan
    from lianshang.engines.rules.evaluation import CompiledPolicy

    now = CompiledPolicy(policy, catalogue(), on)
    then = CompiledPolicy(policy, catalogue(), on, changed)
    plans = [BatchPlan([one.program], steps=False) for one in (now, then)]
    found, keys = Difference(), sorted(firms)
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        frame = settled_frame(some, now, on=on)
        before, after = (plan.run(frame) for plan in plans)
        found.add(before, after, policy.id)
    return found


def compiled_policy(code: str, on: date) -> CompiledPolicy | None:
    """The policy as it is in force on a day; None where it is not."""
    in_force = (one for stage in stages(on) for one in stage)
    return next((one for one in in_force if one.policy.id == code), None)


@dataclass(frozen=True)
class Number:
    """A parameter with its value of the day, in the unit it is written in."""

    name: str
    label: str
    unit: str
    value: str


def numbers_of(compiled: CompiledPolicy) -> list[Number]:
    """The parameters of a policy that have a value on the day."""
    found = []
    for parameter in compiled.policy.parameters.values():
        value = parameter.at(compiled.day)
        if value is not None:
            written = value / parameter.unit.factor
            is_share = parameter.unit.text == "1" and 0 < written < 1
            shown = written * 100 if is_share else written
            text = f"{Decimal(shown.numerator) / Decimal(shown.denominator):f}"
            text += "%" if is_share else ""
            unit = "" if parameter.unit.text == "1" else parameter.unit.text
            found.append(Number(parameter.name, label(parameter.label), unit, text))
    return found


def read_parameter(compiled: CompiledPolicy, name: str, text: str) -> Fraction:
    """What somebody wrote, in base units; 3% is 0.03. A ValidationError says what is wrong."""
    parameter = compiled.policy.parameters[name]
    reading = parse_number(text)
    if not isinstance(reading, NumberReading):
        raise ValidationError(_("“%(text)s”不是数，请填写如 1234.5。") % {"text": text})
    value = Fraction(Decimal(reading.value))
    return (value / 100 if reading.unit == "%" else value) * parameter.unit.factor

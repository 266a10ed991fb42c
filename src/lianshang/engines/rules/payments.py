"""A benefit paid in parts: what is due when, and whether the parts make the whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .language.units import Dimension
from .policy import Installment, Policy
from .problems import Problem, did_you_mean
from .reading import Label, Section

YUAN = Dimension((("元", 1),))


@dataclass(frozen=True, slots=True)
class Payment:
    """One part of an amount, in fen, with the year or the day on which it is due."""

    label: Label
    amount: int
    year: int | None
    on: date | None
    condition: Label = field(default_factory=dict)  # what a person looks at before it is paid


def installment(section: Section) -> Installment:
    """One part as written in a policy file."""
    # YAML 1.1 reads the bare key `on` as true.
    data = {"on" if str(key) == "True" else key: v for key, v in section.data.items()}
    section = Section(data, section.path, section.problems, policy=section.policy)
    section.only("label", "share", "amount", "year_offset", "on", "condition")
    for one, other in (("share", "amount"), ("year_offset", "on")):
        if section.has(one) == section.has(other):
            section.problem("structure", f"A payment has either `{one}` or `{other}`.")
    return Installment(
        label=section.label("label"),
        share=section.number("share", required=False),
        amount=section.text("amount", required=False),
        year_offset=section.whole("year_offset") if section.has("year_offset") else None,
        on=section.day("on", required=False),
        condition=section.label("condition", required=False),
    )


def payments(policy: Policy, amount: int, day: date) -> tuple[Payment, ...]:
    """The parts of an amount (fen) decided on a day; nothing where it is paid at once.

    Shares are rounded down to the fen and the last part takes the rest, so that the parts are
    exactly the amount. Parts that are parameters are what the document prints.
    """
    schedule = policy.benefit.schedule if policy.benefit else ()
    found: list[Payment] = []
    left = amount
    for number, part in enumerate(schedule, 1):
        if part.share is None:
            fixed = policy.parameters[part.amount].at(day)
            due = int((fixed or 0) * 100)
        else:
            due = left if number == len(schedule) else int(amount * part.share)
        left -= due
        year = None if part.year_offset is None else day.year + part.year_offset
        found.append(Payment(part.label, due, year, part.on, part.condition))
    return tuple(found)


def paid_parameters(policy: Policy) -> set[str]:
    """Parameters that a schedule of payments names."""
    schedule = policy.benefit.schedule if policy.benefit else ()
    return {part.amount for part in schedule} - {""}


def schedule_problems(policy: Policy) -> Iterator[Problem]:
    """Parts that are no money, that mix shares with amounts, or that are not the whole."""
    schedule = policy.benefit.schedule if policy.benefit else ()
    for number, part in enumerate(schedule):
        path = f"benefit.schedule[{number}]"
        if part.share is not None and not 0 < part.share <= 1:
            yield Problem("schedule", "A share is above 0 and at most 1.", "", f"{path}.share")
        if part.amount and part.amount not in policy.parameters:
            hint = did_you_mean(part.amount, policy.parameters)
            what = f"'{part.amount}' is no parameter of this policy."
            yield Problem("unknown-name", what, hint, f"{path}.amount")
        elif part.amount and policy.parameters[part.amount].unit.dimension != YUAN:
            what = f"'{part.amount}' is not an amount of money."
            yield Problem("unit-clash", what, "Use a parameter in 元 or 万元.", f"{path}.amount")
    shares = [part.share for part in schedule if part.share is not None]
    if shares and len(shares) < len(schedule):
        what = "Some parts are shares, others amounts."
        yield Problem("schedule", what, "Use one of the two.", "benefit.schedule")
    elif shares and sum(shares, Fraction(0)) != 1:
        what = f"The shares add up to {float(sum(shares, Fraction(0))):g}, not to 1."
        yield Problem("schedule", what, "Correct them.", "benefit.schedule")

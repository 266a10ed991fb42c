"""Why a firm stands where it does with a policy: by clause, with values and their sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import Http404

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.enterprises.queries.ledger import Entry, ledger
from lianshang.apps.enterprises.queries.viewing import refusal
from lianshang.apps.enterprises.queries.wording import label_language
from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.queries.answers import Answer, answers
from lianshang.apps.policies.queries.remedies import Way, way
from lianshang.apps.policies.queries.wording import TONES, label
from lianshang.core.consent.choices import Use

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from lianshang.apps.enterprises.models import Enterprise, Fact
    from lianshang.engines.rules.explain import ClauseExplanation, Explanation
    from lianshang.engines.rules.explain import Fact as Missing

Entries = dict[tuple[str, int | None], Entry]  # by quantity and year
TONE_OF_STATE = {"met": "met", "not_met": "short", "not_known": "unknown", "needs_person": "person"}


def tone_of_clause(state: str) -> str:
    """How a clause in that state is marked; a state that is not known is marked so."""
    return TONE_OF_STATE.get(state, "unknown")


@dataclass(frozen=True)
class MissingFact:
    """A fact that is not known, its code, and who holds it but may not lend it."""

    label: str
    quantity: str
    is_derived: bool
    refusals: Sequence[str]


@dataclass(frozen=True)
class Clause:
    """One clause as the page shows it."""

    told: ClauseExplanation
    sources: Sequence[Fact]
    missing: Sequence[MissingFact]

    @property
    def tone(self) -> str:
        return tone_of_clause(self.told.state.key)


@dataclass(frozen=True)
class Told:
    """The whole explanation of one answer."""

    answer: Answer
    explanation: Explanation
    entries: Entries

    @property
    def name(self) -> str:
        return label(self.answer.compiled.policy.name)

    @property
    def standing(self) -> Standing:
        return self.answer.standing

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @cached_property
    def way(self) -> Way:
        """What would make it pass."""
        return way(self.answer)

    @cached_property
    def clauses(self) -> list[Clause]:
        """Failing clauses first, then unknown ones, then those met; each group in the policy's
        order.
        """
        order = ("not_met", "not_known", "needs_person", "met")
        clauses = [self._clause(one) for one in self.explanation.clauses]
        return sorted(clauses, key=lambda one: order.index(one.told.state.key))

    def _clause(self, told: ClauseExplanation) -> Clause:
        from lianshang.engines.rules import nodes

        program = self.answer.compiled.program
        entries = [self._entry(name) for name in nodes.variables(program.clauses[told.id].value)]
        winners = [entry.winner for entry in entries if entry and entry.winner]
        by_paper = {(fact.source_id, fact.observed_on): fact for fact in winners}
        return Clause(told, list(by_paper.values()), [self._missing(one) for one in told.missing])

    def _missing(self, missing: Missing) -> MissingFact:
        quantity = catalogue().variables[missing.variable].quantity
        entry = self._entry(missing.variable)
        held = entry.refused if entry else []
        return MissingFact(
            label=missing.label,
            quantity=quantity.name,
            is_derived=quantity.period == "derived",
            refusals=list(dict.fromkeys(refusal(fact.source, fact.uses) for fact in held)),
        )

    def _entry(self, name: str) -> Entry | None:
        variable = catalogue().variables[name]
        back = variable.years_back
        year = None if back is None else self.answer.compiled.day.year - 1 - back
        return self.entries.get((variable.quantity.name, year))


def explanation(enterprise: Enterprise, code: str, *, on: date) -> Told:
    """The explanation of one policy about one firm; 404 where the policy is not in force."""
    found = next((one for one in answers(enterprise, on=on) if one.code == code), None)
    if found is None:
        raise Http404
    return told(enterprise, found, on=on)


def told(
    enterprise: Enterprise, answer: Answer, *, on: date, entries: Entries | None = None
) -> Told:
    """The explanation of an answer that is already there."""
    from lianshang.engines.rules.explain import explain

    explained = explain(answer.compiled, answer.values, language=label_language())
    return Told(answer, explained, entries or entries_of(enterprise, on=on))


def entries_of(enterprise: Enterprise, *, on: date) -> Entries:
    """The ledger of a firm by quantity and year."""
    return {
        (entry.quantity.code, entry.year): entry
        for entry in ledger(enterprise, purpose=Use.SERVICE, on=on)
    }

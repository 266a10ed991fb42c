"""What the register-wide answer says about nearness is what each firm's own answer says."""

from collections import Counter
from datetime import date
from fractions import Fraction

import polars as pl
from tests.policies_data.boundary_firms import BoundaryFirms, Facts

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.choices import Nearness
from lianshang.apps.policies.queries.library import library_of_files
from lianshang.apps.policies.queries.nearness import nearness
from lianshang.engines.rules import CompiledPolicy, State
from lianshang.engines.rules.batch import BatchPlan
from lianshang.engines.rules.lenient import lenient
from lianshang.engines.rules.policy import Clause, Group

DAY, FIRMS = date(2026, 11, 23), 600
POINT = Fraction(1, 100)


def policies() -> list[CompiledPolicy]:
    found = library_of_files().policies.values()
    return [
        CompiledPolicy(one, catalogue(), DAY) for one in found if one.in_force(DAY) and one.clauses
    ]


def holds(branch: Group | Clause, met: set[str]) -> bool:
    """Whether a tree of clauses is met when exactly these clauses are."""
    if isinstance(branch, Clause):
        return branch.id in met
    count = sum(holds(below, met) for below in branch.branches)
    return count >= {"all": len(branch.branches), "any": 1}.get(branch.kind, branch.n)


def by_hand(compiled: CompiledPolicy, facts: Facts, easier: CompiledPolicy | None) -> Nearness:
    """The same question asked of one firm, clause by clause."""
    outcome, policy = compiled.evaluate(facts), compiled.policy
    met = {key for key, state in outcome.clauses.items() if state is State.MET}
    if outcome.state is State.NOT_KNOWN:
        for name in outcome.missing:
            waiting = {key for key in outcome.clauses if compiled.missing_in(key, facts) == (name,)}
            if holds(policy.require, met | waiting):
                return Nearness.DOCUMENT
    if outcome.state is not State.NOT_MET:
        return Nearness.NONE
    if outcome.steps == 1 and easier and easier.evaluate(facts).state is State.MET:
        return Nearness.POINT
    turning = {
        clause.change
        for clause in policy.clauses
        if outcome.clauses[clause.id] is State.NOT_MET and holds(policy.require, met | {clause.id})
    }
    if turning & {"firm", "document"}:
        return Nearness.WITHIN
    return Nearness.BEYOND if turning else Nearness.NONE


def test_the_register_agrees_with_each_firm() -> None:
    compiled = policies()
    asked = sorted({name for one in compiled for name in one.variables})
    firms = BoundaryFirms([one.program for one in compiled], catalogue(), asked).draw(FIRMS, "near")
    known = catalogue().variables
    frame = pl.DataFrame(
        {name: [firm.get(name) for firm in firms] for name in asked},
        schema={n: pl.Boolean if known[n].quantity.truth else pl.Int64 for n in asked},
    )
    answered = BatchPlan([one.program for one in compiled], clauses=True).run(frame)
    seen: Counter[Nearness] = Counter()
    wrong = []
    for one in compiled:
        easier = lenient(one, POINT)
        found = nearness(one, frame, answered).to_list()
        expected = [by_hand(one, firm, easier) for firm in firms]
        seen.update(expected)
        wrong += [
            (one.policy.id, number, Nearness(got).name, wanted.name)
            for number, (got, wanted) in enumerate(zip(found, expected, strict=True))
            if got != wanted
        ]
    assert wrong[:9] == []
    assert all(seen[near] > 20 for near in Nearness), seen

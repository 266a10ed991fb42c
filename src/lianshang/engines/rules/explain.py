"""Why a policy answers as it does for one enterprise: clause by clause, with values and sources."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .catalogue import Value
from .evaluation import CompiledPolicy, Outcome
from .formatting import YUAN, exact_money, format_number, format_value
from .gaps import Gap
from .language.parsing import parse
from .policy import ClassRule, Clause, Group, SourceReference
from .program import State
from .reading import in_language
from .readings import Reading, read
from .scorecards import Scorecard, scorecard
from .wording import Reader


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact named to the reader."""

    variable: str
    label: str
    text: str  # its value, or that it is unknown


@dataclass(frozen=True, slots=True)
class AssumedFact:
    """A fact that was not known and counted as a stated value."""

    fact: Fact
    reason: str
    sources: tuple[SourceReference, ...]


@dataclass(frozen=True, slots=True)
class ClauseExplanation:
    """One clause: its state, the test with values put in, what is missing, what would turn it."""

    id: str
    label: str
    state: State
    change: str
    sources: tuple[SourceReference, ...]
    reading: Reading
    missing: tuple[Fact, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps of every failing test in it."""
        return tuple(self.reading.all_gaps()) if self.state is State.NOT_MET else ()


@dataclass(frozen=True, slots=True)
class GroupExplanation:
    """`all`, `any` or at least n of the branches, and whether that holds (None: open)."""

    kind: str
    n: int
    met: bool | None
    branches: tuple["ClauseExplanation | GroupExplanation", ...]

    def clauses(self) -> Iterator[ClauseExplanation]:
        for branch in self.branches:
            if isinstance(branch, ClauseExplanation):
                yield branch
            else:
                yield from branch.clauses()


@dataclass(frozen=True, slots=True)
class ClassExplanation:
    """One class of a classification, its test (None: all the rest) and whether it is the answer."""

    code: str
    label: str
    reading: Reading | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class AmountExplanation:
    """What the benefit is or would be worth; exact in 元, None while a fact is missing."""

    label: str
    per: str
    yuan: Fraction | None
    text: str
    exact: str
    formula: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole answer of one policy about one enterprise, in one language."""

    compiled: CompiledPolicy
    outcome: Outcome
    require: GroupExplanation
    scores: tuple[Scorecard, ...]
    classes: tuple[ClassExplanation, ...]
    amount: AmountExplanation | None
    missing: tuple[Fact, ...]
    assumed: tuple[AssumedFact, ...]
    disputes: tuple[str, ...]

    @property
    def clauses(self) -> tuple[ClauseExplanation, ...]:
        return tuple(self.require.clauses())


def explain(
    compiled: CompiledPolicy, facts: Mapping[str, Value], *, language: str = "zh"
) -> Explanation:
    """Explain a policy for encoded facts, in `zh` or `en`."""
    return _Explainer(compiled, facts, language).explanation()


class _Explainer:
    def __init__(self, compiled: CompiledPolicy, facts: Mapping[str, Value], language: str) -> None:
        self.compiled, self.policy, self.facts = compiled, compiled.policy, facts
        self.language, self.reader = language, Reader(compiled, facts, language)
        self.outcome = compiled.evaluate(facts)

    def explanation(self) -> Explanation:
        outcome, policy = self.outcome, self.policy
        return Explanation(
            compiled=self.compiled,
            outcome=outcome,
            require=self.group(policy.require),
            scores=tuple(scorecard(name, self.reader, outcome) for name in policy.scores),
            classes=tuple(map(self.class_rule, policy.classes)),
            amount=self.amount(),
            missing=tuple(self.fact(name) for name in outcome.missing),
            assumed=tuple(self.assumed()),
            disputes=tuple(
                in_language(dispute.text, self.language)
                for dispute in policy.disputes
                if dispute.id in outcome.disputes
            ),
        )

    def fact(self, name: str, value: Value = None) -> Fact:
        shown = format_value(self.compiled.catalogue, name, value, self.language)
        return Fact(name, self.reader.label(name), shown)

    def clause(self, clause: Clause) -> ClauseExplanation:
        state = self.outcome.clauses[clause.id]
        names = self.compiled.missing_in(clause.id, self.facts)
        return ClauseExplanation(
            id=clause.id,
            label=in_language(clause.label, self.language),
            state=state,
            change=clause.change,
            sources=self.policy.references(clause.source),
            reading=read(parse(clause.when), self.reader),
            missing=tuple(map(self.fact, names)),
        )

    def group(self, group: Group) -> GroupExplanation:
        branches = tuple(
            self.clause(branch) if isinstance(branch, Clause) else self.group(branch)
            for branch in group.branches
        )
        needed = {"all": len(branches), "any": 1}.get(group.kind, group.n)
        met = [_met(branch) for branch in branches]
        certain, possible = met.count(True), len(met) - met.count(False)
        holds = True if certain >= needed else None if possible >= needed else False
        return GroupExplanation(group.kind, group.n, holds, branches)

    def class_rule(self, rule: ClassRule) -> ClassExplanation:
        return ClassExplanation(
            code=rule.code,
            label=in_language(rule.label, self.language),
            reading=None if rule.when is None else read(parse(rule.when), self.reader),
            chosen=rule.code == self.outcome.class_code,
        )

    def amount(self) -> AmountExplanation | None:
        benefit = self.policy.benefit
        if benefit is None:
            return None
        fen = self.outcome.amount
        yuan = None if fen is None else Fraction(fen, 100)
        tree = None if benefit.amount is None else self.reader.opened(parse(benefit.amount))
        return AmountExplanation(
            label=in_language(benefit.label, self.language),
            per=benefit.per,
            yuan=yuan,
            text="" if tree is None else format_number(yuan, YUAN, self.language),
            exact="" if yuan is None else exact_money(yuan, self.language),
            formula="" if tree is None else self.reader.text(tree),
        )

    def assumed(self) -> Iterator[AssumedFact]:
        for assumption in self.policy.assume:
            if assumption.variable in self.outcome.assumed:
                value = self.compiled.catalogue.encode(assumption.variable, assumption.value)
                yield AssumedFact(
                    self.fact(assumption.variable, value),
                    in_language(assumption.reason, self.language),
                    self.policy.references(assumption.source),
                )


def _met(branch: ClauseExplanation | GroupExplanation) -> bool | None:
    if isinstance(branch, GroupExplanation):
        return branch.met
    return {State.MET: True, State.NOT_MET: False}.get(branch.state)

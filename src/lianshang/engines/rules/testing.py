"""Run the test cases written beside a policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from .catalogue import Catalogue, Value
from .evaluation import CompiledPolicy, LetValue, Outcome
from .language.units import Dimension, Unit, parse_unit
from .meaning import Numeric
from .policy import Policy
from .problems import PolicyError, Problem
from .reading import Section, to_fraction

YUAN = Dimension((("元", 1),))
_CASE = ("name", "example", "mark", "on", "facts", "parameters", "expect", "note")
_EXPECT = (
    "state", "steps", "clauses", "amount", "scores", "class", "lets", "missing", "disputes",
    "assumed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expectation that was not met, e.g. `clauses.S3`."""

    what: str
    expected: Any
    got: Any


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case as written and what came of it; passed if nothing mismatched."""

    name: str
    example: str
    mark: str
    day: date
    outcome: Outcome
    mismatches: tuple[Mismatch, ...]

    @property
    def passed(self) -> bool:
        return not self.mismatches


def run_cases(
    tests: Mapping[str, Any], policy: Policy, catalogue: Catalogue
) -> tuple[CaseResult, ...]:
    """Run a loaded `<id>.test.yaml`; raises PolicyError where it or the policy cannot be read."""
    problems: list[Problem] = []
    top = Section(tests, "", problems, policy=policy.id)
    top.only("policy", "money", "cases")
    if top.text("policy") != policy.id:
        top.problem("structure", f"These cases are for another policy than {policy.id}.")
    money = parse_unit(str(tests.get("money", "元")), multiples=True)
    cases = [_Case(section, policy, catalogue, money) for _, section in top.sections("cases")]
    if problems:
        raise PolicyError(problems)
    compiled: dict[object, CompiledPolicy] = {}
    return tuple(case.run(compiled) for case in cases)


class _Case:
    def __init__(self, section: Section, policy: Policy, catalogue: Catalogue, money: Unit) -> None:
        # YAML 1.1 reads the bare key `on` as true.
        data = {"on" if str(key) == "True" else key: v for key, v in section.data.items()}
        self.section = Section(data, section.path, section.problems, policy=policy.id)
        self.policy, self.catalogue, self.money = policy, catalogue, money
        self.section.only(*_CASE)
        self.name = self.section.text("name")
        self.day = self.section.day("on") or date.min
        self.facts = self._facts()
        self.parameters = self._parameters()
        self.expect = self.section.section("expect")
        self.expect.only(*_EXPECT)

    def _facts(self) -> dict[str, Value]:
        encoded: dict[str, Value] = {}
        for name, value in self.section.data.get("facts", {}).items():
            try:
                in_yuan = self.catalogue.variable(name).quantity.dimension == YUAN
                number = to_fraction(value) if in_yuan else None
                exact = value if number is None else number * self.money.factor
                encoded[name] = self.catalogue.encode(name, exact)
            except ValueError as error:
                self.section.problem("fact", str(error), at=f"facts.{name}")
        return encoded

    def _parameters(self) -> dict[str, Fraction]:
        changed = {}
        for name, value in self.section.data.get("parameters", {}).items():
            parameter, number = self.policy.parameters.get(name), to_fraction(value)
            if parameter is None or number is None:
                self.section.problem("parameter", f"'{name}' is no parameter with a number.")
            else:
                changed[name] = number * parameter.unit.factor
        return changed

    def run(self, known: dict[object, CompiledPolicy]) -> CaseResult:
        """`known`: what earlier cases compiled, by day and changed parameters."""
        key = self.day, tuple(sorted(self.parameters.items()))
        if key not in known:
            known[key] = CompiledPolicy(self.policy, self.catalogue, self.day, self.parameters)
        compiled = known[key]
        outcome = compiled.evaluate(self.facts)
        return CaseResult(
            name=self.name,
            example=str(self.section.data.get("example", "")),
            mark=str(self.section.data.get("mark", "")),
            day=self.day,
            outcome=outcome,
            mismatches=tuple(self._mismatches(compiled, outcome)),
        )

    def _mismatches(self, compiled: CompiledPolicy, outcome: Outcome) -> list[Mismatch]:
        found = []
        for key, expected in self.expect.data.items():
            if key in ("clauses", "scores", "lets"):
                pairs = [
                    (f"{key}.{name}", value, self._part(compiled, outcome, key, name))
                    for name, value in expected.items()
                ]
            else:
                pairs = [(key, expected, self._whole(outcome, key))]
            found += [Mismatch(*pair) for pair in pairs if not _agrees(pair[1], pair[2])]
        return found

    def _whole(self, outcome: Outcome, key: str) -> Any:
        if key == "amount":
            yuan = None if outcome.amount is None else Fraction(outcome.amount, 100)
            return None if yuan is None else yuan / self.money.factor
        if key in ("missing", "disputes", "assumed"):
            return set(getattr(outcome, key))
        if key == "state":
            return outcome.state.key
        return outcome.class_code if key == "class" else outcome.steps

    def _part(self, compiled: CompiledPolicy, outcome: Outcome, key: str, name: str) -> Any:
        if key == "clauses":
            state = outcome.clauses.get(name)
            return "no such clause" if state is None else state.key
        if key == "scores":
            return outcome.scores.get(name, "no such score")
        value: LetValue | str = outcome.lets.get(name, "no such let")
        found = compiled.program.lets.get(name)
        if isinstance(found, Numeric) and found.dimension == YUAN and isinstance(value, Fraction):
            return value / self.money.factor
        return value


def _agrees(expected: Any, got: Any) -> bool:
    """Equal; a number with decimals agrees with what rounds half up to as many decimals."""
    if isinstance(got, set):
        return isinstance(expected, list) and set(expected) == got
    if isinstance(got, tuple):
        return tuple(expected if isinstance(expected, list) else [expected] * 2) == got
    if isinstance(got, Fraction):
        number = to_fraction(expected)
        if number is None:
            return False
        decimals = len(str(expected).partition(".")[2]) if isinstance(expected, float | str) else 0
        scale = 10**decimals if decimals else None
        return number == got if scale is None else number == Fraction(_half_up(got * scale), scale)
    return bool(expected == got)


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)

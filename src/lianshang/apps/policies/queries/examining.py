"""Whether a draft could be published: what is wrong with its text, and what its cases say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.queries import draft_text
from lianshang.apps.policies.queries.library import library, stages
from lianshang.apps.policies.queries.problem_words import told
from lianshang.apps.policies.queries.simulation import compiled_for
from lianshang.core import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lianshang.engines.rules.evaluation import CompiledPolicy
    from lianshang.engines.rules.policy import Policy
    from lianshang.engines.rules.problems import Problem
    from lianshang.engines.rules.testing import CaseResult


@dataclass(frozen=True)
class Finding:
    """Something to put right, with its place."""

    line: int
    path: str
    text: str
    severity: str = "error"


@dataclass(frozen=True)
class Examination:
    """A text read and checked, and its test cases run."""

    mapping: Mapping[str, Any]
    policy: Policy | None  # None: not even readable
    findings: tuple[Finding, ...]
    cases: tuple[CaseResult, ...]
    case_findings: tuple[Finding, ...]

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self.findings if one.severity == "error"]

    @property
    def failed(self) -> list[CaseResult]:
        return [one for one in self.cases if not one.passed]

    @property
    def is_sound(self) -> bool:
        """No error, and at least one case, all of which pass."""
        return not (self.errors or self.case_findings or self.failed) and bool(self.cases)


def examine(text: str, cases: str) -> Examination:
    """Check a text by itself and run its cases; never raises."""
    from lianshang.engines.rules.check import check_policy
    from lianshang.engines.rules.policy_file import policy_from_mapping
    from lianshang.engines.rules.problems import PolicyError

    document = draft_text.read(text)
    if document.fault:
        fault = Finding(document.fault.line, "", document.fault.text)
        return Examination({}, None, (fault,), (), ())
    policy, problems = None, []
    try:
        policy = policy_from_mapping(document.data)
        problems = check_policy(policy, catalogue())
    except PolicyError as error:
        problems = list(error.problems)
    findings = _placed(problems, document)
    sound = policy is not None and not any(one.severity == "error" for one in findings)
    results, case_findings = _run(cases, policy) if policy and sound else ((), ())
    return Examination(document.data, policy, findings, results, case_findings)


def _placed(problems: Iterable[Problem], document: draft_text.Text) -> tuple[Finding, ...]:
    return tuple(
        Finding(document.line(one.path), one.path, told(one), one.severity) for one in problems
    )


def _run(text: str, policy: Policy) -> tuple[tuple[CaseResult, ...], tuple[Finding, ...]]:
    from lianshang.engines.rules.problems import PolicyError
    from lianshang.engines.rules.testing import run_cases

    document = draft_text.read(text)
    if document.fault:
        return (), (Finding(document.fault.line, "", document.fault.text),)
    if not document.data:
        return (), ()
    try:
        return run_cases(document.data, policy, catalogue()), ()
    except PolicyError as error:
        return (), _placed(error.problems, document)
    except (ValueError, TypeError, AttributeError) as error:  # e.g. `facts` is a list
        told_as = _("测试用例的写法有误：%(error)s") % {"error": error}
        return (), (Finding(1, "cases", told_as),)


def beside_the_library(policy: Policy) -> list[str]:
    """What is wrong only together with the rest: versions that overlap (older ones are ended
    first), and circles. Only the policies that can matter are checked: its own family, and those
    whose titles or results it needs.
    """
    from lianshang.engines.rules.library import check_library

    families = {policy.family} | _needed_families(policy)
    others = [
        _ended(one, policy)
        for one in library().policies.values()
        if one.id != policy.id and one.family in families
    ]
    problems = check_library([*others, policy], catalogue())
    return [told(one) for one in problems if one.policy == policy.id and one.severity == "error"]


def _needed_families(policy: Policy) -> set[str]:
    """Families that lead back to the policy's own; empty where none does, as there is no circle."""
    today = clock.today()
    compiled = {one.policy.family: one for stage in stages(today) for one in stage}
    waiting, seen = [compiled_for(policy, today)], set[str]()
    while waiting:
        for family in _asked_families(waiting.pop()) - seen:
            seen.add(family)
            waiting += [compiled[family]] if family in compiled else []
    return seen if policy.family in seen else set()


def _asked_families(compiled: CompiledPolicy) -> set[str]:
    quantities = [catalogue().variables[name].quantity for name in compiled.variables]
    return {one.result_of or one.policy for one in quantities} - {""}


def _ended(one: Policy, newer: Policy) -> Policy:
    """A version as it will be once the newer one is published."""
    start = newer.valid.start
    if one.family != newer.family or start is None or not one.valid.overlaps(newer.valid):
        return one
    if one.valid.start is not None and one.valid.start >= start:
        return one
    return replace(one, valid=replace(one.valid, end=start - timedelta(days=1)))

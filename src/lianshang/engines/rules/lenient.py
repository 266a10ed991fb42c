"""A policy that asks a little less: every share it demands of a ratio moved by so much."""

from collections.abc import Iterator
from fractions import Fraction

from .evaluation import CompiledPolicy
from .language import syntax
from .language.parsing import parse
from .language.syntax import Expression
from .language.units import PURE

_GREATER = (">", ">=")
_OPPOSITE = {">": "<", ">=": "<=", "<": ">", "<=": ">="}


def lenient(compiled: CompiledPolicy, by: Fraction) -> CompiledPolicy | None:
    """The policy with its shares moved in the firm's favour; None where it demands none.

    Parameters between 0 and 1 without a unit are moved that a clause compares something with. One
    that is asked for in both directions stays.
    """
    wanted: dict[str, set[int]] = {}
    for clause in compiled.policy.clauses:
        for name, direction in _shares(compiled, parse(clause.when), positive=True):
            wanted.setdefault(name, set()).add(direction)
    changed = {
        name: max(Fraction(0), value + direction * by)
        for name, directions in wanted.items()
        if len(directions) == 1
        for direction in directions
        if (value := compiled.policy.parameters[name].at(compiled.day)) is not None
    }
    if not changed:
        return None
    return CompiledPolicy(
        compiled.policy, compiled.catalogue, compiled.day, {**compiled.scope.changed, **changed}
    )


def _shares(
    compiled: CompiledPolicy, tree: Expression, *, positive: bool
) -> Iterator[tuple[str, int]]:
    """The shares that a test demands, each with the direction that makes it easier."""
    match _opened(compiled, tree):
        case syntax.Not(item):
            yield from _shares(compiled, item, positive=not positive)
        case syntax.And(items) | syntax.Or(items):
            for item in items:
                yield from _shares(compiled, item, positive=positive)
        case syntax.Comparison(operator, left, right) if operator in _OPPOSITE:
            if not positive:
                operator = _OPPOSITE[operator]  # type: ignore[assignment]  # an operator as well
            down = operator in _GREATER
            yield from ((name, -1 if down else 1) for name in _parameters(compiled, right))
            yield from ((name, 1 if down else -1) for name in _parameters(compiled, left))


def _parameters(compiled: CompiledPolicy, tree: Expression) -> Iterator[str]:
    """The shares that a side is, or may be by a case; none where it is calculated with."""
    match _opened(compiled, tree):
        case syntax.Name(name, "") if name in compiled.policy.parameters:
            parameter = compiled.policy.parameters[name]
            value = parameter.at(compiled.day)
            if parameter.unit.dimension == PURE and value is not None and 0 < value < 1:
                yield name
        case syntax.Case(branches, otherwise):
            for one in (*(branch for _, branch in branches), otherwise):
                yield from _parameters(compiled, one)


def _opened(compiled: CompiledPolicy, tree: Expression) -> Expression:
    """A let that stands alone as what it is defined by."""
    lets = compiled.policy.lets
    while isinstance(tree, syntax.Name) and not tree.owner and tree.name in lets:
        tree = parse(lets[tree.name].expression)
    return tree

"""What declared bounds alone decide: clauses that never fail, brackets that are never reached."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from . import arithmetic, logic, nodes
from .jointly import contradictory
from .language import syntax
from .language.parsing import parse
from .meaning import Numeric, meaning
from .nodes import Truth
from .policy import Bracket
from .problems import ExpressionError
from .scope import Scope


def decided(test: Truth) -> bool | None:  # noqa: PLR0911 - one line per form
    """True or False if a test can have no other known value; None if both can occur."""
    match test:
        case nodes.Conjunction(items) | nodes.Disjunction(items):
            found = {decided(item) for item in items}
            decisive = isinstance(test, nodes.Disjunction)
            if decisive in found:
                return decisive
            sides = map(logic.negation, items) if decisive else items
            if contradictory(sides):
                return decisive
            return None if None in found else not decisive
        case nodes.Negation(of):
            inner = decided(of)
            return None if inner is None else not inner
        case nodes.Decided(certain, possible):
            if decided(certain) is True:
                return True
            return False if decided(possible) is False else None
        case _:
            return arithmetic.always(test)


def unreachable_brackets(brackets: Sequence[Bracket], scope: Scope) -> Iterator[tuple[int, str]]:
    """Index of each bracket that never counts, and why."""
    earlier: list[tuple[int, syntax.Comparison, Fraction]] = []
    for index, bracket in enumerate(brackets):
        if bracket.when is None:
            return
        try:
            verdict = decided(scope.truth(bracket.when))
            step = _step(bracket.when, scope)
        except ExpressionError:
            continue  # noted where the item is built
        if verdict is False:
            yield index, "Its test can never hold."
        elif verdict is True:
            yield index + 1, f"The test of bracket {index} always holds."
        if step is None:
            continue
        for before, comparison, bound in earlier:
            if _implies(step, (comparison, bound)):
                yield index, f"Bracket {before} already holds whenever this one does."
                break
        earlier.append((index, *step))


def _step(text: str, scope: Scope) -> tuple[syntax.Comparison, Fraction] | None:
    """A test of the form ⟨something⟩ ⟨operator⟩ ⟨constant⟩, with the constant."""
    tree = parse(text)
    if not isinstance(tree, syntax.Comparison):
        return None
    right = meaning(tree.right, scope.resolve)
    value = right.quotient.value if isinstance(right, Numeric) else None
    return None if value is None else (tree, value)


def _implies(
    one: tuple[syntax.Comparison, Fraction], other: tuple[syntax.Comparison, Fraction]
) -> bool:
    """Whether `x ≥ 5` implies `x ≥ 3`, for tests about the same x."""
    (first, a), (second, b) = one, other
    if first.left != second.left:
        return False
    if second.operator in (">", ">="):
        strict_enough = a > b or (a == b and (first.operator, second.operator) != (">=", ">"))
        return first.operator in (">", ">=", "=") and (
            a > b if first.operator == "=" and second.operator == ">" else strict_enough
        )
    if second.operator in ("<", "<="):
        strict_enough = a < b or (a == b and (first.operator, second.operator) != ("<=", "<"))
        return first.operator in ("<", "<=", "=") and (
            a < b if first.operator == "=" and second.operator == "<" else strict_enough
        )
    return second.operator == first.operator == "=" and a == b

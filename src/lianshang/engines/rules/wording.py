"""An expression as people read it, with the values of one enterprise put in."""

from collections.abc import Mapping
from fractions import Fraction

from .catalogue import Value
from .evaluation import CompiledPolicy
from .formatting import UNKNOWN, format_number, format_value, unit_name
from .language import syntax
from .language.parsing import parse
from .language.syntax import Expression
from .language.units import PURE
from .meaning import POINTS, Meaning, Numeric, Points, meaning
from .nodes import Node, Truth
from .reading import in_language

_ZERO = syntax.Number(Fraction(0))
_SIGNS = {"+": "+", "-": "−", "*": "×"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "smaller": "较小者（{}，{}）",
        "larger": "较大者（{}，{}）",
        "year": "{label}（{year}年）",
        "assumed": "（假定）",
    },
    "en": {
        "smaller": "smaller of ({}, {})",
        "larger": "larger of ({}, {})",
        "year": "{label} ({year})",
        "assumed": " (assumed)",
    },
}


class Reader:
    """Values and texts of expressions of one policy about one enterprise."""

    def __init__(self, compiled: CompiledPolicy, facts: Mapping[str, Value], language: str) -> None:
        self.compiled, self.facts, self.language = compiled, facts, language
        self.catalogue = compiled.catalogue

    def meaning(self, tree: Expression) -> Meaning:
        return meaning(tree, self.compiled.scope.resolve)

    def node(self, node: Node) -> Value:
        return self.compiled.value(node, self.facts)

    def number(self, tree: Expression) -> tuple[Fraction | None, Numeric]:
        """The exact value of a number, None if unknown."""
        found = self.meaning(tree)
        assert isinstance(found, Numeric)
        over = self.node(found.quotient.numerator)
        under = self.node(found.quotient.denominator)
        if over is None or under is None:
            return None, found
        return found.quotient.coefficient * Fraction(over, under), found

    def truth(self, tree: Expression) -> bool | None:
        found = self.meaning(tree)
        assert isinstance(found, Truth)
        value = self.node(found)
        return None if value is None else bool(value)

    def label(self, name: str) -> str:
        """The label of a fact, with its year if it is annual."""
        variable = self.catalogue.variable(name)
        label = in_language(variable.quantity.label, self.language)
        if variable.years_back is None:
            return label
        year = self.compiled.day.year - 1 - variable.years_back
        return _WORDS[self.language]["year"].format(label=label, year=year)

    def text(self, tree: Expression, *, percent: bool = False, decimals: int = 2) -> str:
        """The expression with labels and values."""
        match tree:
            case syntax.Name():
                return self._name(tree, percent=percent, decimals=decimals)
            case syntax.Arithmetic() | syntax.Division() | syntax.Choice():
                return self._formula(tree, percent=percent, decimals=decimals)
            case syntax.Day(value):
                return value.isoformat()
            case _:
                return self.value_text(tree, percent=percent, decimals=decimals)

    def _formula(
        self,
        tree: syntax.Arithmetic | syntax.Division | syntax.Choice,
        *,
        percent: bool,
        decimals: int,
    ) -> str:
        def inner(whole: Expression, *, tight: bool = False) -> str:
            part = self._without_floor(whole)
            number = isinstance(part, syntax.Number)
            text = self.text(part, percent=percent and not number, decimals=decimals)
            loose = isinstance(part, syntax.Arithmetic) and part.operator != "*"
            return f"({text})" if tight and loose else text

        if isinstance(tree, syntax.Arithmetic):
            tight = tree.operator == "*"
            end = inner(tree.right, tight=tree.operator != "+")
            return f"{inner(tree.left, tight=tight)} {_SIGNS[tree.operator]} {end}"
        if isinstance(tree, syntax.Division):
            plain = isinstance(tree.right, syntax.Name | syntax.Number)
            end = inner(tree.right) if plain else f"({inner(tree.right)})"
            return f"{inner(tree.left, tight=True)} ÷ {end}"
        if self._without_floor(tree) is not tree:
            return inner(tree.left)
        return _WORDS[self.language][tree.which].format(inner(tree.left), inner(tree.right))

    def value_text(self, tree: Expression, *, percent: bool = False, decimals: int = 2) -> str:
        """The value of an expression alone."""
        found = self.meaning(tree)
        if isinstance(found, Points):
            low, high = self.node(found.low), self.node(found.high)
            points = f"{low}" if low == high else f"{low}–{high}"
            return f"{points} {unit_name(POINTS, self.language)}"
        if not isinstance(found, Numeric):
            return str(getattr(tree, "value", UNKNOWN[self.language]))
        value, _ = self.number(tree)
        constant = found.quotient.value
        if constant is not None and 0 < abs(constant) < 1:
            percent, decimals = True, max(decimals, 4)
        return format_number(
            value, found.dimension, self.language, decimals=decimals, percent=percent
        )

    def _name(self, name: syntax.Name, *, percent: bool, decimals: int) -> str:
        policy = self.compiled.policy
        if name.owner == "score":
            label = in_language(policy.scores[name.name].label, self.language)
            return f"{label} {self.value_text(name)}"
        if name.owner or name.name in policy.parameters:
            return self.value_text(name, percent=percent, decimals=decimals)
        if name.name in policy.lets:
            label = in_language(policy.lets[name.name].label, self.language)
            return f"{label} {self.value_text(name, percent=percent, decimals=decimals)}"
        label, fact = self.label(name.name), self._fact(name.name, percent, decimals)
        return f"{label}{fact}" if label.endswith("）") else f"{label} {fact}"

    def _fact(self, name: str, percent: bool, decimals: int) -> str:
        value, quantity = self.facts.get(name), self.catalogue.variable(name).quantity
        mark = ""
        if value is None and name in self.compiled.scope.assumed:
            value = self.catalogue.encode(name, self.compiled.scope.assumed[name].value)
            mark = _WORDS[self.language]["assumed"]
        if percent and quantity.type == "number" and quantity.dimension == PURE:
            number = None if value is None else Fraction(value, 10**quantity.scale)
            shown = format_number(number, PURE, self.language, decimals=decimals, percent=True)
        else:
            shown = format_value(self.catalogue, name, value, self.language, decimals=decimals)
        return shown + mark

    def _without_floor(self, tree: Expression) -> Expression:
        """`larger(a, 0)` as a, where that makes no difference."""
        if isinstance(tree, syntax.Choice) and tree.which == "larger" and tree.right == _ZERO:
            value, _ = self.number(tree.left)
            return tree.left if value is not None and value >= 0 else tree
        return tree

    def opened(self, tree: Expression) -> Expression:
        """A let that stands alone as what it is defined by."""
        lets = self.compiled.policy.lets
        while isinstance(tree, syntax.Name) and not tree.owner and tree.name in lets:
            tree = parse(lets[tree.name].expression)
        return tree

"""Read an expression: a small subset of SQL, by precedence climbing.

The grammar is the whitelist. A general SQL parser accepts far more than all engines agree on, loses
the positions of operators and takes about three times as long; the tests read the same texts with
sqlglot to show that this is a true subset.
"""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, cast

from lianshang.engines.rules.problems import ExpressionError

from . import syntax
from .syntax import Expression

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w.])|(?P<string>'(?:[^']|'')*')"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<symbol><>|<=|>=|!=|==|[-+*/(),.<>=%|:;\"]))",
    re.ASCII,
)
_KEYWORDS = frozenset(
    [
        "AND",
        "OR",
        "NOT",
        "IN",
        "BETWEEN",
        "IS",
        "NULL",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "DATE",
        "NULLIF",
        "SMALLER",
        "LARGER",
    ]
)
_COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
_INSTEAD = {
    "!=": "Write <> for 'not equal'.",
    "==": "Write = for 'equal'.",
    "%": "Write a percentage as a decimal number or a parameter, e.g. 0.03.",
    '"': "Codes stand in single quotes; names stand without quotes.",
    "LEAST": "Write smaller(a, b): it is unknown when a side is unknown.",
    "MIN": "Write smaller(a, b).",
    "GREATEST": "Write larger(a, b): it is unknown when a side is unknown.",
    "MAX": "Write larger(a, b).",
    "COALESCE": "A missing fact gets a value only under `assume`, with its source.",
    "IFNULL": "A missing fact gets a value only under `assume`, with its source.",
    "ROUND": "Amounts are rounded once, at the end; nothing else is rounded.",
    "TRUE": "Write the name alone, or NOT name.",
    "FALSE": "Write the name alone, or NOT name.",
    "NULL": "Write IS NULL or IS NOT NULL to ask whether a fact is missing.",
}


class _Token(NamedTuple):
    kind: str  # number, string, word, keyword, symbol or end
    text: str
    at: int


@lru_cache(maxsize=65_536)
def parse(text: str) -> Expression:
    """The tree of an expression; raises ExpressionError with the position of the fault."""
    return _Parser(text).whole()


def _tokens(text: str) -> list[_Token]:
    found, at, end = [], 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise ExpressionError(
                "syntax", f"'{text[at]}' cannot stand here.", "See the list of what may.", at
            )
        kind, word = match.lastgroup, match[match.lastgroup]
        if kind == "word" and word.upper() in _KEYWORDS:
            kind, word = "keyword", word.upper()
        found.append(_Token(kind, word, match.start(match.lastgroup)))
        at = match.end()
    return [*found, _Token("end", "", len(text))]


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.index = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.index]

    def take(self, *texts: str) -> _Token | None:
        """The next token if it is one of these symbols or keywords."""
        token = self.next
        if token.kind in ("symbol", "keyword") and token.text in texts:
            self.index += 1
            return token
        return None

    def expect(self, text: str) -> _Token:
        return self.take(text) or self.fail(f"Expected {text}")

    def fail(self, what: str, hint: str = "") -> _Token:
        token = self.next
        found = f"'{token.text}'" if token.text else "the end"
        hint = hint or _INSTEAD.get(token.text.upper(), "")
        raise ExpressionError("syntax", f"{what}, found {found}.", hint, token.at)

    def whole(self) -> Expression:
        tree = self.disjunction()
        if self.next.kind != "end":
            self.fail("Expected the end of the expression")
        return tree

    def disjunction(self) -> Expression:
        return self._chain("OR", self.conjunction, syntax.Or)

    def conjunction(self) -> Expression:
        return self._chain("AND", self.negation, syntax.And)

    def _chain(
        self,
        keyword: str,
        operand: Callable[[], Expression],
        build: Callable[[tuple[Expression, ...], int], Expression],
    ) -> Expression:
        at, items = self.next.at, [operand()]
        while self.take(keyword):
            items.append(operand())
        return items[0] if len(items) == 1 else build(tuple(items), at)

    def negation(self) -> Expression:
        if token := self.take("NOT"):
            return syntax.Not(self.negation(), token.at)
        return self.comparison()

    def comparison(self) -> Expression:
        left = self.sum()
        if token := self.take(*_COMPARISONS):
            operator = cast("syntax.Operator", token.text)
            return syntax.Comparison(operator, left, self.sum(), token.at)
        if token := self.take("IS"):
            return self._null_test(left, token.at)
        negated = self.take("NOT")
        if token := self.take("IN"):
            tree: Expression = self._membership(left, token.at)
        elif token := self.take("BETWEEN"):
            tree = self._between(left, token.at)
        elif negated:
            self.fail("Expected IN or BETWEEN after NOT")
            raise AssertionError
        else:
            return left
        return syntax.Not(tree, negated.at) if negated else tree

    def _null_test(self, left: Expression, at: int) -> Expression:
        negated = self.take("NOT")
        self.expect("NULL")
        if not isinstance(left, syntax.Name):
            raise ExpressionError("syntax", "IS NULL asks about one quantity by its name.", "", at)
        test = syntax.IsNull(left, at)
        return syntax.Not(test, at) if negated else test

    def _membership(self, left: Expression, at: int) -> Expression:
        self.expect("(")
        options = [self._literal()]
        while self.take(","):
            options.append(self._literal())
        self.expect(")")
        return syntax.In(left, tuple(options), at)

    def _between(self, left: Expression, at: int) -> Expression:
        low = self.sum()
        self.expect("AND")
        high = self.sum()
        bounds = (
            syntax.Comparison(">=", left, low, at),
            syntax.Comparison("<=", left, high, at),
        )
        return syntax.And(bounds, at)

    def _literal(self) -> syntax.Number | syntax.Code | syntax.Day:
        value = self.factor()
        if not isinstance(value, syntax.Number | syntax.Code | syntax.Day):
            raise ExpressionError("syntax", "IN lists literals only.", "", value.at)
        return value

    def sum(self) -> Expression:
        tree = self.product()
        while token := self.take("+", "-"):
            operator = cast("syntax.Sign", token.text)
            tree = syntax.Arithmetic(operator, tree, self.product(), token.at)
        return tree

    def product(self) -> Expression:
        tree = self.factor()
        while token := self.take("*", "/"):
            if token.text == "*":
                tree = syntax.Arithmetic("*", tree, self.factor(), token.at)
            else:
                tree = self._division(tree, token.at)
        return tree

    def _division(self, left: Expression, at: int) -> Expression:
        if not self.take("NULLIF"):
            return syntax.Division(left, self.factor(), False, at)
        self.expect("(")
        right = self.disjunction()
        self.expect(",")
        zero = self.factor()
        if zero != syntax.Number(Fraction(0)):
            raise ExpressionError("syntax", "NULLIF guards against 0 only.", "", zero.at)
        self.expect(")")
        return syntax.Division(left, right, True, at)

    def factor(self) -> Expression:
        token = self.next
        if self.take("-"):
            operand = self.factor()
            if isinstance(operand, syntax.Number):
                return syntax.Number(-operand.value, token.at)
            return syntax.Arithmetic("-", syntax.Number(Fraction(0)), operand, token.at)
        if self.take("("):
            tree = self.disjunction()
            self.expect(")")
            return tree
        if token.kind in ("number", "string", "word"):
            self.index += 1
            return self._atom(token)
        forms = {"DATE": self._day, "CASE": self._case, "SMALLER": self._choice}
        form = forms.get("SMALLER" if token.text == "LARGER" else token.text)
        if token.kind != "keyword" or form is None:
            self.fail("Expected a name or a value")
            raise AssertionError
        self.index += 1
        return form(token)

    def _atom(self, token: _Token) -> Expression:
        if token.kind == "number":
            return syntax.Number(Fraction(token.text), token.at)
        if token.kind == "string":
            return syntax.Code(token.text[1:-1].replace("''", "'"), token.at)
        if self.next.text == "(" or token.text.upper() in ("TRUE", "FALSE"):
            self.index -= 1
            self.fail("Only smaller(a, b), larger(a, b) and NULLIF(b, 0) may be called")
        if not self.take("."):
            return syntax.Name(token.text, at=token.at)
        member = self.next
        if member.kind != "word":
            self.fail("Expected a name after the point")
        self.index += 1
        return syntax.Name(member.text, token.text, token.at)

    def _day(self, start: _Token) -> Expression:
        token = self.next
        try:
            value = date.fromisoformat(token.text[1:-1]) if token.kind == "string" else None
        except ValueError:
            value = None
        if value is None:
            self.fail("Expected a date such as DATE '2026-01-31'")
            raise AssertionError
        self.index += 1
        return syntax.Day(value, start.at)

    def _case(self, start: _Token) -> Expression:
        branches: list[tuple[Expression, Expression]] = []
        while self.take("WHEN") or not branches:
            if not branches and self.tokens[self.index - 1].text != "WHEN":
                self.fail("Expected WHEN", "Only CASE WHEN test THEN value … ELSE value END.")
            test = self.disjunction()
            self.expect("THEN")
            branches.append((test, self.disjunction()))
        if not self.take("ELSE"):
            self.fail("Expected ELSE", "Every CASE says what holds when no test does.")
        otherwise = self.disjunction()
        self.expect("END")
        return syntax.Case(tuple(branches), otherwise, start.at)

    def _choice(self, token: _Token) -> Expression:
        self.expect("(")
        left = self.disjunction()
        self.expect(",")
        right = self.disjunction()
        self.expect(")")
        which = cast("syntax.Which", token.text.lower())
        return syntax.Choice(which, left, right, token.at)

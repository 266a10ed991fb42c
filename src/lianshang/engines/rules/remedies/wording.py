"""What a firm would have to supply or change, in words."""

from collections.abc import Iterator
from fractions import Fraction

from lianshang.engines.rules.evaluation import CompiledPolicy
from lianshang.engines.rules.formatting import YUAN, exact_money, format_number, format_value
from lianshang.engines.rules.language.parsing import parse
from lianshang.engines.rules.reading import in_language
from lianshang.engines.rules.readings import read
from lianshang.engines.rules.wording import Reader

from .asking import Facts, Tests
from .moves import Kind, Move, Option, applied

CODES_SHOWN = 5
_WORDS = {
    "zh": {
        "up": "{label}增加 {by}（至 {to}）",
        "down": "{label}减少 {by}（至 {to}）",
        "set": "{label}：{to}",
        "title": "取得“{label}”",
        "beyond": "{label}：现为 {present}，企业自身无法改变",
        "judged": "{label}：由专家或主管部门判断",
        "any": "补充“{label}”，按实际填报即可",
        "least": "补充“{label}”；不低于 {to} 即满足",
        "most": "补充“{label}”；不高于 {to} 即满足",
        "after": "补充“{label}”；不早于 {to} 即满足",
        "before": "补充“{label}”；不晚于 {to} 即满足",
        "is": "补充“{label}”；为“{to}”即满足",
        "between": "补充“{label}”；如为 {to} 即满足",
        "paper": "补齐材料：{label}",
        "with": "补充“{label}”；满足：{reading}",
        "or": "、",
        "days": "天",
    },
    "en": {
        "up": "{label}: {by} more (to {to})",
        "down": "{label}: {by} less (to {to})",
        "set": "{label}: {to}",
        "title": "Obtain “{label}”",
        "beyond": "{label}: now {present}, which the firm cannot change",
        "judged": "{label}: judged by experts or the authority",
        "any": "Supply “{label}”, whatever it is",
        "least": "Supply “{label}”; {to} or more would do",
        "most": "Supply “{label}”; {to} or less would do",
        "after": "Supply “{label}”; {to} or later would do",
        "before": "Supply “{label}”; {to} or earlier would do",
        "is": "Supply “{label}”; “{to}” would do",
        "between": "Supply “{label}”; {to}, for one, would do",
        "paper": "Provide the paper: {label}",
        "with": "Supply “{label}”; what is needed: {reading}",
        "or": " or ",
        "days": "days",
    },
}


class Teller:
    """Tells each change of a set."""

    def __init__(
        self, compiled: CompiledPolicy, tests: Tests, facts: Facts, option: Option, language: str
    ) -> None:
        self.compiled, self.tests, self.facts, self.option = compiled, tests, facts, option
        self.language, self.words = language, _WORDS[language]
        self.catalogue = compiled.catalogue
        self.reader = Reader(compiled, facts, language)
        self.after = applied(facts, option)

    def text(self, name: str, move: Move) -> tuple[str, str]:
        """What to do, and the same unabridged."""
        quantity, present = self.catalogue.variables[name].quantity, self.facts.get(name)
        label = self.reader.label(name)
        if move.kind is Kind.BEYOND:
            words = "judged" if quantity.expert else "beyond"
            shown = format_value(self.catalogue, name, present, self.language)
            text = self.words[words].format(label=label, present=shown)
            return text, text
        if present is None:
            text = self._supplied(name, move, label)
            return text, text
        if move.kind is Kind.SUPPLY:
            text = self.words["paper"].format(label=label)
            return text, text
        if quantity.type == "title" and move.value:
            text = self.words["title"].format(label=label)
            return text, text
        if quantity.truth or quantity.type == "code":
            text = self.words["set"].format(label=label, to=self._values(name, move))
            return text, text
        return self._number(name, move, int(present), label)

    def _number(self, name: str, move: Move, present: int, label: str) -> tuple[str, str]:
        quantity = self.catalogue.variables[name].quantity
        change = Fraction(int(move.value) - present, 10**quantity.scale)
        if quantity.type == "date":
            by = exact = f"{abs(change)} {self.words['days']}"
        else:
            by = format_number(abs(change), quantity.dimension, self.language, rounding="up")
            money = quantity.dimension == YUAN
            exact = exact_money(abs(change), self.language) if money else by
        to = format_value(
            self.catalogue,
            name,
            move.value,
            self.language,
            rounding="up" if change > 0 else "down",
        )
        words = self.words["up" if change > 0 else "down"]
        return words.format(label=label, by=by, to=to), words.format(label=label, by=exact, to=to)

    def _supplied(self, name: str, move: Move, label: str) -> str:
        """What value of an unknown fact would do."""
        quantity = self.catalogue.variables[name].quantity
        if self._is_tied(name, move):
            return self.words["with"].format(label=label, reading=self._readings(move))
        if quantity.truth or quantity.type == "code":
            return self.words["is"].format(label=label, to=self._values(name, move))
        least, most = (self._holds(name, end) for end in (quantity.least, quantity.most))
        if least and most:
            return self.words["any"].format(label=label)
        kind = "least" if most else "most" if least else "between"
        if quantity.type == "date":
            kind = {"least": "after", "most": "before"}.get(kind, kind)
        rounding = "up" if most else "down"
        to = format_value(self.catalogue, name, move.value, self.language, rounding=rounding)  # type: ignore[arg-type]  # one of the two
        return self.words[kind].format(label=label, to=to)

    def _is_tied(self, name: str, move: Move) -> bool:
        """Whether what would do depends on another fact that is changed with it."""
        others = (other for key, other in self.option.items() if key != name)
        return any(set(other.clauses) & set(move.clauses) for other in others)

    def _readings(self, move: Move) -> str:
        texts = {one.id: one.when for one in self.compiled.policy.clauses}
        readings = (read(parse(texts[key]), self.reader).text for key in move.clauses)
        return "；".join(dict.fromkeys(readings))

    def _holds(self, name: str, value: int) -> bool:
        return self.tests.accepts({**self.after, name: value})

    def _values(self, name: str, move: Move) -> str:
        """The value; of a code, every value that would do."""
        quantity = self.catalogue.variables[name].quantity
        if quantity.type != "code":
            return format_value(self.catalogue, name, move.value, self.language)
        codes = range(quantity.least, quantity.most + 1)
        good = [code for code in codes if self._holds(name, code)]
        shown = [
            format_value(self.catalogue, name, code, self.language) for code in good[:CODES_SHOWN]
        ]
        more = "…" if len(good) > CODES_SHOWN else ""
        return self.words["or"].join(shown) + more

    def judgements(self) -> Iterator[tuple[str, str]]:
        """The clauses that a person still has to judge afterwards, with what is judged."""
        states = self.tests.states(self.after)[1]
        for clause in self.compiled.policy.clauses:
            if states[clause.id].key == "needs_person":
                yield clause.id, in_language(clause.label, self.language)

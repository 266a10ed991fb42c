"""Nodes as one generated Python function: an answer about one enterprise in microseconds.

The source is written by `_Writer` from checked nodes only: names of facts and whole numbers are
all that enters it from outside, both as literals.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import singledispatchmethod

from . import nodes
from .catalogue import Value
from .nodes import Integer, Node, Truth

Facts = Mapping[str, Value]
Function = Callable[[Facts], tuple[Value, ...]]
_STRICT = (nodes.Linear, nodes.Product, nodes.Extreme, nodes.Rounded)
_ATOMS = (nodes.Constant, nodes.Always)
_PYTHON = {"=": "==", "<>": "!="}


def compile_nodes(outputs: Sequence[Node]) -> Function:
    """A function from facts (by variable; absent is not known) to the values of these nodes."""
    source = _Writer(outputs).source()
    scope: dict[str, Function] = {}
    exec(compile(source, "<policy>", "exec"), {"__builtins__": {}}, scope)
    return scope["evaluate"]


class _Writer:
    """Writes a line per node that is used more than once or tested for being unknown."""

    def __init__(self, outputs: Sequence[Node]) -> None:
        self.outputs = outputs
        self.lines: list[str] = []
        self.names: dict[Node, str] = {}
        every = list(nodes.walk(*outputs))
        self.uses = Counter(child for node in every for child in node.children)
        self.facts = {name: f"f{i}" for i, name in enumerate(nodes.variables(*outputs))}
        self.lines.extend(f"{local} = get({name!r})" for name, local in self.facts.items())

    def source(self) -> str:
        results = "".join(f"{self.value(node)}, " for node in self.outputs)
        body = "\n    ".join(["get = facts.get", *self.lines, f"return ({results})"])
        return f"def evaluate(facts):\n    {body}\n"

    def value(self, node: Node) -> str:
        """Text of a node's value, which may be None."""
        if node in self.names:
            return self.names[node]
        if isinstance(node, _STRICT) and not node.total:
            tests = self.unknown(node)
            text = f"None if {tests} else {self.write(node)}"
        else:
            text = self.write(node)
        simple = isinstance(node, nodes.Constant | nodes.Always | nodes.Variable | nodes.Flag)
        if simple or (node.total and self.uses[node] < 2):
            return text if simple else f"({text})"
        return self.named(node, text)

    def atom(self, node: Node) -> str:
        """A short text of a node's value, for a place that repeats it."""
        text = self.value(node)
        return self.named(node, text) if text.startswith("(") else text

    def named(self, node: Node, text: str) -> str:
        name = self.names[node] = f"n{len(self.names)}"
        self.lines.append(f"{name} = {text}")
        return name

    def inline(self, node: Integer) -> str:
        """Text of a number where it is known; arithmetic used once stands in place."""
        if isinstance(node, _STRICT) and self.uses[node] < 2 and node not in self.names:
            return f"({self.write(node)})"
        return self.value(node)

    def unknown(self, *roots: Node) -> str:
        """A test that is true where one of these is unknown."""
        names: dict[str, None] = {}
        for node in roots:
            self._collect(node, names, top=True)
        return " or ".join(f"{name} is None" for name in names)

    def _collect(self, node: Node, names: dict[str, None], *, top: bool = False) -> None:
        if node.total:
            return
        inlined = isinstance(node, _STRICT) and node not in self.names
        if inlined and (top or self.uses[node] < 2):
            for child in node.children:
                self._collect(child, names)
        else:
            names[self.value(node)] = None

    @singledispatchmethod
    def write(self, node: Node) -> str:
        raise NotImplementedError(type(node).__name__)

    @write.register
    def _(self, node: nodes.Constant) -> str:
        return str(node.value) if node.value >= 0 else f"({node.value})"

    @write.register
    def _(self, node: nodes.Always) -> str:
        return str(node.value)

    @write.register(nodes.Variable)
    @write.register(nodes.Flag)
    def _(self, node: nodes.Variable | nodes.Flag) -> str:
        return self.facts[node.name]

    @write.register(nodes.Assumed)
    @write.register(nodes.AssumedFlag)
    def _(self, node: nodes.Assumed | nodes.AssumedFlag) -> str:
        of = self.value(node.of)
        return f"{node.value} if {of} is None else {of}"

    @write.register
    def _(self, node: nodes.NonZero) -> str:
        return f"{self.value(node.of)} or None"

    @write.register
    def _(self, node: nodes.Lookup) -> str:
        of = self.atom(node.of)
        return f"None if {of} is None else {node.values}[{of}]"

    @write.register
    def _(self, node: nodes.Linear) -> str:
        terms = [
            self.inline(term) + ("" if factor == 1 else f" * {factor}")
            for term, factor in node.terms
        ]
        return " + ".join([*terms, str(node.constant)] if node.constant else terms)

    @write.register
    def _(self, node: nodes.Product) -> str:
        return " * ".join(self.inline(factor) for factor in node.factors)

    @write.register
    def _(self, node: nodes.Extreme) -> str:
        left, right = self.atom(node.left), self.atom(node.right)
        return f"{left} if {left} {'>=' if node.largest else '<='} {right} else {right}"

    @write.register
    def _(self, node: nodes.Case) -> str:
        text = self.value(node.otherwise)
        for test, value in reversed(node.branches):
            reached = self.value(test)
            unknown = "" if test.total else f"None if {reached} is None else "
            text = f"{self.value(value)} if {reached} else {unknown}({text})"
        return text

    @write.register
    def _(self, node: nodes.Indicator) -> str:
        return f"1 if {self.value(node.test)} else 0"

    @write.register
    def _(self, node: nodes.Below) -> str:
        of = self.atom(node.of)
        unknown = "" if node.of.total else f"{of} is None or "
        return f"None if {unknown}{of} >= {node.limit} else {of}"

    @write.register
    def _(self, node: nodes.Rounded) -> str:
        over, under = self.inline(node.numerator), self.atom(node.denominator)
        return f"({over} + {under} // 2) // {under}"

    @write.register
    def _(self, node: nodes.Compare) -> str:
        sides = self.inline(node.left), self.inline(node.right)
        operator = _PYTHON.get(node.operator, node.operator)
        text = f"{sides[0]} {operator} {sides[1]}"
        return text if node.total else f"None if {self.unknown(node.left, node.right)} else {text}"

    @write.register
    def _(self, node: nodes.Among) -> str:
        of = self.value(node.of)
        text = f"{of} in {{{', '.join(map(str, node.values))}}}"
        return text if node.total else f"None if {of} is None else {text}"

    @write.register
    def _(self, node: nodes.Conjunction) -> str:
        return self._kleene(node.items, " and ", "False")

    @write.register
    def _(self, node: nodes.Disjunction) -> str:
        return self._kleene(node.items, " or ", "True")

    def _kleene(self, items: Sequence[Truth], operator: str, decisive: str) -> str:
        texts = [self.value(item) for item in items]
        if all(item.total for item in items):
            return operator.join(texts)
        decided = " or ".join(
            f"{text} is {decisive}" if not item.total or decisive == "False" else text
            for text, item in zip(texts, items, strict=True)
        )
        unknown = self.unknown(*items)
        return f"{decisive} if {decided} else None if {unknown} else {decisive != 'True'}"

    @write.register
    def _(self, node: nodes.Negation) -> str:
        of = self.value(node.of)
        return f"not {of}" if node.total else f"None if {of} is None else not {of}"

    @write.register
    def _(self, node: nodes.Missing) -> str:
        return self.unknown(node.of)

    @write.register
    def _(self, node: nodes.Surely) -> str:
        return f"{self.value(node.of)} is True"

    @write.register
    def _(self, node: nodes.Possibly) -> str:
        return f"{self.value(node.of)} is not False"

    @write.register
    def _(self, node: nodes.Decided) -> str:
        certain, possible = self.value(node.certain), self.value(node.possible)
        return f"True if {certain} else None if {possible} else False"

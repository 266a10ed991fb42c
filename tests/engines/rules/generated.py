"""Random catalogues, policies and enterprises for property tests."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, partial
from typing import Any

from hypothesis import strategies as st

NUMBERS = ("n0", "n1", "n2", "n3")
LABEL = {"zh": "示例"}
DAY = date(2026, 6, 1)
CODES = ("A", "B", "C", "D", "E")


@dataclass(frozen=True)
class World:
    """A catalogue and a policy, both as loaded from their files, and some enterprises."""

    catalogue: dict[str, Any]
    policy: dict[str, Any]
    firms: list[dict[str, Any]]  # decoded facts; absent is not known


@st.composite
def catalogues(draw: st.DrawFn) -> dict[str, Any]:
    quantities: dict[str, Any] = {
        "e0": {"type": "number", "unit": "分", "min": 0, "max": 9, "expert": True},
        "b0": {"type": "bool"},
        "b1": {"type": "bool"},
        "b2": {"type": "bool", "expert": True},
        "k0": {"type": "code", "codes": dict.fromkeys(CODES, LABEL)},
        "d0": {"type": "date", "min": date(2000, 1, 1), "max": date(2030, 12, 31)},
    }
    for name in NUMBERS:
        quantities[name] = {
            "type": "number",
            "unit": "1",
            "scale": draw(st.integers(0, 3)),
            "min": draw(st.sampled_from([0, 0, -1000, 1])),
            "max": draw(st.sampled_from([10, 10**6, 10**11])),
        }
    return {"quantities": {name: {"label": LABEL, **q} for name, q in quantities.items()}}


LITERALS = st.sampled_from(["0", "1", "2", "7", "0.5", "0.03", "100", "12.25"])
OPERATORS = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])


@cache
def numbers(depth: int) -> st.SearchStrategy[str]:
    """Expressions that are numbers of unit 1."""
    leaf = st.one_of(
        st.sampled_from(NUMBERS), st.sampled_from(NUMBERS), LITERALS, st.sampled_from(["p0", "l0"])
    )
    if not depth:
        return leaf
    inner = numbers(depth - 1)
    return st.one_of(
        leaf,
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("({} / {})".format, inner, st.sampled_from(["3", "0.4", "p0"])),
        st.builds("({} / NULLIF(larger({}, 0), 0))".format, inner, inner),
        st.builds("({} / NULLIF(larger({}, 0), 0))".format, inner, inner),
        st.builds("{}({}, {})".format, st.sampled_from(["smaller", "larger"]), inner, inner),
        st.builds(
            "CASE WHEN {} THEN {} WHEN {} THEN {} ELSE {} END".format,
            conditions(depth - 1), inner, conditions(depth - 1), inner, inner,
        ),
    )  # fmt: skip


@cache
def conditions(depth: int, *, scores: bool = False) -> st.SearchStrategy[str]:
    """Expressions that hold, do not hold or are unknown."""
    number = numbers(depth)
    leaves = [
        st.builds("{} {} {}".format, number, OPERATORS, number),
        st.builds("{} BETWEEN {} AND {}".format, number, LITERALS, LITERALS),
        st.sampled_from(["b0", "b1", "b2", "n0 IS NULL", "b0 IS NOT NULL"]),
        st.sampled_from(["k0 = 'A'", "k0 <> 'B'", "k0 IN ('A', 'B', 'D')", "k0 NOT IN ('C')"]),
        st.builds("d0 {} DATE '2020-02-29'".format, OPERATORS),
    ]
    if scores:
        bound = st.integers(0, 20)
        leaves.append(st.builds("score.total {} {}".format, OPERATORS, bound))
        leaves.append(st.builds("{} {} score.part".format, bound, OPERATORS))
    if not depth:
        return st.one_of(leaves)
    inner = conditions(depth - 1, scores=scores)
    return st.one_of(
        *leaves,
        st.builds("NOT ({})".format, inner),
        st.builds("({} {} {})".format, inner, st.sampled_from(["AND", "OR"]), inner),
    )


@st.composite
def trees(draw: st.DrawFn, ids: list[str], depth: int = 2) -> dict[str, Any]:
    kind = draw(st.sampled_from(["all", "all", "any", "at_least"]))
    branches = []
    for _ in range(draw(st.integers(1, 3))):
        if depth and draw(st.integers(0, 3)) == 0:
            branches.append(draw(trees(ids, depth - 1)))
            continue
        ids.append(f"C{len(ids)}")
        branches.append({
            "id": ids[-1],
            "label": LABEL,
            "source": "d1",
            "change": draw(st.sampled_from(["firm", "fixed", "document", "expert"])),
            "when": draw(conditions(2, scores=True)),
        })  # fmt: skip
    if kind == "at_least":
        return {kind: {"n": draw(st.integers(1, len(branches))), "of": branches}}
    return {kind: branches}


@st.composite
def brackets(draw: st.DrawFn) -> list[dict[str, Any]]:
    points = st.tuples(st.integers(0, 6), st.integers(0, 3)).map(lambda p: [p[0], p[0] + p[1]])
    count = draw(st.integers(1, 3))
    found: list[dict[str, Any]] = [
        {"when": draw(conditions(1)), "points": draw(points)} for _ in range(count)
    ]
    return [*found, {"else": draw(st.integers(0, 4))}]


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    def dated(value: object, unit: str = "1") -> dict[str, Any]:
        values = [{"from": date(2020, 1, 1), "value": value}]
        return {"label": LABEL, "unit": unit, "source": "d1", "values": values}

    policy: dict[str, Any] = {
        "id": "x.example",
        "name": LABEL,
        "issuer": LABEL,
        "level": "zone",
        "kind": "grant",
        "channel": "fast",
        "valid": {"from": date(2020, 1, 1)},
        "sources": {"d1": {"document": "示例〔2026〕1号"}},
        "parameters": {"p0": dated(draw(st.sampled_from([0.05, 3, 20]))), "yuan": dated(7, "万元")},
        "let": {"l0": {"label": LABEL, "expr": draw(numbers(1)).replace("l0", "n1")}},
        "items": {
            "i0": {"label": LABEL, "source": "d1", "brackets": draw(brackets())},
            "i1": {"label": LABEL, "source": "d1", "brackets": draw(brackets())},
            "i2": {"label": LABEL, "source": "d1", "expert": [1, 8], "fact": "e0"},
        },
        "scores": {
            "total": {
                "label": LABEL,
                "sum": ["part"],
                "items": draw(st.sampled_from([["i0"], ["i0", "i2"]])),
            },
            "part": {"label": LABEL, "cap": draw(st.integers(2, 9)), "items": ["i1"]},
        },
        "require": draw(trees([])),
        "classes": [
            {"code": "first", "label": LABEL, "when": draw(conditions(1))},
            {"code": "second", "label": LABEL, "when": draw(conditions(1))},
            {"code": "rest", "label": LABEL},
        ],
        "benefit": {"label": LABEL, "amount": f"larger({draw(numbers(2))}, 0) * yuan / 3"},
    }  # fmt: skip
    if draw(st.booleans()):
        policy["assume"] = {
            "n3": {"value": 5, "source": "d1", "reason": LABEL},
            "b1": {"value": True, "source": "d1", "reason": LABEL},
        }
    return policy


def _scaled(scale: int, value: int) -> Fraction:
    return Fraction(value, 10**scale)


@st.composite
def firms(draw: st.DrawFn, catalogue: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "b0": draw(st.sampled_from([True, False, None])),
        "b1": draw(st.sampled_from([True, False, None])),
        "b2": draw(st.sampled_from([True, False, None])),
        "k0": draw(st.sampled_from([*CODES, None])),
        "d0": draw(st.sampled_from([date(2020, 2, 28), date(2020, 2, 29), None])),
        "e0": draw(st.sampled_from([Fraction(0), Fraction(4), Fraction(9), None])),
    }
    for name in NUMBERS:
        quantity = catalogue["quantities"][name]
        low, high, scale = quantity["min"], quantity["max"], quantity["scale"]
        whole = st.integers(low * 10**scale, high * 10**scale)
        telling = [low, high, max(low, 0), max(low, 1), min(high, 7)]
        facts[name] = draw(
            st.one_of(
                st.none(),
                st.sampled_from(telling).map(Fraction),
                whole.map(partial(_scaled, scale)),
            )
        )
    return facts


@st.composite
def worlds(draw: st.DrawFn) -> World:
    catalogue = draw(catalogues())
    return World(
        catalogue, draw(policies()), draw(st.lists(firms(catalogue), min_size=1, max_size=8))
    )

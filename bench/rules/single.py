"""The other two ways to ask the engine: all policies about one firm, one policy about all."""

from fractions import Fraction

from bench.rounds import Contestant, Line, Spread, take_turns
from bench.rules import ours
from bench.rules.field import Field
from lianshang.engines.rules import CompiledPolicy
from lianshang.engines.rules.batch import BatchPlan

FIRMS = 20  # asked one after another in a round
CHANGED = 20  # policies that are changed one after another
MILLI = 1000


def one_firm(count: int, rounds: int) -> list[Line]:
    """Milliseconds per firm for `count` policies, closures generated and warm."""
    field = Field.drawn(count, 2000)
    firms = field.partial.head(FIRMS).to_dicts()
    contestants = [
        Contestant(
            "quick: state, steps, amount",
            lambda _: [one.quick(firm) for firm in firms for one in field.compiled],
        ),
        Contestant(
            "evaluate: every reason as well",
            lambda _: [one.evaluate(firm) for firm in firms for one in field.compiled],
        ),
    ]
    times = take_turns(contestants, rounds)
    figures = {name: Spread.of([MILLI * s / FIRMS for s in times[name]]) for name in times}
    quick, full = figures.values()
    return [
        Line(contestants[0].name, quick, " ms", target="≤ 5 ms", met=quick.median <= 5),
        Line(contestants[1].name, full, " ms"),
    ]


def one_policy(count: int, size: int, rounds: int) -> list[Line]:
    """Milliseconds per changed policy over `size` firms: the mean of several policies."""
    field = Field.drawn(count, size)
    chosen = field.compiled[:CHANGED]
    plans = [BatchPlan([one.program]) for one in chosen]
    known = ours.catalogue()

    def what_if(one: CompiledPolicy) -> object:
        """All that a changed parameter costs: compile, plan, answer."""
        name = next(iter(one.policy.parameters), None)
        changed = {} if name is None else {name: Fraction(123_456)}
        compiled = CompiledPolicy(one.policy, known, ours.DAY, changed)
        return BatchPlan([compiled.program]).run(field.partial)

    contestants = [
        Contestant("planned: answer", lambda _: [plan.run(field.partial) for plan in plans]),
        Contestant("changed: compile, plan, answer", lambda _: [what_if(one) for one in chosen]),
    ]
    times = take_turns(contestants, rounds)
    return [_per_policy(name, seconds, len(chosen)) for name, seconds in times.items()]


def _per_policy(name: str, seconds: list[float], count: int) -> Line:
    figure = Spread.of([MILLI * one / count for one in seconds])
    return Line(name, figure, " ms", target="≤ 25 ms", met=figure.median <= 25)

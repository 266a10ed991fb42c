"""The policies and firms that all contestants are given, and our own answers about them."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from bench.rules import ours
from bench.rules.firms import firms, forgotten
from bench.rules.synthetic import Policy, policies
from lianshang.engines.rules import CompiledPolicy
from lianshang.engines.rules.batch import BatchPlan


@dataclass(frozen=True)
class Field:
    """A library, the firms as they are, and the firms as far as they are known."""

    library: list[Policy]
    complete: pl.DataFrame
    partial: pl.DataFrame

    @classmethod
    def drawn(cls, count: int, size: int) -> "Field":
        library = policies(count)
        complete = firms(size, library)
        return cls(library, complete, forgotten(complete))

    @cached_property
    def compiled(self) -> list[CompiledPolicy]:
        return ours.compiled(self.library, ours.catalogue())

    def plan(self, *, steps: bool = False, clauses: bool = False) -> BatchPlan:
        programs = [one.program for one in self.compiled]
        return BatchPlan(programs, steps=steps, clauses=clauses)

    def answers(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Ours: see `ours.answers`."""
        return ours.answers(self.plan().run(frame), self.library)

    @property
    def clauses(self) -> int:
        return sum(len(policy.clauses) for policy in self.library)

    def differences(self, theirs: pl.DataFrame, right: pl.DataFrame) -> str:
        """How many states and amounts are not ours, in words."""
        states = [policy.code for policy in self.library]
        counts = []
        for what, names in (("states", states), ("amounts", [f"{s}#amount" for s in states])):
            wrong = sum(int(theirs[name].ne_missing(right[name]).sum()) for name in names)
            if wrong:
                counts.append(f"{wrong:,} of {len(names) * right.height:,} {what} differ")
        return "; ".join(counts) or "answers equal"

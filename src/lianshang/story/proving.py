"""The proof of a story: each step taken away in turn, it must fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lianshang.story.grammar import Step
from lianshang.story.playing import Outcome
from lianshang.story.stage import Stage, steps_for

LOOKS = {"expect", "keep"}  # they change nothing


@dataclass(frozen=True, slots=True)
class StepVerdict:
    """Whether the story notices that a step is missing, and how."""

    step: Step
    needed: bool
    how: str

    def __str__(self) -> str:
        mark = "needed" if self.needed else "COULD BE REMOVED"
        return f"step {self.step.number} (line {self.step.line}), {self.step.told}: {mark}"


def without(steps: Sequence[Step], number: int) -> list[Step]:
    """The story without this step.

    What an `expect` is worth does not show by leaving it out, but by asking it too early: the
    story stops before the deed that it judges, and there it must fail.
    """
    place = next(index for index, step in enumerate(steps) if step.number == number)
    if not steps[place].judges:
        return [step for step in steps if step.number != number]
    deed = max((index for index in range(place) if steps[index].verb not in LOOKS), default=0)
    return [*steps[:deed], steps[place]]


def check_every_step(
    stage: Stage, told: Callable[[StepVerdict], None] = lambda verdict: None, *, every: int = 1
) -> list[StepVerdict]:
    """A verdict for each step that is taken over HTTP (or for every so manieth)."""
    steps, verdicts = steps_for(stage.story, browser=False), []
    for step in steps[every // 2 :: every]:
        outcome = stage.play(without(steps, step.number))
        verdict = StepVerdict(step, not outcome.passed, _how(outcome))
        told(verdict)
        verdicts.append(verdict)
    return verdicts


def _how(outcome: Outcome) -> str:
    if outcome.step is None or outcome.failure is None:
        return ""
    return f"step {outcome.step.number} fails: expected {outcome.failure.expected}"

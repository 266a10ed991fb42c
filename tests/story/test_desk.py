"""A small real story: it comes true, and none of its steps can be left out."""

import pytest

from lianshang.story.proving import check_every_step, without
from lianshang.story.stage import Stage, steps_for


def test_the_story_comes_true(stage: Stage) -> None:
    steps = steps_for(stage.story, browser=False)
    outcome = stage.play(steps)
    assert outcome.passed, str(outcome)
    assert outcome.done == len(steps) == 26


@pytest.mark.walk
def test_it_fails_when_any_step_is_removed(stage: Stage) -> None:
    verdicts = check_every_step(stage)
    assert [verdict.step.number for verdict in verdicts] == list(range(1, 27))
    assert [str(verdict) for verdict in verdicts if not verdict.needed] == []
    assert [verdict.how for verdict in verdicts][9] == (
        "step 24 fails: expected a row {用户名: shi.li, 姓名: 示例新人, 建立时间: 2026-09-30 10:00}"
    )


def test_an_expectation_is_asked_too_early_instead_of_left_out(stage: Stage) -> None:
    steps = stage.story.steps
    assert [step.number for step in without(steps, 9)] == [1, 2, 3, 4, 5, 6, 7, 9]
    assert [step.number for step in without(steps, 8)][7:9] == [9, 10]

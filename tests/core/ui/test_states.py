"""Every state has a word and a mark, not only a colour."""

import re

import pytest
from django.db.models import TextChoices

from lianshang.core.ui import states


@pytest.mark.parametrize("name", states.ANSWERS)
def test_an_answer_has_a_word_and_a_mark_of_its_own(name: str) -> None:
    html = states.answer(name)
    assert str(states.ANSWERS[name]) in html
    assert f"icons.svg#{states.MARKS[name]}" in html


def test_no_two_answers_share_a_mark() -> None:
    assert len(set(states.MARKS.values())) == len(states.MARKS) == 5


def test_every_mark_is_in_the_sprite() -> None:
    from django.contrib.staticfiles.finders import find

    with open(str(find("ui/icons.svg"))) as sprite:
        drawn = set(re.findall(r'<symbol id="([a-z]+)"', sprite.read()))
    assert set(states.MARKS.values()) <= drawn


def test_a_column_of_choices_becomes_badges() -> None:
    class Weather(TextChoices):
        FINE = "fine", "晴"
        RAIN = "rain", "雨"

    show = states.badges(Weather, {Weather.FINE: "met"})
    assert "state-met" in show("fine")
    assert "晴" in show("fine")
    assert "state-not" in show("rain")


def test_a_label_from_people_is_escaped() -> None:
    assert "<script>" not in states.badge("<script>")

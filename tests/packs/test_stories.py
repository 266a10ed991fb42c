"""Every pack's story comes true, over HTTP and in Chromium, and fails without any of its steps."""

from concurrent.futures import Future

import pytest
from tests.packs.playing import PROVED, STORIES, story

from lianshang.story.chromium import chromium

every_story = pytest.mark.parametrize("pack", STORIES)


def test_there_is_a_story() -> None:
    assert "xian-joint-consortium" in STORIES


@every_story
def test_it_comes_true(pack: str) -> None:
    assert story(pack)["passed"] is True


@pytest.mark.walk
@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="no Chromium")
@every_story
def test_it_comes_true_in_chromium(pack: str) -> None:
    assert story(pack, "--browser")["passed"] is True


@pytest.mark.walk
@pytest.mark.parametrize("pack", PROVED)
def test_it_fails_without_any_of_its_steps(
    pack: str, proofs: dict[str, Future[dict[str, object]]]
) -> None:
    assert proofs[pack].result()["idle"] == []

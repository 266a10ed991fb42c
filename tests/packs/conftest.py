"""Proofs of stories play them once for each step: they start at once, on the other core."""

import os
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from tests.packs.playing import NAME, PROVED, story

PROOF = "test_it_fails_without_any_of_its_steps"
_proofs: dict[str, Future[dict[str, object]]] = {}


def pytest_collection_finish(session: pytest.Session) -> None:
    """One proof after another, beside the tests, where any was asked for."""
    asked = [item for item in session.items if getattr(item, "originalname", "") == PROOF]
    if not asked or session.config.option.collectonly:
        return
    apart = {**os.environ, "LIANSHANG_STORY_DATABASE": f"{NAME}_proof"}
    beside = ThreadPoolExecutor(max_workers=1)
    for item in asked:
        pack = item.callspec.params["pack"]  # type: ignore[attr-defined]  # a parametrized function
        asked_of = (pack, "--prove", "--every", str(PROVED[pack]))
        _proofs[pack] = beside.submit(story, *asked_of, environment=apart)
    beside.shutdown(wait=False)


@pytest.fixture
def proofs() -> dict[str, "Future[dict[str, object]]"]:
    """Pack → the answer of its proof, when it is there."""
    return _proofs

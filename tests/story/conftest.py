"""A founded zone for the stories of these tests, made once."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from lianshang.cli.story import founded
from lianshang.core import postgres
from lianshang.story import database
from lianshang.story.playing import Outcome
from lianshang.story.reading import read_story
from lianshang.story.stage import Stage

DESK = Path(__file__).parent / "desk" / "story.yaml"
PlaySteps = Callable[[str], Outcome]


@pytest.fixture(scope="session")
def desk(django_test_environment: None, django_db_blocker: Any) -> Iterator[Stage]:
    """The stage of the story in `desk/`, in a database of its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    name = f"test_{os.environ.get('LIANSHANG_DATABASE', 'lianshang')}_story{worker}"
    postgres.drop_database(name)
    with django_db_blocker.unblock():
        with database.using(name):
            postgres.ensure_running()
            call_command("migrate", verbosity=0)
            stage = founded(read_story(DESK), name)
        yield stage
        postgres.drop_database(name)


@pytest.fixture
def stage(desk: Stage, django_db_blocker: Any) -> Iterator[Stage]:
    with django_db_blocker.unblock(), database.using(desk.template):
        yield desk


@pytest.fixture
def play(stage: Stage, tmp_path: Path) -> PlaySteps:
    """Play other steps in the same zone."""

    def played(steps: str) -> Outcome:
        head = DESK.read_text().partition("\nsteps:")[0]
        file = tmp_path / "story.yaml"
        file.write_text(f"{head}\nsteps:\n{steps}")
        other = replace(stage, story=read_story(file))
        return other.play(other.story.steps)

    return played

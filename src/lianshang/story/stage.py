"""Where a story is played: its own database, made ready once, copied for each run."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lianshang.core import clock
from lianshang.story import database, founding, jobs
from lianshang.story.answers import Driver
from lianshang.story.expectations import Known
from lianshang.story.grammar import KEPT, Step, Story
from lianshang.story.moments import IsWorking, read_moment
from lianshang.story.playing import Command, OtherThread, Outcome, Play, Told, heard
from lianshang.story.problems import StoryBroken

BEFORE = timedelta(days=1)  # what was there before the story is a day older


def steps_for(story: Story, *, browser: bool) -> tuple[Step, ...]:
    """The steps that are taken in a browser, or without one."""
    left_out = "http" if browser else "browser"
    return tuple(step for step in story.steps if step.where != left_out)


@contextlib.contextmanager
def refusals_are_no_news() -> Iterator[None]:
    """Nobody reads a log of pages that a story expects to refuse; errors are told by the step."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def forget() -> None:
    """What the process has read of one database is not true of the next."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("lianshang.apps.", "lianshang.core.")):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


@dataclass
class Stage:
    """The founded zone of one story, in `template`."""

    story: Story
    template: str
    command: Command
    is_working: IsWorking
    aside: OtherThread = field(default_factory=OtherThread)
    scenery: frozenset[str] = frozenset()

    def set_up(self, prepare: Sequence[Callable[[], object]]) -> None:
        """Found the zone, install what the story is about, load its scenery: a day before."""
        with clock.standing_at(self.start - BEFORE):
            self.aside(lambda: founding.found(self.story))
            for one in prepare:
                self.aside(one)
            for arguments in self.story.scenery:
                self._load(arguments)
            self.aside(lambda: founding.admit(self.story))
            self.aside(jobs.run_due_jobs)
            self.scenery = self.aside(founding.scenery_names)

    @property
    def start(self) -> datetime:
        return read_moment(self.story.start)

    def play(
        self,
        steps: Sequence[Step],
        *,
        browser: bool = False,
        keep: bool = False,
        told: Told = lambda step: None,
    ) -> Outcome:
        """These steps, on a fresh copy of the zone."""
        forget()
        with (
            database.copied(self.template, keep=keep),
            clock.standing_at(self.start) as standing,
            self._driver(browser) as driver,
            refusals_are_no_news(),
        ):
            people = self.story.people.values()
            emails = {one.username: founding.email_of(one) for one in people}
            known = Known(self.scenery, self.start, emails)
            play = Play(
                self.story, driver, standing, known, self.command, self.is_working, self.aside
            )
            return play.run(steps, told)

    @contextlib.contextmanager
    def _driver(self, browser: bool) -> Iterator[Driver]:
        from lianshang.story.chromium import ChromiumDriver
        from lianshang.story.http import HttpDriver
        from lianshang.story.site import served

        with contextlib.ExitStack() as stack:
            driver: Driver
            if browser:
                site = stack.enter_context(served())
                driver = ChromiumDriver(self.story.folder, site, clock.now)
            else:
                driver = HttpDriver(self.story.folder)
            stack.callback(driver.close)
            yield driver

    def _load(self, arguments: Sequence[str]) -> None:
        pack = str(self.story.folder)
        words = [
            KEPT.sub(lambda name: pack if name[1] == "pack" else name[0], w) for w in arguments
        ]
        code, said = heard(lambda: self.aside(lambda: self.command(words)))
        if code:
            told = f"the scenery “{' '.join(arguments)}” could not be loaded:\n{said}"
            raise StoryBroken(f"{self.story.file}: {told}")

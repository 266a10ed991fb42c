"""Playing a story step by step, until it ends or something does not come true."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol, TypeVar

from lianshang.core.clock import StandingClock
from lianshang.story import jobs
from lianshang.story.answers import Answer, Driver
from lianshang.story.expectations import Known, check, kept_value
from lianshang.story.founding import PASSWORD
from lianshang.story.grammar import CliCall, SignIn, Step, Story, filled_in
from lianshang.story.moments import IsWorking, MomentRefused, moment_of
from lianshang.story.problems import StepFailed, nearest

A_STEP_LATER = timedelta(seconds=1)
WAITING = {"wait until"}
QUIET = {"expect", "keep", "fill"}  # after these no job can be new
Command = Callable[[Sequence[str]], int]  # the arguments of `lianshang` → its exit code
Told = Callable[[Step], None]
T = TypeVar("T")


class Aside(Protocol):
    """Runs something on a thread of its own: beside a browser the ORM refuses to work."""

    def __call__(self, deed: Callable[[], T]) -> T: ...


class OtherThread:
    """A thread for everything that uses the database; it keeps no connection between two calls."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="story")

    def __call__(self, deed: Callable[[], T]) -> T:
        return self._pool.submit(self._run, deed).result()

    @staticmethod
    def _run(deed: Callable[[], T]) -> T:
        from django.db import connections

        try:
            return deed()
        finally:
            connections.close_all()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended: `failure` is None for a story that came true."""

    story: Story
    done: int  # steps that came true
    step: Step | None = None
    failure: StepFailed | None = None
    who: str = ""

    @property
    def passed(self) -> bool:
        return self.failure is None

    def __str__(self) -> str:
        if self.step is None or self.failure is None:
            return f"{self.story.id}: {self.done} steps came true"
        who = f", as {self.who}" if self.who else ""
        place = f"{self.story.file}:{self.step.line}: step {self.step.number}"
        return f"{place}, {self.step.told}{who}\n{self.failure}"


@dataclass
class Play:
    """One run of a story: who acts, what is remembered, what time it is."""

    story: Story
    driver: Driver
    clock: StandingClock
    known: Known
    command: Command
    is_working: IsWorking
    aside: Aside
    who: str = ""
    kept: dict[str, str] = field(default_factory=dict)

    def run(self, steps: Sequence[Step], told: Told = lambda step: None) -> Outcome:
        """Do the steps in turn; the first that fails ends the story."""
        self.kept["pack"] = str(self.story.folder)
        self.aside(_empty_mailbox)
        for turn, step in enumerate(steps):
            told(step)
            after = steps[turn + 1] if turn + 1 < len(steps) else None
            try:
                self._take(step, after)
            except StepFailed as failure:
                return Outcome(self.story, turn, step, failure, self.who)
        return Outcome(self.story, len(steps))

    def _take(self, step: Step, after: Step | None) -> None:
        self._move(self._now() + A_STEP_LATER)
        if step.person:
            self.driver.act_as(step.person)
            self.who = step.person
        value, region = self._with_kept(step.value), self._with_kept(step.region)
        if step.verb == "expect":
            self._judge(lambda answer: check(value, answer, region, self.known))
            return
        if step.verb == "keep":
            for name, source in value.items():
                self._judge(partial(self._keep, name, source, region))
            return
        self._do(step.verb, value, region)
        if step.verb not in QUIET | WAITING:
            self.aside(jobs.run_due_jobs)
            _refuse_error_page(step, after, self.driver)

    def _do(self, verb: str, value: Any, region: str) -> None:
        driver = self.driver
        deeds: Mapping[str, Callable[[], None]] = {
            "sign in": lambda: self._sign_in(value),
            "sign out": self._sign_out,
            "open": lambda: driver.open(value),
            "follow": lambda: driver.follow(value, region),
            "press": lambda: driver.press(value, region),
            "fill": lambda: self._fill(value, region),
            "call": lambda: self._call(value),
            "wait until": lambda: self._wait(value),
            "go offline": lambda: driver.go(online=False),
            "go online": lambda: driver.go(online=True),
        }
        deeds[verb]()

    def _sign_in(self, value: SignIn) -> None:
        from django.core.cache import cache

        cache.clear()  # the limit on sign-ins goes by the real clock, on which a story is too fast
        self.who = value.user
        self.driver.sign_in(value.user, value.password or PASSWORD)

    def _sign_out(self) -> None:
        self.driver.sign_out()
        self.who = ""

    def _fill(self, values: dict[str, Any], region: str) -> None:
        for label, value in values.items():
            self.driver.fill(label, value, region)

    def _call(self, value: Any) -> None:
        if isinstance(value, CliCall):
            code, said = heard(lambda: self.aside(lambda: self.command(value.arguments)))
            self.driver.told(Answer(code, said))
        else:
            self.driver.call(value)

    def _wait(self, text: str) -> None:
        """Move the clock, then do what a worker would have done in the meantime."""
        since = self._now()
        try:
            moment = self.aside(lambda: moment_of(text, since, self.is_working))
        except MomentRefused as error:
            raise StepFailed("a later moment", str(error)) from error
        self._move(moment)
        self.aside(jobs.run_due_jobs)
        self.aside(lambda: jobs.queue_periodic(since))
        self.aside(jobs.run_due_jobs)

    def _keep(self, name: str, source: Any, region: str, answer: Answer) -> None:
        self.kept[name] = kept_value(source, answer, region)

    def _judge(self, judge: Callable[[Answer], None]) -> None:
        """Look until it is so; over HTTP once."""
        failure = None
        for answer in self.driver.answers():
            if self.driver.is_browser:
                self.aside(jobs.run_due_jobs)
            try:
                self.aside(partial(judge, answer))
            except StepFailed as error:
                failure = error
            else:
                return
        assert failure is not None
        raise failure

    def _with_kept(self, value: Any) -> Any:
        try:
            return filled_in(value, self.kept)
        except KeyError as error:
            name = error.args[0]
            near = nearest(name, self.kept)
            raise StepFailed(f"a value kept as “{name}”", f"kept are {near}") from error

    def _now(self) -> datetime:
        return self.clock.moment

    def _move(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        self.driver.clock_moved()


def heard(deed: Callable[[], T]) -> tuple[T, str]:
    """What came of it, and what it printed."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        return deed(), said.getvalue()


def _refuse_error_page(step: Step, after: Step | None, driver: Driver) -> None:
    """A page that refuses fails the story, unless the next step expects that status."""
    answer = next(iter(driver.answers()))
    is_cli = isinstance(step.value, CliCall)
    is_expected = after is not None and after.judges and after.value.status is not None
    if (answer.status if is_cli else answer.status >= 400) and not is_expected:
        raise StepFailed("an answer that does not refuse", *answer.shown(), *_tail(answer))


def _tail(answer: Answer) -> list[str]:
    return answer.text.strip().splitlines()[-8:] if answer.page is None else []


def _empty_mailbox() -> None:
    from django.core import mail

    mail.outbox = []

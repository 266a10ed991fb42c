"""The same engine where people meet it: a zone in PostgreSQL, the firm's page and the nightly run.

The zone is the demo's own, made by the demo's own imports in a database that is dropped afterwards;
what is timed are the functions that the pages and the nightly task call. Wall-clock time, since the
database server works too.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from bench.rounds import Contestant, Line, Spread, take_turns
from lianshang.cli import setup
from lianshang.cli.demo import database
from lianshang.core import postgres

if TYPE_CHECKING:
    from lianshang.apps.enterprises.models import Enterprise

PAGES = 200  # firms whose page is asked for in a round


class ZoneError(Exception):
    """The demo zone could not be made; the text is what the demo said last."""


def measure(size: str, rounds: int) -> list[Line]:
    """Lines about a zone of one of the demo's sizes."""
    try:
        with zone(size):
            return _measured(rounds)
    except ZoneError as error:
        return [Line(f"zone of size {size}", note=f"could not be made: {error}")]


@contextmanager
def zone(size: str) -> Iterator[None]:
    """An invented zone in a database of its own, with Django ready to read it."""
    os.environ["LIANSHANG_DEMO_DATABASE"] = f"bench_demo_{os.getpid()}"
    name = database.choose()
    try:
        _build(size)
        setup.django()
        yield
        _close()
    finally:
        postgres.drop_database(name)


def _close() -> None:
    """Let go of the database, or the pool would try to come back to it."""
    from django.db import connections

    connection: Any = connections["default"]  # close_pool is PostgreSQL's own
    connection.close()
    connection.close_pool()


def _build(size: str) -> None:
    command = [sys.executable, "-c", "from lianshang.cli import main; main()"]
    done = subprocess.run(
        [*command, "demo", "--size", size, "--once", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ZoneError((done.stderr.strip() or done.stdout.strip()).splitlines()[-1])


def _measured(rounds: int) -> list[Line]:
    from lianshang.apps.enterprises.models import Enterprise, Fact
    from lianshang.apps.enterprises.queries.projection import values_of
    from lianshang.apps.policies.queries.answers import answers
    from lianshang.apps.policies.queries.batch import evaluate
    from lianshang.apps.policies.queries.library import all_variables
    from lianshang.core import clock

    day, firms = clock.today(), list(Enterprise.objects.present())
    keys, names = [firm.pk for firm in firms], all_variables(day)
    sample = firms[:: max(1, len(firms) // PAGES)][:PAGES]
    page, page_facts, batch, batch_facts = take_turns(
        [
            Contestant("page", lambda _: [answers(firm, on=day) for firm in sample]),
            Contestant("facts", lambda _: [values_of([f.pk], names, on=day) for f in sample]),
            Contestant("batch", lambda _: list(evaluate(keys, on=day))),
            Contestant("batch facts", lambda _: values_of(keys, names, on=day)),
        ],
        rounds,
        clock=time.perf_counter,
    ).values()
    size = f"{len(firms):,} firms, {Fact.objects.count():,} facts"
    return [
        _Part("a firm's page: facts, every policy, reasons", page, len(sample)).per_firm(size),
        _Part("  of it reading the facts", page_facts, len(sample)).per_firm(),
        _Part("the nightly batch: facts, every policy", batch, len(firms)).throughput(
            _agreement(sample, keys, day)
        ),
        _Part("  of it reading the facts", batch_facts, len(firms)).throughput(),
    ]


@dataclass(frozen=True)
class _Part:
    """Seconds of each round for so many firms."""

    name: str
    seconds: list[float]
    firms: int

    def per_firm(self, note: str = "") -> Line:
        figure = Spread.of([1000 * one / self.firms for one in self.seconds])
        return Line(self.name, figure, " ms", note=note)

    def throughput(self, note: str = "") -> Line:
        figure = Spread.of([self.firms / one for one in self.seconds])
        return Line(self.name, figure, " firms/s", note=note)


def _agreement(sample: "list[Enterprise]", keys: list[int], day: date) -> str:
    """Whether page and batch say the same about the firms of the sample, in words."""
    from lianshang.apps.policies.queries.answers import answers
    from lianshang.apps.policies.queries.batch import evaluate

    batch = {
        (row.enterprise, row.policy): (row.state, row.steps, row.amount, row.class_code)
        for row in evaluate(keys, on=day)
    }
    pages = {
        (firm.pk, one.code): (
            int(one.outcome.state),
            one.outcome.steps,
            one.outcome.amount,
            one.outcome.class_code or "",
        )
        for firm in sample
        for one in answers(firm, on=day)
    }
    wrong = sum(batch[key] != answer for key, answer in pages.items())
    return (
        f"{wrong} of {len(pages):,} answers differ from the page" if wrong else "as the page says"
    )

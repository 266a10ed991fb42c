"""A whole register in PostgreSQL: the nightly run, one changed policy, one firm, and the pages.

The functions are those of the task and of the pages, on rows of the real tables (`filling`). Wall
clock, since the database server works too.
"""

import resource
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.rounds import Line, Spread
from bench.rules import filling, ours

if TYPE_CHECKING:
    from lianshang.core.accounts.models import User

SIZES = {"S": (1_000, 100), "M": (5_000, 300), "L": (20_000, 1_000), "XL": (200_000, 2_000)}
GIGABYTE = 2**30
FACTS_CHANGED = 100  # one firm in so many has a new fact before the third run
SERVED = 50  # firms of one service officer
TARGETS = {"XL": 120.0}  # seconds of a full run
PAGE = 300.0  # milliseconds


def measure(size: str, rounds: int) -> list[Line]:
    """Lines about a register of one of the sizes."""
    firms, policies = SIZES[size]
    with filling.zone(firms, policies) as taken:
        from lianshang.core import clock

        with clock.moved_to(ours.DAY):
            return [
                *(Line(f"filling: {what}", _one(s), " s") for what, s in taken.items()),
                *_runs(size, rounds),
                *_pages(rounds),
            ]


def _one(value: float) -> Spread:
    return Spread(value, value, value)


@contextmanager
def _timed(found: list[float]) -> Any:
    start = time.perf_counter()
    yield
    found.append(time.perf_counter() - start)


def _runs(size: str, rounds: int) -> list[Line]:
    from lianshang.apps.policies.actions.evaluation import evaluate_policy, evaluate_register
    from lianshang.apps.policies.queries.batch import plans
    from lianshang.apps.policies.queries.library import all_variables

    target = TARGETS.get(size)
    lines = []
    compiling: list[float] = []
    with _timed(compiling):
        names = all_variables(ours.DAY)
        plans(ours.DAY, clauses=True)
    lines.append(Line("reading and compiling the library", _one(compiling[0]), " s"))
    lines.append(_reading(names))

    run = partial(_run, lines)
    run("first full run, nothing stored yet", lambda: evaluate_register(actor=None), 1, target)
    lines.append(_stored())
    repeats = 1 if size == "XL" else rounds
    run("full run, nothing changed", lambda: evaluate_register(actor=None), repeats, target)
    changed = _change_facts()
    again = f"full run after {changed:,} firms had a new fact"
    run(again, lambda: evaluate_register(actor=None), 1, target)
    run("one policy over all firms", lambda: evaluate_policy(actor=None, policy="x.p000"), rounds)
    firm = _first_firm()
    one = lambda: evaluate_register(actor=None, enterprises=[firm])  # noqa: E731
    run("one firm's stored answers, and its block's", one, rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / GIGABYTE
    note = "of this process; the database server has its own 256 MB of shared buffers"
    lines.append(Line("peak memory", _one(peak), " GB", target="≤ 8 GB", met=peak <= 8, note=note))
    return lines


def _run(
    lines: list[Line], name: str, verb: Callable[[], Any], times: int, most: float | None = None
) -> None:
    seconds: list[float] = []
    before, used = _written(), time.process_time()
    for _ in range(times):
        with _timed(seconds):
            verb()
    figure, used = Spread.of(seconds), (time.process_time() - used) / times
    blocks = (_written() - before) // times
    note = f"{blocks:,} blocks written a run, {used:.1f} CPU seconds of this process"
    bound = f"≤ {most:g} s" if most else ""
    lines.append(
        Line(
            name, figure, " s", target=bound, met=figure.median <= most if most else None, note=note
        )
    )


def _reading(names: tuple[str, ...]) -> Line:
    from django.db import transaction

    from lianshang.apps.enterprises.models import Fact
    from lianshang.apps.enterprises.queries.projection import columns_of

    seconds: list[float] = []
    with _timed(seconds), transaction.atomic():
        columns_of(None, names, on=ours.DAY)
    note = f"{Fact.objects.count():,} facts, {len(names)} columns"
    return Line("reading the facts into columns", _one(seconds[0]), " s", note=note)


def _first_firm() -> int:
    from lianshang.apps.enterprises.models import Enterprise

    return int(Enterprise.objects.order_by("pk").values_list("pk", flat=True)[0])


def _written() -> int:
    """Rows of answers ever written, by their keys."""
    return int(_ask("SELECT last_value FROM policies_answerblock_id_seq"))


def _ask(statement: str) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _stored() -> Line:
    size = _ask("SELECT pg_total_relation_size('policies_answerblock')")
    answers = _ask("SELECT count(*) FROM policies_evaluatedfirm") * _ask(
        "SELECT count(*) FROM policies_tally"
    )
    note = f"{answers:,} answers, {size / answers:.2f} bytes each with the index"
    return Line("stored answers on disk", _one(size / GIGABYTE), " GB", note=note)


def _change_facts() -> int:
    """A newer value of one column for some firms, as an import would add it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO enterprises_fact (enterprise_id, quantity_id, number, source_id,"
            " observed_on, recorded_at, note) SELECT enterprise_id, quantity_id, number * 1.5,"
            " source_id, DATE '2026-05-20', now(), '' FROM enterprises_fact"
            " WHERE enterprise_id %% %s = 0 AND quantity_id ="
            " (SELECT id FROM enterprises_quantity WHERE code = 'money_10')",
            [FACTS_CHANGED],
        )
        return int(cursor.rowcount)


def _people() -> dict[str, "User"]:
    from lianshang.apps.enterprises.models import Enterprise, ServiceOfficer
    from lianshang.core.accounts.models import Membership, Unit, User

    unit = Unit.objects.create(kind="department", name="示例局")
    since = date(2025, 1, 1)
    people = {}
    for role in ("office_staff", "service_officer"):
        person = people[role] = User.objects.create_user(f"bench_{role}", name="演示人员")
        Membership.objects.create(user=person, unit=unit, role=role, since=since)
    firms = list(Enterprise.objects.order_by("pk"))
    for firm in firms[:: max(1, len(firms) // SERVED)][:SERVED]:
        ServiceOfficer.objects.create(user=people["service_officer"], enterprise=firm, since=since)
    return people


def _pages(rounds: int) -> list[Line]:
    """Whole pages over HTTP, as a signed-in person gets them: the slowest of twenty is p95."""
    from django.conf import settings
    from django.test import Client

    from lianshang.apps.policies.models import Policy

    settings.ALLOWED_HOSTS = ["*"]
    people, policy = _people(), Policy.objects.get(code="x.p000").pk
    paths = {
        "policy list with counts": "/policies/",
        "a policy's page": f"/policies/{policy}/",
        "a policy's firms": f"/policies/{policy}/firms/",
        "… those entitled": f"/policies/{policy}/firms/?standing=entitled",
        "the one-step list": "/policies/one-step/",
        "workbench": "/",
    }
    lines = []
    for role, person in people.items():
        client = Client()
        client.force_login(person)
        for name, path in paths.items():
            lines.append(_page(f"{name}, {role}", client, path, max(5, 4 * rounds)))
    return lines


def _page(name: str, client: Any, path: str, times: int) -> Line:
    seconds: list[float] = []
    status = client.get(path).status_code  # the first fills caches of the process
    for _ in range(times):
        with _timed(seconds):
            client.get(path)
        if sum(seconds) > 60:
            break
    figure = Spread.of([1000 * one for one in seconds])
    p95 = 1000 * sorted(seconds)[max(0, round(0.95 * len(seconds)) - 1)]
    note = f"p95 {p95:.0f} ms" + ("" if status == 200 else f", status {status}")
    return Line(name, figure, " ms", target=f"p95 ≤ {PAGE:g} ms", met=p95 <= PAGE, note=note)

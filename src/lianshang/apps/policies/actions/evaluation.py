"""Evaluating the register: every policy in force over every firm, stored for lists and sums."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.choices import State
from lianshang.apps.policies.models import Assessment, EvaluationRun, Policy
from lianshang.apps.policies.queries.batch import Row, evaluate
from lianshang.apps.policies.queries.library import stages
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action

CHUNK = 20_000  # firms evaluated in one pass: about 200 columns of them fit a small machine
STATES = {0: State.NOT_MET, 1: State.MET, 2: State.NOT_KNOWN, 3: State.NEEDS_PERSON}
UPSERT = """
    INSERT INTO policies_assessment
           (enterprise_id, policy_id, state, steps, amount, nearness, class_code, "on",
            facts_version)
    SELECT a.enterprise_id, p.id, a.state, a.steps, a.amount, 0, a.class_code, %s,
           e.facts_version
      FROM answers a
      JOIN policies_policy p ON p.code = a.policy
      JOIN enterprises_enterprise e ON e.id = a.enterprise_id
    ON CONFLICT (enterprise_id, policy_id) DO UPDATE
       SET state = excluded.state, steps = excluded.steps, amount = excluded.amount,
           class_code = excluded.class_code, "on" = excluded."on",
           facts_version = excluded.facts_version
"""


@action("policies.evaluate", gettext_lazy("评估政策"))
def evaluate_register(
    *,
    actor: User | None,
    on: date | None = None,
    enterprises: Collection[int] | None = None,
    progress: Callable[[int, int], None] | None = None,
    reason: str = "",
) -> EvaluationRun:
    """Evaluate all firms (or some) on a day (today), store the answers; `progress(done, all)`."""
    on = on or clock.today()
    firms = Enterprise.objects.present()
    if enterprises is not None:
        firms = firms.filter(pk__in=enterprises)
    keys = list(firms.order_by("pk").values_list("pk", flat=True))
    in_force = [one.policy.id for stage in stages(on) for one in stage]
    run = EvaluationRun.objects.create(
        on=on, firms=len(keys), policies=len(in_force), started_by=actor
    )
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        _store(evaluate(chunk, on=on), on)
        if progress:
            progress(start + len(chunk), len(keys))
    _clear(in_force)
    run.finished_at = clock.now()
    run.save(update_fields=["finished_at"])
    return run


def _store(rows: Iterable[Row], on: date) -> None:
    answers = [
        (
            row.enterprise,
            row.policy,
            STATES[row.state].value,
            row.steps,
            None if row.amount is None else Decimal(row.amount).scaleb(-2),
            row.class_code,
        )
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE answers (enterprise_id bigint, policy text, state text,"
            " steps smallint, amount numeric, class_code text)"
        )
        with cursor.copy("COPY answers FROM STDIN") as copy:
            for answer in answers:
                copy.write_row(answer)
        cursor.execute(UPSERT, [on])
        cursor.execute("DROP TABLE answers")


def _clear(in_force: Collection[str]) -> None:
    """Answers of policies no longer in force, and about firms no longer present, are not kept."""
    retired = Policy.objects.exclude(code__in=in_force)
    gone = Enterprise.objects.filter(is_retired=True)
    Assessment.objects.filter(Q(policy__in=retired) | Q(enterprise__in=gone)).delete()

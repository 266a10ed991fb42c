"""Evaluating the register: every policy in force over every firm, stored for lists and sums."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.enterprises.queries.projection import columns_of
from lianshang.apps.policies.actions.faults import record_faults
from lianshang.apps.policies.actions.storing import AnswerWriter
from lianshang.apps.policies.events import RegisterEvaluated
from lianshang.apps.policies.models import (
    AnswerBlock,
    EvaluatedFirm,
    EvaluationRun,
    Policy,
    Tally,
)
from lianshang.apps.policies.models.answers import BLOCK
from lianshang.apps.policies.queries.batch import Chunk, chunks
from lianshang.apps.policies.queries.library import (
    Compiled,
    compiled_on,
    dependents,
    feeders,
    variables_of,
)
from lianshang.apps.policies.queries.nearness import nearness
from lianshang.apps.policies.queries.packing import Slots, pack
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.events import publish

if TYPE_CHECKING:
    import polars as pl

    from lianshang.engines.rules.evaluation import CompiledPolicy

Progress = Callable[[int, int], None]
AT_ONCE = 512 * BLOCK  # firms evaluated in one pass: 200 columns of them take some 400 MB
LOCK = 0x706F6C69  # one evaluation at a time

EVALUATED = """
    INSERT INTO policies_evaluatedfirm (enterprise_id, block, place, "on", facts_version)
    SELECT id, id / %(size)s, id %% %(size)s, %(on)s, facts_version
      FROM enterprises_enterprise
     WHERE NOT is_retired AND (%(blocks)s::int[] IS NULL OR id / %(size)s = ANY(%(blocks)s))
    ON CONFLICT (enterprise_id) DO UPDATE
       SET "on" = excluded."on", facts_version = excluded.facts_version
     WHERE (policies_evaluatedfirm."on", policies_evaluatedfirm.facts_version)
           IS DISTINCT FROM (excluded."on", excluded.facts_version)
"""
TALLIES = """
    INSERT INTO policies_tally
           (policy_id, "on", is_stopped, entitled, one_step, not_known, needs_person, not_entitled,
            amount)
    SELECT policy_id, %(on)s, false, sum(entitled), sum(one_step), sum(not_known),
           sum(needs_person), sum(not_entitled), sum(amount) * 0.01
      FROM policies_answerblock WHERE policy_id = ANY(%(policies)s) GROUP BY policy_id
    ON CONFLICT (policy_id) DO UPDATE
       SET (entitled, one_step, not_known, needs_person, not_entitled, amount) =
           (excluded.entitled, excluded.one_step, excluded.not_known, excluded.needs_person,
            excluded.not_entitled, excluded.amount)
"""


@action("policies.evaluate", gettext_lazy("评估政策"))
def evaluate_register(
    *,
    actor: User | None,
    on: date | None = None,
    enterprises: Collection[int] | None = None,
    progress: Progress | None = None,
    reason: str = "",
) -> EvaluationRun:
    """Evaluate all firms (or some) on a day (today), store the answers; `progress(done, all)`.

    Answers are kept in blocks of firms: with some, the others of their blocks are evaluated too.
    """
    on = on or clock.today()
    compiled = _begin(on)
    blocks = None if enterprises is None else {key // BLOCK for key in enterprises} | _emptied()
    run = EvaluationRun.objects.create(
        on=on,
        firms=Enterprise.objects.present().count() if enterprises is None else len(enterprises),
        policies=sum(map(len, compiled.stages)),
        started_by=actor,
    )
    _Evaluation(run, compiled, blocks=blocks, only=None, progress=progress).run_all(actor)
    return run


@action("policies.evaluate_one", gettext_lazy("评估一项政策"))
def evaluate_policy(
    *, actor: User | None, policy: str, on: date | None = None, reason: str = ""
) -> EvaluationRun:
    """Evaluate one policy, and those that ask for its answer, over all firms in one pass."""
    on = on or clock.today()
    compiled = _begin(on)
    only = dependents(policy, on)
    run = EvaluationRun.objects.create(
        on=on,
        firms=Enterprise.objects.present().count(),
        policies=len(only),
        started_by=actor,
    )
    _Evaluation(run, compiled, blocks=None, only=only).run_all(actor)
    return run


def _begin(on: date) -> Compiled:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return compiled_on(on)


def _emptied() -> set[int]:
    """The blocks of firms that have answers and are no longer present."""
    gone = EvaluatedFirm.objects.filter(enterprise__is_retired=True)
    return set(gone.values_list("block", flat=True))


class _Evaluation:
    """One run: what it reads, asks and stores."""

    def __init__(
        self,
        run: EvaluationRun,
        compiled: Compiled,
        *,
        blocks: Collection[int] | None,
        only: Collection[str] | None,
        progress: Progress | None = None,
    ) -> None:
        """`blocks`: of firms, None for all; `only`: codes of policies to store, None for all."""
        self.run, self.on, self.blocks, self.only = run, run.on, blocks, only
        self.faults = dict(compiled.faults)
        self.progress = progress
        asked = {one.policy.id for stage in compiled.stages for one in stage}
        self.stored = asked if only is None else asked & set(only)
        self.asked = asked if only is None else feeders(self.stored, self.on)
        self.answered: set[str] = set()
        self.touched: set[int] = set()
        self.keys = dict(Policy.objects.filter(code__in=self.stored).values_list("code", "pk"))

    def run_all(self, actor: User | None) -> None:
        """Everything, in the order that leaves nothing half done."""
        before = self._mark_firms()
        for keys in self._parts():
            self._evaluate(keys, before)
        self._clear()
        self._sum_up()
        faults = self.faults if self.only is None else {
            code: text for code, text in self.faults.items() if code in self.only
        }  # fmt: skip
        record_faults(actor=actor, run=self.run, faults=faults, answered=self.answered)
        self.run.finished_at = clock.now()
        self.run.save(update_fields=["finished_at"])
        publish(RegisterEvaluated(self.run.pk))

    def _mark_firms(self) -> list[int]:
        """Note which facts the answers will be of, before reading them: a fact that comes in
        between makes its firm out of date. The firms that had answers before.
        """
        firms = EvaluatedFirm.objects.all()
        if self.blocks is not None:
            firms = firms.filter(block__in=self.blocks)
        firms.filter(enterprise__is_retired=True).delete()
        before = list(firms.values_list("pk", flat=True))
        if self.only is None:
            given: dict[str, Any] = {
                "size": BLOCK,
                "on": self.on,
                "blocks": None if self.blocks is None else list(self.blocks),
            }
            with connection.cursor() as cursor:
                cursor.execute(EVALUATED, given)
        return before

    def _parts(self) -> list[list[int] | None]:
        """The firms in passes that fit the memory; None is everybody at once."""
        firms = EvaluatedFirm.objects.order_by("pk")
        if self.blocks is not None:
            firms = firms.filter(block__in=self.blocks)
        keys = list(firms.values_list("pk", flat=True))
        if self.blocks is None and len(keys) <= AT_ONCE:
            return [None]
        edges = sorted({key // AT_ONCE for key in keys})
        return [[key for key in keys if key // AT_ONCE == edge] for edge in edges]

    def _evaluate(self, part: list[int] | None, before: list[int]) -> None:
        keys, frame = columns_of(part, variables_of(self.asked, self.on), on=self.on)
        slots = Slots.of(keys)
        writer = AnswerWriter(
            self.run, slots, before, self._predecessors(), every_block=part is None
        )
        done = 0
        only = None if self.only is None else self.asked
        for chunk in chunks(frame, on=self.on, faults=self.faults, only=only, clauses=True):
            writer.write({
                self.keys[one.policy.id]: pack(one.policy.id, answered, near, slots)
                for one, answered, near in self._with_nearness(chunk)
                if one.policy.id in self.keys
            })  # fmt: skip
            self.answered |= {one.policy.id for one in chunk.policies} & self.stored
            done += len(chunk.policies)
            if self.progress:
                self.progress(len(keys) * done // len(self.asked), len(keys))
        self.touched |= writer.touched

    def _with_nearness(
        self, chunk: Chunk
    ) -> Iterator[tuple[CompiledPolicy, pl.DataFrame, pl.Series]]:
        """Each policy with its own columns, and its nearness from these alone."""
        columns: dict[str, list[str]] = {}
        for name in chunk.answered.columns:
            columns.setdefault(name.partition("#")[0], []).append(name)
        held = set(chunk.frame.columns)
        for one in chunk.policies:
            answered = chunk.answered.select(columns[one.policy.id])
            facts = chunk.frame.select(name for name in one.variables if name in held)
            yield one, answered, nearness(one, facts, answered)

    def _predecessors(self) -> dict[int, int]:
        """Policy → the version of its family that had answers last and is no longer asked."""
        rows = Policy.objects.order_by("valid_from").values_list("pk", "code", "family")
        listed = list(rows.filter(blocks__isnull=False).distinct())
        last = {family: pk for pk, code, family in listed if code not in self.stored}
        own = Policy.objects.filter(pk__in=self.keys.values()).values_list("pk", "family")
        return {pk: last[family] for pk, family in own if family in last}

    def _clear(self) -> None:
        """Answers of policies no longer in force are not kept; those of one at fault are."""
        kept = self.stored | self.faults.keys()
        gone = Policy.objects.exclude(code__in=kept)
        if self.only is not None:
            families = Policy.objects.filter(code__in=self.only).values("family")
            gone = gone.filter(family__in=families)
        ended = list(gone.filter(tally__isnull=False).values_list("pk", flat=True))
        AnswerBlock.objects.filter(policy__in=ended).delete()
        Tally.objects.filter(policy__in=ended).delete()

    def _sum_up(self) -> None:
        if self.touched:
            with connection.cursor() as cursor:
                cursor.execute(TALLIES, {"on": self.on, "policies": list(self.touched)})
        if self.blocks is None:
            answered = [pk for code, pk in self.keys.items() if code in self.answered]
            Tally.objects.filter(policy__in=answered).update(on=self.on)

"""Writing answers: only the blocks that differ from the last run, and what changed in them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.models import AnswerBlock, EvaluationRun, StandingChange
from lianshang.apps.policies.models.answers import BLOCK
from lianshang.apps.policies.queries.packing import ABSENT, ORDER, STANDINGS, Block, Packed, Slots

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

COLUMNS = """
    policy_id, block, digest, codes, classes, same, small, large,
    entitled, one_step, not_known, needs_person, not_entitled, amount, best
"""
NULL = "\\N"
ENTITLED, ONE_STEP, NOT_ENTITLED = (
    ORDER.index(one) for one in (Standing.ENTITLED, Standing.ONE_STEP, Standing.NOT_ENTITLED)
)


class AnswerWriter:
    """Keeps the answers of some policies about the firms of some blocks."""

    def __init__(
        self,
        run: EvaluationRun,
        slots: Slots,
        evaluated: Collection[int],
        predecessors: Mapping[int, int],
        *,
        every_block: bool,
    ) -> None:
        """`evaluated`: firms that had answers before. `predecessors`: policy → the version that it
        replaces; a policy without one counts as not met before it was there.
        """
        self.run, self.slots, self.predecessors = run, slots, predecessors
        self.narrowed = Q() if every_block else Q(block__in=slots.blocks)
        self.evaluated: dict[int, set[int]] = defaultdict(set)
        for key in evaluated:
            self.evaluated[key // BLOCK].add(key % BLOCK)
        self.touched: set[int] = set()

    def write(self, policies: Mapping[int, Packed]) -> None:
        """The blocks of these policies, by key."""
        old = self._digests(policies)
        changed = {
            (policy, block): packed.block(row, digest)
            for policy, packed in policies.items()
            for row, (block, digest) in enumerate(zip(packed.blocks, packed.digests(), strict=True))
            if old[policy].get(block) != digest
        }
        # Blocks of firms that are all gone are not written any more.
        lost = [
            (policy, block)
            for policy, blocks in old.items()
            for block in blocks.keys() - set(self.slots.blocks)
        ]
        if not changed and not lost:
            return
        self.touched |= {policy for policy, _block in [*changed, *lost]}
        self._tell(changed, self._before(changed, old))
        replaced = [key for key in changed if key[1] in old[key[0]]] + lost
        self._delete(replaced)
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY policies_answerblock ({COLUMNS}) FROM STDIN") as copy,
        ):
            for (policy, _block), one in changed.items():
                copy.write(_line(policy, one))

    def _digests(self, policies: Collection[int]) -> dict[int, dict[int, int]]:
        found: dict[int, dict[int, int]] = {policy: {} for policy in policies}
        rows = AnswerBlock.objects.filter(self.narrowed, policy__in=policies)
        for policy, block, digest in rows.values_list("policy_id", "block", "digest"):
            found[policy][block] = digest
        return found

    def _before(
        self, changed: Collection[tuple[int, int]], old: Mapping[int, Mapping[int, int]]
    ) -> dict[tuple[int, int], bytes]:
        """The standings that stood where something changed."""
        source = {
            policy: policy if old[policy] else self.predecessors.get(policy, policy)
            for policy, _block in changed
        }
        back = defaultdict(list)
        for policy, of in source.items():
            back[of].append(policy)
        rows = AnswerBlock.objects.filter(
            policy__in=set(source.values()), block__in={block for _policy, block in changed}
        )
        return {
            (policy, block): bytes(codes).translate(STANDINGS)
            for of, block, codes in rows.values_list("policy_id", "block", "codes").iterator()
            for policy in back[of]
            if (policy, block) in changed
        }

    def _tell(
        self, changed: Mapping[tuple[int, int], Block], before: Mapping[tuple[int, int], bytes]
    ) -> None:
        """Write down who came to stand elsewhere, of those who had answers before."""
        found = []
        for (policy, block), one in changed.items():
            known = self.evaluated.get(block)
            if not known:
                continue
            new = one.standings
            old = before.get((policy, block)) or bytes([NOT_ENTITLED]) * BLOCK
            if old == new:
                continue
            found += [
                self._change(policy, block * BLOCK + place, old[place], new[place], one)
                for place in known
                if _matters(old[place], new[place])
            ]
        StandingChange.objects.bulk_create(found, batch_size=5_000)

    def _change(self, policy: int, firm: int, old: int, new: int, written: Block) -> StandingChange:
        amount = written.amount_at(firm % BLOCK) if new in (ENTITLED, ONE_STEP) else None
        return StandingChange(
            enterprise_id=firm,
            policy_id=policy,
            run=self.run,
            before=ORDER[NOT_ENTITLED if old == ABSENT else old],
            after=ORDER[new],
            amount=None if amount is None else Decimal(amount).scaleb(-2),
            on=self.run.on,
        )

    @staticmethod
    def _delete(keys: Collection[tuple[int, int]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM policies_answerblock b USING unnest(%s::bigint[], %s::int[])"
                " AS gone(policy, block) WHERE b.policy_id = gone.policy AND b.block = gone.block",
                [[policy for policy, _block in keys], [block for _policy, block in keys]],
            )


def _matters(old: int, new: int) -> bool:
    """Into or out of an entitlement, or to one step from it; who is gone changed nothing."""
    return new not in (old, ABSENT) and (new in (ENTITLED, ONE_STEP) or old == ENTITLED)


def _line(policy: int, one: Block) -> str:
    """A row in the words of COPY."""
    same, small, large = one.amount_columns
    standings = one.standings
    counts = "\t".join(str(standings.count(place)) for place in range(len(ORDER)))
    classes = NULL if one.classes is None else f"\\\\x{one.classes}"
    return (
        f"{policy}\t{one.block}\t{one.digest}\t\\\\x{one.codes.hex()}\t{classes}\t"
        f"{same or NULL}\t{small or NULL}\t{large or NULL}\t{counts}\t{one.amount}\t"
        f"{NULL if one.best is None else one.best}\n"
    )

"""Answers as they are stored: a byte each, and amounts beside them.

The byte: two bits of state, three of steps (six means six or more, seven that no number of changes
would help), three of nearness. `ABSENT` is no answer: nobody of that key, or a firm not evaluated.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.models.answers import BLOCK
from lianshang.apps.policies.queries.nearness import MET, NOT_MET

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

ABSENT = 0xFF
MOST_STEPS, NO_STEPS = 6, 7
SMALL = 2**31 - 1
LEAST = -(2**63)
ORDER = tuple(Standing)


def _standing(code: int) -> int:
    """Place in `Standing` of the answer that a byte holds; 255 of none."""
    if code == ABSENT:
        return ABSENT
    state, steps = code & 3, code >> 2 & 7
    if state == 0:
        return ORDER.index(Standing.ONE_STEP if steps == 1 else Standing.NOT_ENTITLED)
    return ORDER.index((Standing.ENTITLED, Standing.NOT_KNOWN, Standing.NEEDS_PERSON)[state - 1])


STANDINGS = bytes(map(_standing, range(256)))  # for bytes.translate


@dataclass(frozen=True)
class Slots:
    """The blocks of some firms, and where each firm stands in them."""

    keys: Sequence[int]  # of the firms, ascending
    blocks: list[int]
    places: NDArray[np.int64]  # of each firm among the keys of all blocks

    @classmethod
    def of(cls, keys: Sequence[int]) -> Slots:
        import numpy as np

        firms = np.asarray(keys, dtype=np.int64)
        blocks, rows = np.unique(firms // BLOCK, return_inverse=True)
        return cls(keys, blocks.tolist(), rows * BLOCK + firms % BLOCK)

    def spread(self, values: NDArray[Any], empty: int) -> NDArray[Any]:
        """A row per block with a place per key, from a value per firm; `empty` where nobody is."""
        import numpy as np

        found = np.full(len(self.blocks) * BLOCK, empty, dtype=values.dtype)
        found[self.places] = values
        return found.reshape(len(self.blocks), BLOCK)


@dataclass(frozen=True)
class Block:
    """One block of one policy, in the words of COPY: hexadecimal bytes, numbers with commas."""

    block: int
    digest: int
    codes: bytes
    classes: str | None
    amounts: list[int] | None  # in fen and one more, 0 for none; negative ones as they are
    amount: int  # of the entitled ones together, in fen
    best: int | None  # the largest amount of those one step short
    same: int | None  # the one amount of all, in fen
    is_large: bool

    @property
    def amount_columns(self) -> tuple[str, str, str]:
        """`same`, `small` and `large`; an empty one is null."""
        if self.same is not None:
            return str(self.same), "", ""
        if self.amounts is None:
            return "", "", ""
        text = f"{{{','.join(map(str, self.amounts))}}}"
        return ("", "", text) if self.is_large else ("", text, "")

    def amount_at(self, place: int) -> int | None:
        """The amount of one answer in fen."""
        if self.same is not None or self.amounts is None:
            return self.same
        kept = self.amounts[place]
        return None if kept == 0 else kept - 1 if kept > 0 else kept

    @property
    def standings(self) -> bytes:
        """A place in `Standing` per key."""
        return self.codes.translate(STANDINGS)


@dataclass(frozen=True)
class Packed:
    """All blocks of one policy: arrays with a row per block, and with a place per key."""

    blocks: list[int]
    codes: NDArray[np.uint8]
    classes: NDArray[np.uint8] | None
    kept: NDArray[np.int32 | np.int64] | None  # amounts, so that 0 says that there is none
    same: int | None

    @property
    def amounts(self) -> NDArray[np.int32 | np.int64] | None:
        """The amounts, where they differ."""
        return self.kept if self.same is None else None

    def digests(self) -> list[int]:
        """A number per block: the same answers, the same 64 bits."""
        parts = [part for part in (self.codes, self.classes, self.amounts) if part is not None]
        found = []
        for row in range(len(self.blocks)):
            made = hashlib.blake2b(b"" if self.same is None else b"%d" % self.same, digest_size=8)
            for part in parts:
                made.update(part[row])
            found.append(int.from_bytes(made.digest(), "big", signed=True))
        return found

    def block(self, row: int, digest: int) -> Block:
        """One of them, to be written."""
        sums, best = self._sums
        return Block(
            block=self.blocks[row],
            digest=digest,
            codes=self.codes[row].tobytes(),
            classes=None if self.classes is None else self.classes[row].tobytes().hex(),
            amounts=None if self.amounts is None else self.amounts[row].tolist(),
            amount=sums[row],
            best=None if best[row] == LEAST else best[row],
            same=self.same,
            is_large=self.kept is not None and self.kept.itemsize == 8,
        )

    @functools.cached_property
    def _sums(self) -> tuple[list[int], list[int]]:
        """Per block: the sum of the entitled ones' amounts, and the largest one step short."""
        import numpy as np

        if self.kept is None:
            return [0] * len(self.blocks), [LEAST] * len(self.blocks)
        fen = self.kept.astype(np.int64) - (self.kept > 0)
        state, steps = self.codes & 3, self.codes >> 2 & 7
        here = (self.codes != ABSENT) & (self.kept != 0)
        sums = np.where(here & (state == MET), fen, 0).sum(axis=1)
        near = np.where(here & (state == NOT_MET) & (steps == 1), fen, LEAST)
        return sums.tolist(), near.max(axis=1).tolist()


def pack(key: str, answered: pl.DataFrame, nearness: pl.Series, slots: Slots) -> Packed:
    """The blocks of the policy `key` from its columns of a `BatchPlan` with steps, and from the
    codes of `Nearness`, both with a row per firm.
    """
    import polars as pl

    held = answered[f"{key}#steps"].clip(0, MOST_STEPS).fill_null(NO_STEPS).cast(pl.UInt8)
    state, steps = answered[key].cast(pl.UInt8).to_numpy(), held.to_numpy()
    codes = slots.spread(state | steps << 2 | nearness.cast(pl.UInt8).to_numpy() << 5, ABSENT)
    classes = kept = same = None
    if f"{key}#class" in answered.columns:
        place = (answered[f"{key}#class"] + 1).fill_null(0).cast(pl.UInt8)
        classes = slots.spread(place.to_numpy(), 0)
    if f"{key}#amount" in answered.columns:
        amount = answered[f"{key}#amount"].cast(pl.Int64)
        same = _same(amount)
        kept = slots.spread(_kept(amount, (state != NOT_MET) | (steps == 1)), 0)
    return Packed(slots.blocks, codes, classes, kept, same)


def _same(amount: pl.Series) -> int | None:
    """The amount of every answer, where it is one and the same."""
    if amount.null_count():
        return None
    least: int | None = amount.min()  # type: ignore[assignment]  # integers
    return least if least == amount.max() else None


def _kept(amount: pl.Series, wanted: NDArray[np.bool]) -> NDArray[np.int32 | np.int64]:
    """The wanted amounts and one fen more, negative ones as they are; 0 for none."""
    import numpy as np

    fen = amount.fill_null(0).to_numpy()
    kept = fen + (fen >= 0)
    kept[~(wanted & amount.is_not_null().to_numpy())] = 0
    is_small = not kept.size or (kept.min() >= -SMALL and kept.max() <= SMALL)
    return kept.astype(np.int32) if is_small else kept

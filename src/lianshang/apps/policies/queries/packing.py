"""Answers as they are stored: a byte each, and amounts beside them.

The byte: two bits of state, three of steps (six means six or more, seven that no number of changes
would help), three of nearness. `ABSENT` is no answer: nobody of that key, or a firm not evaluated.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.models.answers import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import polars as pl

    from lianshang.engines.rules.evaluation import CompiledPolicy

ABSENT = 0xFF
MOST_STEPS, NO_STEPS = 6, 7
SMALL = 2**31 - 1
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
    rows: pl.Series  # a slot per key of the blocks: the firm's row, null where nobody is

    @classmethod
    def of(cls, keys: Sequence[int]) -> Slots:
        import polars as pl

        blocks = sorted({key // BLOCK for key in keys})
        first = {block: place * BLOCK for place, block in enumerate(blocks)}
        rows: list[int | None] = [None] * (len(blocks) * BLOCK)
        for row, key in enumerate(keys):
            rows[first[key // BLOCK] + key % BLOCK] = row
        return cls(keys, blocks, pl.Series(rows, dtype=pl.UInt32))


@dataclass(frozen=True)
class Packed:
    """One block of one policy, in the words of COPY: hexadecimal bytes, numbers with commas."""

    block: int
    codes: str
    classes: str | None
    amounts: str | None
    amount: int  # of the entitled ones together, in fen
    best: int | None = None  # the largest amount of those one step short
    same: int | None = None  # the one amount of all, in fen
    is_large: bool = False

    @property
    def digest(self) -> int:
        """The same answers, the same number; 64 bits."""
        text = f"{self.codes}/{self.classes}/{self.amounts}/{self.same}"
        found = hashlib.blake2b(text.encode(), digest_size=8).digest()
        return int.from_bytes(found, "big", signed=True)

    @property
    def amount_columns(self) -> tuple[str, str, str]:
        """`same`, `small` and `large`; an empty one is null."""
        if self.same is not None:
            return str(self.same), "", ""
        if self.amounts is None:
            return "", "", ""
        text = f"{{{self.amounts}}}"
        return ("", "", text) if self.is_large else ("", text, "")

    def amount_at(self, place: int) -> int | None:
        """The amount of one answer in fen."""
        if self.same is not None or self.amounts is None:
            return self.same
        kept = int(self.amounts.split(",")[place])
        return None if kept == 0 else kept - 1 if kept > 0 else kept

    @property
    def standings(self) -> bytes:
        """A place in `Standing` per key."""
        return bytes.fromhex(self.codes).translate(STANDINGS)


def pack(
    chunk: Sequence[tuple[CompiledPolicy, pl.Series]], answered: pl.DataFrame, slots: Slots
) -> Iterator[tuple[CompiledPolicy, Iterator[Packed]]]:
    """The blocks of each policy, which comes with the nearness of its answers."""
    import polars as pl

    near = pl.DataFrame([series.alias(f"{one.policy.id}#near") for one, series in chunk])
    frame = pl.concat([answered, near], how="horizontal")
    same = {one.policy.id: _same(one.policy.id, answered) for one, _near in chunk}
    packed = frame.select(
        expression
        for one, _near in chunk
        for expression in _expressions(one.policy.id, frame.columns, slots, same)
    )
    for one, _near in chunk:
        yield one, _blocks(one.policy.id, packed, slots, same[one.policy.id])


def _blocks(key: str, packed: pl.DataFrame, slots: Slots, same: int | None) -> Iterator[Packed]:
    if not slots.blocks:
        return  # a zone without firms
    nothing: list[None] = [None] * len(slots.blocks)
    columns = [
        packed[name].to_list() if name in packed.columns else nothing
        for name in (f"{key}#{part}" for part in ("codes", "classes", "amounts", "sum", "best"))
    ]
    ends = (f"{key}#least", f"{key}#most")
    is_large = ends[0] in packed.columns and any(abs(packed[name][0] or 0) > SMALL for name in ends)
    for block, codes, classes, amounts, total, best in zip(slots.blocks, *columns, strict=True):
        yield Packed(block, codes, classes, amounts, total or 0, best, same, is_large)


def _same(key: str, answered: pl.DataFrame) -> int | None:
    """The amount of every answer, where it is one and the same."""
    name = f"{key}#amount"
    if name not in answered.columns or answered[name].null_count():
        return None
    least: int | None = answered[name].min()  # type: ignore[assignment]  # integers
    return least if least == answered[name].max() else None


def _expressions(
    key: str, columns: list[str], slots: Slots, same: Mapping[str, int | None]
) -> Iterator[pl.Expr]:
    import polars as pl

    state, steps = pl.col(key), pl.col(f"{key}#steps")
    held = steps.clip(0, MOST_STEPS).fill_null(NO_STEPS).cast(pl.UInt8)
    code = state.cast(pl.UInt8) + 4 * held + 32 * pl.col(f"{key}#near").cast(pl.UInt8)
    yield _hexadecimal(code, slots).alias(f"{key}#codes")
    if f"{key}#class" in columns:
        place = (pl.col(f"{key}#class") + 1).fill_null(0).cast(pl.UInt8)
        yield _hexadecimal(place, slots).alias(f"{key}#classes")
    if f"{key}#amount" not in columns:
        return
    amount = pl.col(f"{key}#amount").cast(pl.Int64)
    entitled = pl.when(state == 1).then(amount).fill_null(0)
    yield _by_block(_spread(entitled, slots).fill_null(0), slots).arr.sum().alias(f"{key}#sum")
    near = pl.when((state == 0) & (steps == 1)).then(amount)
    yield _by_block(_spread(near, slots), slots).arr.max().alias(f"{key}#best")
    if same[key] is not None:
        return
    above = pl.when(amount >= 0).then(amount + 1).otherwise(amount)
    kept = pl.when((state != 0) | (steps == 1)).then(above).fill_null(0)
    written = _spread(kept.cast(pl.String), slots).fill_null("0")
    yield _by_block(written, slots).arr.join(",").alias(f"{key}#amounts")
    yield kept.min().alias(f"{key}#least")
    yield kept.max().alias(f"{key}#most")


def _hexadecimal(byte: pl.Expr, slots: Slots) -> pl.Expr:
    import polars as pl

    written = pl.lit(pl.Series([f"{number:02x}" for number in range(256)]))
    spread = written.gather(_spread(byte, slots).fill_null(ABSENT).cast(pl.UInt32))
    return _by_block(spread, slots).arr.join("")


def _spread(values: pl.Expr, slots: Slots) -> pl.Expr:
    """A value per slot instead of per firm."""
    import polars as pl

    return values.gather(pl.lit(slots.rows))


def _by_block(values: pl.Expr, slots: Slots) -> pl.Expr:
    return values.reshape((len(slots.blocks), BLOCK))

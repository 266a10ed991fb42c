"""What the register tells those above it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FactsChanged:
    """Values about these actors were added or taken back; anything computed from them is out of
    date.
    """

    enterprise_ids: tuple[int, ...]
    quantity_codes: tuple[str, ...]


@dataclass(frozen=True)
class EnterprisesChanged:
    """These actors entered the register, left it, or changed in what the register says of them."""

    enterprise_ids: tuple[int, ...]


@dataclass(frozen=True)
class FactConfirmed:
    """An office confirmed a value that a firm supplied itself, with the proof that came with it."""

    fact_id: int

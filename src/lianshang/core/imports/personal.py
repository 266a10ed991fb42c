"""Personal values inside an import's rows: encrypted where they lie, masked where they are
shown.
"""

import functools
from typing import Any

from lianshang.core.privacy import EncryptedTextField

_field = EncryptedTextField()


@functools.lru_cache(maxsize=16)
def seal(text: str) -> str:
    """The ciphertext as an EncryptedTextField keeps it, so that it can be copied there as it is.

    Remembered for a moment: a row holds the same text as read and as understood.
    """
    return _field.get_prep_value(text) or ""


@functools.lru_cache(maxsize=16)
def unseal(ciphertext: str) -> str:
    return _field.from_db_value(ciphertext) or ""


def sealed(values: dict[str, Any], personal: frozenset[str]) -> dict[str, Any]:
    """The same values with those of personal columns encrypted."""
    if personal.isdisjoint(values):
        return values
    return {
        name: seal(value) if name in personal and value else value for name, value in values.items()
    }


def unsealed(values: dict[str, Any], personal: frozenset[str]) -> dict[str, Any]:
    """The same values with those of personal columns readable."""
    if personal.isdisjoint(values):
        return values
    return {
        name: unseal(value) if name in personal and value else value
        for name, value in values.items()
    }

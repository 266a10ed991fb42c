"""Personal data: declared with purpose, basis, retention and mask; encrypted where it lies."""

import base64
import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models
from django.utils.functional import Promise


def mask_phone(text: str) -> str:
    """13812345678 → 138****5678; shorter numbers keep their last two digits."""
    return f"{text[:3]}****{text[-4:]}" if len(text) >= 11 else "*" * len(text[:-2]) + text[-2:]


def mask_name(text: str) -> str:
    """示例人 → 示**: the family name only."""
    return text[:1] + "*" * (len(text) - 1)


@dataclass(frozen=True)
class Personal:
    """Why a personal field exists and how it is shown to those who may not read it (PIPL Art. 6,
    17, 51).
    """

    purpose: str | Promise
    basis: str | Promise
    retention: str | Promise
    mask: Callable[[str], str]


def _cipher() -> Fernet:
    return _cipher_with(settings.FIELD_KEY)


@functools.lru_cache(maxsize=2)
def _cipher_with(key: str) -> Fernet:
    digest = hashlib.sha256(key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def seal(content: bytes) -> bytes:
    """Encrypt what is kept outside the database, with the same key."""
    return _cipher().encrypt(content)


def unseal(content: bytes) -> bytes:
    return _cipher().decrypt(content)


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # stubs want a set/get pair
    """Text that is ciphertext in the database; it cannot be searched or sorted there."""

    def __init__(self, *args: Any, personal: Personal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.personal = personal

    def get_prep_value(self, value: str | None) -> str | None:
        return value and _cipher().encrypt(value.encode()).decode()

    def from_db_value(self, value: str | None, *_context: object) -> str | None:
        if not value:
            return value
        try:
            return _cipher().decrypt(value.encode()).decode()
        except InvalidToken as error:
            message = "A personal field was written with another key: check LIANSHANG_FIELD_KEY."
            raise ValueError(message) from error


def shown(instance: models.Model, field_name: str, *, reveal: bool) -> str:
    """The one point where a personal field becomes text: whole for those who may, masked for
    others.
    """
    field = instance._meta.get_field(field_name)
    value = getattr(instance, field_name) or ""
    personal = getattr(field, "personal", None)
    return value if reveal or personal is None or not value else personal.mask(value)

"""One request, one deed: what a page or a program names its request, kept apart per person."""

import hashlib
from uuid import uuid4

from lianshang.core.accounts.models import User


def new_key() -> str:
    return uuid4().hex


def request_key(user: User, key: str) -> str | None:
    """The key under which a log remembers a person's request; None where none was named."""
    return f"{user.pk}:{hashlib.sha256(key.encode()).hexdigest()}" if key else None

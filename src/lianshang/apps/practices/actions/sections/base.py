"""What every writer of a section does."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.db.models import Model

from lianshang.apps.practices.queries.sections.base import Known
from lianshang.core.accounts.models import User


class Writer(ABC):
    """Makes a row's object, brings it to what the row says, takes it away."""

    section: ClassVar[str]

    @abstractmethod
    def write(
        self, *, actor: User | None, row: Any, found: Any, known: Known, reason: str
    ) -> Model:
        """The object as the row says; `found` is the one to change, None to make one."""

    def erase(self, *, actor: User | None, found: Any, reason: str) -> None:
        """Take the object away; nobody changed or uses it."""
        found.delete()

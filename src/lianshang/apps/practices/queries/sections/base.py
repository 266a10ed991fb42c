"""What every section of a pack answers."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.functional import Promise
from pydantic import BaseModel

# (section, key) → the object behind it: what the rows installed so far are here.
Known = Mapping[tuple[str, str], Model]
Content = dict[str, Any]


class Section(ABC):
    """Rows of one kind. `parts` are models whose rows belong to the object itself."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    schema: ClassVar[type[BaseModel]]
    model: ClassVar[type[Model]]
    parts: ClassVar[tuple[type[Model], ...]] = ()
    page: ClassVar[tuple[str, str]] = ("", "")  # url name of an object's page, its permission

    @abstractmethod
    def key(self, row: Any) -> str:
        """What the pack calls the row; never changes between versions."""

    @abstractmethod
    def label(self, row: Any) -> str:
        """What people call it."""

    @abstractmethod
    def find(self, row: Any) -> Model | None:
        """The object of the zone that has the row's natural key."""

    @abstractmethod
    def wanted(self, row: Any, known: Known) -> Content:
        """What the object would hold if it were as the row says."""

    @abstractmethod
    def content(self, found: Any) -> Content:
        """What the object holds today, in the same form."""

    def refers_to(self, row: Any) -> tuple[str, ...]:
        """Keys of other rows of this section that the row names."""
        return ()

    def get(self, pk: int) -> Model | None:
        return self.model._default_manager.filter(pk=pk).first()


def digest(content: Content) -> str:
    """One content, one digest."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()

"""The catalogue of quantities as the rules engine wants it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from django.conf import settings

from lianshang.core.code_tables import code_tables
from lianshang.core.policy_files import read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from lianshang.engines.rules.catalogue import Catalogue


def catalogue() -> Catalogue:
    """The catalogue in force, read once per process."""
    return _load(settings.POLICY_FOLDER)


@functools.lru_cache(maxsize=4)
def _load(folder: Path) -> Catalogue:
    from lianshang.engines.rules.catalogue import Catalogue

    return Catalogue.from_mapping(read_yaml(folder / "catalogue.yaml"), code_tables())

"""A zone with a park, for the registers."""

import pytest
from tests import factories
from tests.core.imports.conftest import _files_elsewhere

from lianshang.apps.places.models import Park

__all__ = ["_files_elsewhere"]


@pytest.fixture
def park(db: None) -> Park:
    """示例光电园, also called 光电产业园; the zone's catalogue and sources are there."""
    zone = factories.zone()
    return Park.objects.create(zone=zone, name="示例光电园", aliases=["光电产业园"])

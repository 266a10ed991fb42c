"""What most tests of policies begin with."""

from collections.abc import Iterator
from datetime import date

import pytest
from tests import factories

from lianshang.apps.policies.actions.library import sync_policies
from lianshang.core import clock


@pytest.fixture
def library_in_june(db: None) -> Iterator[None]:
    """An invented zone with the national library, on the first of June 2026."""
    with clock.moved_to(date(2026, 6, 1)):
        factories.zone()
        sync_policies(actor=None)
        yield

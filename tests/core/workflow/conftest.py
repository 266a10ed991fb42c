"""What tests of duties share."""

import pytest
from tests.core.workflow.office import Office
from tests.engines.worktime.china import at

from lianshang.core import clock


@pytest.fixture
def office(db: None) -> Office:
    """A zone with duties."""
    with clock.moved_to(at("2025-01-02 09:00")):  # everybody is in office during every test
        return Office()

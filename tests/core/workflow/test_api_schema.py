"""The description of the API of duties is true: made-up requests get the answers it describes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.core.workflow.pages import Town

from lianshang.core import clock
from lianshang.core.accounts.actions import make_token

PATHS = "^/api/v1/duties"


@pytest.fixture
def kept_connection(db: None) -> Iterator[None]:
    """A server closes its connections after each request; here the test's own one must stay."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_made_up_requests_get_described_answers(kept_connection: None) -> None:
    town = Town()
    town.duty()
    _token, secret = make_token(
        actor=town.person(town.office),
        name="示例",
        scopes=["duties:read", "duties:write"],
        expires_on=clock.today() + timedelta(days=30),
    )
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    # What the description cannot know: which units a zone has. And the key is always sent.
    unknowable = ("positive_data_acceptance", "ignored_auth")
    excluded = [schemathesis.checks.CHECKS.get_one(name) for name in unknowable]
    operations = [one.ok() for one in schema.include(path_regex=PATHS).get_all_operations()]
    assert len(operations) == 4

    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def ask(data: Any) -> None:
        operation = data.draw(st.sampled_from(operations))
        case = data.draw(operation.as_strategy())
        case.headers["Authorization"] = f"Bearer {secret}"
        case.call_and_validate(excluded_checks=excluded)

    ask()

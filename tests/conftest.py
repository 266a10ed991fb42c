"""What every test shares: the real database server, and an empty zone to start from."""

import os
from collections.abc import Iterator

import pytest

from lianshang.core import postgres

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianshang.config.settings")


def pytest_configure(config: pytest.Config) -> None:
    """The embedded server runs before Django reads its settings."""
    postgres.ensure_running()
    from django.conf import settings

    # Made-up passwords need no slow hash: a test signs in some people, a suite some thousands.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _readers_language() -> Iterator[None]:
    """A page asked for in English leaves the language on; the next test begins in Chinese."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _no_policies_of_another_test() -> Iterator[None]:
    """What a test publishes is rolled back; what the process remembers of it goes too."""
    from lianshang.apps.policies.queries.library import forget

    forget()
    yield
    forget()

"""The embedded server answers, keeps its secrets, and says what is wrong."""

import pytest

from lianshang.core import postgres


def test_the_server_is_recent_enough() -> None:
    assert postgres.version() >= 160000


def test_a_second_start_changes_nothing() -> None:
    before = postgres.connection_settings()
    postgres.ensure_running()
    assert postgres.connection_settings() == before


@pytest.mark.skipif(postgres.is_external(), reason="only the embedded server keeps a password file")
def test_only_the_owner_reads_the_password() -> None:
    assert postgres.server().password_file.stat().st_mode & 0o077 == 0


def test_an_address_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(postgres.PostgresError, match="Look at DATABASE_URL"):
        postgres.ensure_running()

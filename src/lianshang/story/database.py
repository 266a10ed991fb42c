"""The databases of a story: one made ready once, and a copy of it for each run."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from lianshang.core import postgres


def database_name(story_id: str) -> str:
    """Never a zone's own: `lianshang_story_…`, short enough for the server."""
    plain = "".join(letter if letter.isalnum() else "_" for letter in story_id.lower())
    return f"lianshang_story_{plain}"[:50]


def point_at(name: str) -> None:
    """Use this database from now on: in this process, and in those it starts."""
    os.environ["LIANSHANG_DATABASE"] = name
    if url := os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    from django.conf import settings

    if settings.configured:
        from django.db import connection

        leave()
        connection.settings_dict["NAME"] = name


def leave() -> None:
    """Close every connection of this process to its database."""
    from django.db import connection, connections

    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has it


def copy_database(template: str, name: str) -> None:
    """A new database like the other one, which nobody may be using."""
    leave()
    postgres.drop_database(name)
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with _server() as connection:
        connection.execute(ending, [template])
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


@contextlib.contextmanager
def using(name: str) -> Iterator[None]:
    """Work in this database inside the block, and in the one before after it."""
    from django.db import connection

    before, named = connection.settings_dict["NAME"], os.environ.get("LIANSHANG_DATABASE")
    point_at(name)
    try:
        yield
    finally:
        point_at(before)
        if named is None:
            del os.environ["LIANSHANG_DATABASE"]
        else:
            os.environ["LIANSHANG_DATABASE"] = named


@contextlib.contextmanager
def copied(template: str, *, keep: bool = False) -> Iterator[str]:
    """Work on a copy inside the block, which is dropped after it."""
    name = f"{template}_run"
    copy_database(template, name)
    try:
        with using(name):
            yield name
    finally:
        if not keep:
            postgres.drop_database(name)


def _server() -> psycopg.Connection[tuple[object, ...]]:
    told = postgres.connection_settings()
    return psycopg.connect(
        host=told["HOST"],
        port=told["PORT"] or None,
        user=told["USER"],
        password=told["PASSWORD"],
        dbname="postgres",
        autocommit=True,
        connect_timeout=10,
    )

"""A zone of any size in the real tables: the invented firms' facts and the invented library.

Rows go in by COPY, as the registers' own writing does; the catalogue lies in a folder of its own.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from bench.rules import ours
from bench.rules.firms import firms, forgotten
from bench.rules.synthetic import Policy, columns, policies

OBSERVED = "2026-05-01"
COLUMNS = (
    "enterprise_id, quantity_id, number, flag, code, source_id, observed_on, recorded_at, note"
)


@contextmanager
def zone(size: int, count: int) -> Iterator[dict[str, float]]:
    """A database with so many firms and policies, dropped afterwards; seconds of each step."""
    name = f"bench_demo_{os.getpid()}"
    os.environ["LIANSHANG_DATABASE"] = name
    with tempfile.TemporaryDirectory(prefix="lianshang-bench-") as folder:
        _catalogue(Path(folder))
        os.environ["LIANSHANG_POLICIES"] = folder
        from lianshang.cli.demo.database import start_afresh
        from lianshang.core import postgres

        try:
            start_afresh(name)
            yield _filled(size, count, Path(folder))
            _close()
        finally:
            postgres.drop_database(name)


def _close() -> None:
    from django.db import connections

    connection: Any = connections["default"]  # close_pool is PostgreSQL's own
    connection.close()
    connection.close_pool()


def _catalogue(folder: Path) -> None:
    from lianshang.core.policy_files import default_folder

    wanted = {one.name: ours.quantity(one) for one in columns()}
    text = yaml.safe_dump({"quantities": wanted}, allow_unicode=True)
    (folder / "catalogue.yaml").write_text(text)
    (folder / "sources.yaml").write_text((default_folder() / "sources.yaml").read_text())


def _filled(size: int, count: int, folder: Path) -> dict[str, float]:
    from django.db import connection

    from lianshang.apps.enterprises.actions.catalogue import add_missing_sources, sync_catalogue
    from lianshang.core.policy_files import read_yaml

    taken: dict[str, float] = {}
    with connection.cursor() as cursor:  # no history, no keys checked: made-up rows are right
        cursor.execute("SET session_replication_role = replica")
    definitions = read_yaml(folder / "catalogue.yaml")["quantities"]
    full = {name: {"period": "point", **one} for name, one in definitions.items()}
    sync_catalogue(actor=None, definitions=full)
    sources = read_yaml(folder / "sources.yaml")["sources"]
    add_missing_sources(actor=None, definitions=sources)
    library = policies(count)
    for what, fill in (
        ("policies", lambda: _policies(library)),
        ("firms", lambda: _firms(size)),
        ("facts", lambda: _facts(forgotten(firms(size, library)))),
    ):
        start = time.perf_counter()
        fill()
        taken[what] = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
    return taken


def _policies(library: list[Policy]) -> None:
    from lianshang.apps.policies.choices import Origin
    from lianshang.apps.policies.models import Policy as Row
    from lianshang.apps.policies.queries.library import digest, forget
    from lianshang.engines.rules.policy_file import policy_from_mapping

    rows = []
    for policy in library:
        mapping = ours.mapping(policy)
        row = Row(code=policy.code, origin=Origin.ZONE, published_on=date(2026, 1, 1))
        row.define(policy_from_mapping(mapping), mapping, digest(mapping))
        rows.append(row)
    Row.objects.bulk_create(rows, batch_size=200)
    forget()


def _firms(size: int) -> None:
    from django.db import connection

    from lianshang.apps.places.models import Zone
    from lianshang.core.accounts.models import Unit

    unit = Unit.objects.create(kind="zone", name="示例高新区管委会")
    Zone.objects.create(name="示例高新区", unit=unit, is_own=True)
    with connection.cursor() as cursor:
        cursor.execute(UNITS, [size])
        cursor.execute(ENTERPRISES)
        cursor.execute("ANALYZE")


UNITS = """
    INSERT INTO accounts_unit (kind, name, is_active)
    SELECT 'enterprise', '示例企业' || n || '有限公司', true FROM generate_series(1, %s) AS n
"""
ENTERPRISES = """
    INSERT INTO enterprises_enterprise
           (unit_id, name, name_key, match_key, kind, status, registered_on, industry_code,
            registered_address, operating_address, given_crs, contact_name, contact_phone,
            created_at, is_retired, facts_version)
    SELECT id, name, name, name, 'firm', 'operating', DATE '2015-01-01', 'C3976', '', '', '', '',
           '', now(), false, 1
      FROM accounts_unit WHERE kind = 'enterprise' ORDER BY id
"""


def _facts(frame: pl.DataFrame) -> None:
    """A row per known value, in the catalogue's own units."""
    from django.db import connection

    from lianshang.apps.enterprises.models import Enterprise, Quantity, Source

    keys = pl.Series(list(Enterprise.objects.order_by("pk").values_list("pk", flat=True)))
    quantities = dict(Quantity.objects.values_list("code", "pk"))
    source = Source.objects.get(code="firm").pk
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY enterprises_fact ({COLUMNS}) FROM STDIN (FORMAT csv)") as copy:
            for column in columns():
                values = pl.DataFrame({"firm": keys, "value": frame[column.name]}).drop_nulls()
                copy.write(_csv(values, column.kind, column.scale, quantities[column.name], source))
        cursor.execute("ANALYZE enterprises_fact")


def _csv(values: pl.DataFrame, kind: str, scale: int, quantity: int, source: int) -> bytes:
    nothing, value = pl.lit(None, dtype=pl.String), pl.col("value")
    number = pl.concat_str(
        value // scale, pl.lit("."), (value % scale).cast(pl.String).str.zfill(2)
    )
    letters = pl.Series(list(ours.LETTERS))
    held = {
        "money": (number, nothing, nothing),
        "count": (value.cast(pl.String), nothing, nothing),
        "flag": (nothing, value.cast(pl.String), nothing),
        "code": (nothing, nothing, pl.lit(letters).gather(value) if kind == "code" else nothing),
    }[kind]
    return (
        values.select(
            "firm",
            pl.lit(quantity).alias("quantity"),
            *(one.alias(name) for name, one in zip(("n", "f", "c"), held, strict=True)),
            pl.lit(source).alias("source"),
            pl.lit(OBSERVED).alias("observed"),
            pl.lit(f"{OBSERVED} 08:00+08").alias("recorded"),
            pl.lit("").alias("note"),
        )
        .write_csv(include_header=False, quote_style="non_numeric")
        .encode()
    )

"""Which value wins: one SQL statement, for one firm's page and for the nightly batch alike.

A value may be used for a purpose if its own uses (or else its source's) allow it, if it is public,
or if the firm has consented. Of the values that may be used: one still in validity comes first,
then the source of the smaller rank, then the later date, then the later row. A value past its
validity answers only for a title ("no longer held"); for anything else it is as if nobody knew.
A value that an office checked and refused is as if nobody had ever supplied it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from lianshang.core.consent.choices import Use

WINNERS = """
    SELECT DISTINCT ON (f.quantity_id, f.year, f.enterprise_id)
           f.enterprise_id, f.quantity_id, f.year,
           CASE WHEN w.is_title THEN (f.flag AND in_validity)::int
                WHEN f.flag IS NOT NULL THEN f.flag::int
                WHEN f.number IS NOT NULL THEN round(f.number * w.factor)
                WHEN f.day IS NOT NULL THEN f.day - DATE '1970-01-01'
                ELSE k.place END::bigint AS encoded
      FROM enterprises_fact f
      JOIN unnest(%(quantities)s::bigint[], %(factors)s::numeric[], %(titles)s::boolean[])
           AS w(quantity_id, factor, is_title) ON w.quantity_id = f.quantity_id
      JOIN enterprises_source s ON s.id = f.source_id
      LEFT JOIN unnest(%(code_quantities)s::bigint[], %(codes)s::text[], %(places)s::int[])
           AS k(quantity_id, code, place) ON k.quantity_id = f.quantity_id AND k.code = f.code
     CROSS JOIN LATERAL (SELECT f.valid_until IS NULL OR f.valid_until >= %(on)s) AS v(in_validity)
     WHERE {firms}
       AND (f.year IS NULL OR f.year = ANY(%(years)s::int[]))
       AND NOT EXISTS (SELECT 1 FROM imports_importbatch b
                        WHERE b.id = f.batch_id AND b.retired_at IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM enterprises_factcheck r
                        WHERE r.fact_id = f.id AND r.verdict = 'refused')
       AND f.observed_on <= %(on)s
       AND (f.valid_from IS NULL OR f.valid_from <= %(on)s)
       AND (in_validity OR w.is_title)
       AND (COALESCE(f.uses, s.uses) && ARRAY[%(purpose)s, 'public']::varchar[]
            OR EXISTS (SELECT 1 FROM consent_consent c
                         JOIN enterprises_enterprise e ON e.unit_id = c.owner_id
                        WHERE e.id = f.enterprise_id AND c.grantee_id IS NULL
                          AND c.purpose = %(purpose)s AND c.subject IN ('', s.code)
                          AND c.withdrawn_at IS NULL
                          AND c.since <= %(on)s AND (c.until IS NULL OR c.until >= %(on)s)))
     ORDER BY f.quantity_id, f.year, f.enterprise_id, in_validity DESC, s.rank,
              f.observed_on DESC, f.id DESC
"""
SOME = "f.enterprise_id = ANY(%(enterprises)s::bigint[])"
EVERY = "true"


@dataclass(frozen=True)
class Wanted:
    """The quantities asked for, as columns of the same length: keys, decimals, whether a title."""

    quantities: list[int]
    scales: list[int]
    titles: list[bool]
    code_places: list[tuple[int, str, int]]  # quantity, code, its place in the code table


@dataclass(frozen=True)
class Winner:
    """The value that wins, as the rules engine holds it."""

    enterprise: int
    quantity: int
    year: int | None
    encoded: int | None


def winners(
    enterprises: Collection[int],
    wanted: Wanted,
    *,
    years: Collection[int],
    purpose: Use,
    on: date,
) -> Iterator[Winner]:
    """The winning values about these firms that may be used for the purpose on the day."""
    parameters = _parameters(enterprises, wanted, years, purpose, on)
    with connection.cursor() as cursor:
        cursor.execute(WINNERS.format(firms=SOME), parameters)
        while rows := cursor.fetchmany(50_000):
            yield from (Winner(*row) for row in rows)


def winning_columns(
    enterprises: Collection[int] | None,
    wanted: Wanted,
    *,
    years: Collection[int],
    purpose: Use,
    on: date,
) -> Iterator[tuple[int, int | None, str]]:
    """The same about many firms (None: about all): quantity, year, and as lines of text each firm
    with its value; the database puts a column together, and no value becomes a Python object.
    """
    parameters = _parameters(enterprises or (), wanted, years, purpose, on)
    won = WINNERS.format(firms=EVERY if enterprises is None else SOME)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '1GB'")  # one sort over all facts
        if enterprises is None:  # what is joined to all facts is small: each is hashed once
            cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(
            "SELECT quantity_id, year, string_agg(enterprise_id || ',' || encoded, E'\n')"
            f" FROM ({won}) w WHERE encoded IS NOT NULL GROUP BY quantity_id, year",
            parameters,
        )
        while row := cursor.fetchone():
            yield row
        cursor.execute("SET LOCAL work_mem TO DEFAULT; SET LOCAL enable_nestloop TO DEFAULT")


def _parameters(
    enterprises: Collection[int],
    wanted: Wanted,
    years: Collection[int],
    purpose: Use,
    on: date,
) -> dict[str, Any]:
    return {
        "enterprises": list(enterprises),
        "quantities": wanted.quantities,
        "factors": [10**scale for scale in wanted.scales],
        "titles": wanted.titles,
        "code_quantities": [quantity for quantity, _code, _place in wanted.code_places],
        "codes": [code for _quantity, code, _place in wanted.code_places],
        "places": [place for _quantity, _code, place in wanted.code_places],
        "years": list(years),
        "purpose": purpose.value,
        "on": on,
    }

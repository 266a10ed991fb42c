"""The fact ledger as a wide table that can be imported again: a row for each firm, source and day.

What the law does not let the user use for the purpose is left out and counted. Titles have their
own table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from lianshang.apps.enterprises.choices import ValueType
from lianshang.apps.enterprises.registers.enterprise_export import visible_firms
from lianshang.core import clock
from lianshang.core.imports.registry import Table

if TYPE_CHECKING:
    from collections.abc import Collection

    from lianshang.core.accounts.models import User

# The latest value of each firm, source, day, quantity and year; whether it may be used for the
# purpose.
HELD = """
    SELECT DISTINCT ON (f.enterprise_id, s.code, f.observed_on, q.code, f.year)
           f.enterprise_id, s.code, f.observed_on, q.code, f.year, q.value_type,
           f.number::text, f.flag, f.day::text, f.code,
           (COALESCE(f.uses, s.uses) && ARRAY[%(purpose)s, 'public']::varchar[]
            OR EXISTS (SELECT 1 FROM consent_consent c
                        WHERE c.owner_id = e.unit_id AND c.grantee_id IS NULL
                          AND c.purpose = %(purpose)s AND c.subject IN ('', s.code)
                          AND c.withdrawn_at IS NULL AND c.since <= %(on)s
                          AND (c.until IS NULL OR c.until >= %(on)s))),
           f.valid_from::text, f.valid_until::text
      FROM enterprises_fact f
      JOIN enterprises_enterprise e ON e.id = f.enterprise_id
      JOIN enterprises_quantity q ON q.id = f.quantity_id
      JOIN enterprises_source s ON s.id = f.source_id
      LEFT JOIN imports_importbatch b ON b.id = f.batch_id
     WHERE f.enterprise_id = ANY(%(firms)s) AND b.retired_at IS NULL
       AND (q.value_type = 'title') = %(titles)s
     ORDER BY f.enterprise_id, s.code, f.observed_on, q.code, f.year, f.id DESC
"""
COLUMNS = """
    SELECT DISTINCT q.code, q.label, f.year, q.unit
      FROM enterprises_fact f
      JOIN enterprises_quantity q ON q.id = f.quantity_id
      LEFT JOIN imports_importbatch b ON b.id = f.batch_id
     WHERE b.retired_at IS NULL AND q.value_type <> 'title'
     ORDER BY q.code, f.year DESC
"""
_IN_ONE_GO = 2_000  # firms
_YES_NO = {True: "是", False: "否"}


def export_facts(user: User | None, purpose: str) -> Table:
    """What the user may see and use for the purpose."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns = cursor.fetchall()
    places = {(code, year): index for index, (code, _label, year, _unit) in enumerate(columns)}
    headers = [_("统一社会信用代码"), _("企业名称"), _("来源"), _("数据日期")]
    headers += [_heading(label, year, unit) for _code, label, year, unit in columns]
    notes: list[str] = []
    return Table(headers, _rows(user, purpose, places, notes), notes)


def _heading(label: str, year: int | None, unit: str) -> str:
    stated = f"（{unit}）" if unit not in {"", "1"} else ""
    return f"{year}年{label}{stated}" if year else f"{label}{stated}"


def _rows(
    user: User | None,
    purpose: str,
    places: dict[tuple[str, int | None], int],
    notes: list[str],
) -> Iterator[Sequence[Any]]:
    left_out: Counter[str] = Counter()
    for firms in firms_by_chunks(user):
        wide: dict[tuple[int, str, str], list[Any]] = {}
        for row in held(firms, purpose, titles=False):
            pk, source, observed, code, year, value_type, number, flag, day, word, allowed, *_v = (
                row
            )
            if not allowed:
                left_out[source] += 1
                continue
            values = wide.setdefault((pk, source, observed.isoformat()), [""] * len(places))
            values[places[code, year]] = _told(value_type, number, flag, day, word)
        for (pk, source, observed), values in wide.items():
            yield (firms[pk][0] or "", firms[pk][1], source, observed, *values)
    notes += restriction_notes(left_out)


def restriction_notes(left_out: Counter[str]) -> list[str]:
    return [
        _("来源“%(source)s”的 %(count)s 个数值因法定用途限制未导出。")
        % {"source": code, "count": count}
        for code, count in sorted(left_out.items())
    ]


def firms_by_chunks(user: User | None) -> Iterator[dict[int, tuple[str | None, str]]]:
    """Visible firms (key → code, name), a few thousand at a time."""
    chunk: dict[int, tuple[str | None, str]] = {}
    firms = visible_firms(user).order_by("name_key", "pk").values_list("pk", "credit_code", "name")
    for pk, code, name in firms.iterator(chunk_size=_IN_ONE_GO):
        chunk[pk] = (code, name)
        if len(chunk) == _IN_ONE_GO:
            yield chunk
            chunk = {}
    if chunk:
        yield chunk


def held(firms: Collection[int], purpose: str, *, titles: bool) -> list[tuple[Any, ...]]:
    """Rows of HELD for these firms."""
    parameters: dict[str, Any] = {
        "firms": list(firms),
        "purpose": purpose,
        "on": clock.today(),
        "titles": titles,
    }
    with connection.cursor() as cursor:
        cursor.execute(HELD, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _told(
    value_type: str, number: str | None, flag: bool | None, day: str | None, code: str | None
) -> Any:
    if value_type == ValueType.NUMBER and number is not None:
        plain = number.rstrip("0").rstrip(".") if "." in number else number
        return float(plain) if len(plain.lstrip("-")) <= 14 else plain
    if value_type == ValueType.BOOL and flag is not None:
        return _YES_NO[flag]
    return day or code or ""

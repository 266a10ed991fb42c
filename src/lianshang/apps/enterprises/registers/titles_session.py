"""Titles on their way into the ledger, and the firms that a complete list leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from lianshang.apps.enterprises.registers.ledger_rows import Entry
from lianshang.apps.enterprises.registers.ledger_session import LedgerSession, day_of
from lianshang.apps.enterprises.registers.quantities import Quantities
from lianshang.core import clock
from lianshang.core.imports.registry import Row

if TYPE_CHECKING:
    from lianshang.core.accounts.models import User
    from lianshang.core.imports.models import ImportBatch

# Firms of the register on no row of the list, unless the same source says so already.
NOT_LISTED = """
    INSERT INTO enterprises_fact (enterprise_id, quantity_id, source_id, observed_on, flag,
    batch_id,
                                  recorded_at, recorded_by_id, note)
    SELECT e.id, %(quantity)s, %(source)s, %(day)s, false, %(batch)s, %(moment)s, %(by)s, %(note)s
      FROM enterprises_enterprise e
     WHERE NOT e.is_retired
       AND NOT EXISTS (SELECT 1 FROM imports_importrow r
                        WHERE r.batch_id = %(batch)s AND r.subject = e.id
                          AND r."values"->>'title_code' = %(code)s AND r.state <> 'dismissed')
       AND (SELECT f.flag FROM enterprises_fact f
              LEFT JOIN imports_importbatch b ON b.id = f.batch_id
             WHERE f.enterprise_id = e.id AND f.quantity_id = %(quantity)s
               AND f.source_id = %(source)s AND b.retired_at IS NULL
             ORDER BY f.observed_on DESC, f.id DESC LIMIT 1) IS DISTINCT FROM false
    RETURNING enterprise_id
"""


class TitleSession(LedgerSession):
    """The register of titles at work on one batch."""

    def __init__(self, batch: ImportBatch, actor: User | None, titles: Quantities) -> None:
        super().__init__(batch, actor)
        self.titles = titles

    def match(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._settle_title(row)
        super().match(rows)
        for row in rows:
            since, until = row.values.get("valid_from"), row.values.get("valid_until")
            if since and until and until < since:
                row.refuse("validity_reversed", "valid_until")
            if not row.is_refused:
                day, _assumed = day_of(row, self.default_day)
                title = row.values["title_code"]
                row.keys = [f"{row.subject}|{title}|{self.source_of(row)}|{day}"]

    def entries(self, row: Row) -> list[Entry]:
        if row.subject is None:
            return []
        day, assumed = day_of(row, self.default_day)
        quantity = self.titles.by_code[row.values["title_code"]]
        entry = Entry(
            *(row.number, "title", row.subject, quantity.pk, None),
            *(self.source_of(row), day, assumed),
        )
        entry.flag = True
        entry.code = row.values.get("number")
        entry.valid_from = row.values.get("valid_from")
        entry.valid_until = row.values.get("valid_until")
        return [entry]

    def finish(self) -> None:
        """Say of every firm on no row of a complete list that it does not hold the title."""
        if not self.batch.options.get("complete"):
            return
        codes = self.batch.rows.exclude(values__title_code=None).order_by()
        for code in set(codes.values_list("values__title_code", flat=True)):
            quantity = self.titles.by_code[code].pk
            with connection.cursor() as cursor:
                # The rows were written a moment ago: without fresh statistics the planner walks
                # them once for each firm of the register.
                cursor.execute("ANALYZE imports_importrow")
                cursor.execute(
                    NOT_LISTED,
                    {
                        "quantity": quantity,
                        "code": code,
                        "source": self.sources[self.batch.source],
                        "day": self.default_day,
                        "batch": self.batch.pk,
                        "moment": clock.now(),
                        "by": self.actor.pk if self.actor else None,
                        "note": _("不在名单上：%s") % self.batch.file_name,
                    },
                )
                firms = {pk for (pk,) in cursor.fetchall()}
            self.announce(firms, {quantity})

    def _settle_title(self, row: Row) -> None:
        given = row.values.get("title")
        if given is None:
            code = str(self.batch.options.get("title") or "")
        else:
            quantity = self.titles.named(given)
            code = quantity.code if quantity else ""
        if code in self.titles.by_code:
            row.values["title_code"] = code
        elif given is None:
            row.refuse("title_missing")
        else:
            known = "、".join(one.label for one in self.titles.by_code.values())
            row.refuse("title_unknown", "title", known=known)

"""服务专员分工: which officer serves which firm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import ServiceOfficer
from lianshang.apps.enterprises.registers.base import CODE, NAME, match_known_firms
from lianshang.apps.enterprises.registers.enterprise_export import visible_firms
from lianshang.core.accounts.models import User
from lianshang.core.imports.choices import RowState
from lianshang.core.imports.parsers import text
from lianshang.core.imports.registry import Column, Register, Row, Session, Table

if TYPE_CHECKING:
    from lianshang.core.imports.models import ImportBatch


class OfficerRegister(Register):
    """One row for each firm and officer."""

    name = "officers"
    label = _("服务专员分工")
    purpose = _("哪位专员服务哪家企业；已有的分工不变，新的从导入之日起")
    subject_column = "name"
    needed = (("credit_code", "name"),)
    import_permission = "officers.assign"
    columns = (
        CODE,
        NAME,
        Column(
            "officer",
            _("专员"),
            text(60),
            ("用户名", "姓名", "专员账号", "专员姓名", "服务专员", "企服专员", "账号"),
            required=True,
            help=_("用户名；没有重名时也可以填姓名"),
            example="zhuanyuan01",
        ),
    )

    def session(self, batch: ImportBatch, actor: User | None) -> Session:
        return OfficerSession(batch, actor)

    def export(self, user: User | None, purpose: str) -> Table:
        return Table([str(column.label) for column in self.columns], _exported(user), [])


class OfficerSession(Session):
    """The register of officers at work on one batch."""

    def match(self, rows: Sequence[Row]) -> None:
        match_known_firms(rows)
        names = {row.values["officer"] for row in rows}
        by_username, by_name = _users(names)
        for row in rows:
            given = row.values["officer"]
            people = [by_username[given]] if given in by_username else by_name[given]
            if not people:
                row.refuse("user_unknown", "officer")
            elif len(people) > 1:
                row.refuse("user_ambiguous", "officer")
            else:
                row.values["user"] = people[0]
                row.keys = [f"{row.subject}|{people[0]}"]

    def plan(self, rows: Sequence[Row]) -> None:
        known = _served({row.subject for row in rows if row.subject is not None})
        for row in rows:
            held = (row.subject, row.values["user"]) in known
            row.planned = RowState.UNCHANGED if held else RowState.CREATED

    def write(self, rows: Sequence[Row]) -> None:
        ServiceOfficer.objects.bulk_create(
            ServiceOfficer(user_id=row.values["user"], enterprise_id=row.subject or 0)
            for row in rows
        )

    def undo(self, rows: Sequence[Row]) -> None:
        """End the services this import began; the rows stay as a trace that they were once
        given.
        """
        by_user: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            by_user[row.values["user"]].add(row.subject or 0)
            row.state = RowState.UNDONE
        for user, firms in by_user.items():
            open_ones = ServiceOfficer.objects.filter(
                user=user, enterprise__in=firms, until__isnull=True
            )
            open_ones.update(until=F("since") - timedelta(days=1))


def _users(names: set[str]) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Active users by username (one) and by name (several)."""
    people = User.objects.filter(is_active=True)
    by_username = dict(people.filter(username__in=names).values_list("username", "pk"))
    by_name: dict[str, list[int]] = defaultdict(list)
    for name, pk in people.filter(name__in=names).values_list("name", "pk"):
        by_name[name].append(pk)
    return by_username, by_name


def _served(firms: set[int]) -> set[tuple[int, int]]:
    rows = ServiceOfficer.objects.in_force().filter(enterprise__in=firms, until__isnull=True)
    return set(rows.values_list("enterprise", "user"))


def _exported(user: User | None) -> Iterator[Sequence[Any]]:
    rows = (
        ServiceOfficer.objects.in_force()
        .filter(enterprise__in=visible_firms(user))
        .order_by("enterprise__name_key", "user__username")
    )
    names = ("enterprise__credit_code", "enterprise__name", "user__username")
    for code, name, username in rows.values_list(*names).iterator(chunk_size=5_000):
        yield (code or "", name, username)

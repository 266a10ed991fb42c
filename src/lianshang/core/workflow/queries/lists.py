"""The lists of duties: which rows a tab holds, and their order by what their logs say."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import overload

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.workflow.choices import ENDED, Part
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.models.duties import DutyQuerySet
from lianshang.core.workflow.queries.subjects import Subject, reference_of, subjects_of
from lianshang.core.workflow.queries.workbench import Row, Workbench, rows_of


@dataclass(frozen=True)
class ListRow(Row):
    """A row of the list, with what the duty is about as far as the reader may see it."""

    subject: Subject | None


def in_tab(user: User, bench: Workbench, tab: str) -> DutyQuerySet:
    """The duties of a tab, as far as the person may see them."""
    visible = Duty.objects.visible_to(user)
    if tab == "all":
        return visible
    if tab == "former":
        return visible.with_part(user.unit_ids(), Part.FORMER)
    return visible.filter(pk__in=[row.duty.pk for row in bench_rows(bench, tab)])


def bench_rows(bench: Workbench, tab: str) -> list[Row]:
    """The rows of a personal tab, as they are due; none of the other tabs."""
    rows = {"mine": bench.mine, "confirm": bench.waiting_for_me, "asked": bench.waiting_for_others}
    return rows.get(tab, [])


def _this_week(row: Row) -> bool:
    today = clock.today()
    sunday: date = today + timedelta(days=6 - today.weekday())
    return row.due_on is not None and row.due_on <= sunday


WHEN: dict[str, Callable[[Row], bool]] = {
    "overdue": lambda row: row.is_overdue,
    "in_time": lambda row: not row.is_overdue,
    "today": lambda row: row.is_due_today,
    "week": _this_week,
}


class InOrder(Sequence[ListRow]):
    """Duties in an order that only their logs know: all keys, and the rows of the part looked at.

    Open ones stand as they are due; those that ended follow, the latest first.
    """

    def __init__(
        self,
        user: User,
        duties: DutyQuerySet,
        known: Iterable[Row] = (),
        *,
        when: str = "",
        is_reversed: bool = False,
    ) -> None:
        """`known` are rows read before, as they are due."""
        self.user, self.duties = user, duties
        self.known = {row.duty.pk: row for row in known}
        rows = self._open()
        if when:
            rows = [row for row in rows if WHEN[when](row)]
        self.keys = [row.duty.pk for row in (rows[::-1] if is_reversed else rows)]
        if not when:
            ended = duties.filter(state__in=ENDED).order_by("-opened_at", "-pk")
            self.keys += ended.values_list("pk", flat=True)

    def _open(self) -> list[Row]:
        still = self.duties.still_open().select_related(None).prefetch_related(None)
        if self.known:
            asked = set(still.values_list("pk", flat=True))
            return [row for key, row in self.known.items() if key in asked]
        return rows_of(still.only("pk", "state"))

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> ListRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[ListRow]: ...

    def __getitem__(self, place: int | slice) -> ListRow | list[ListRow]:
        if isinstance(place, int):
            return self._load([self.keys[place]])[0]
        return self._load(self.keys[place])

    def _load(self, keys: list[int]) -> list[ListRow]:
        missing = [key for key in keys if key not in self.known]
        read = rows_of(self.duties.filter(pk__in=missing)) if missing else []
        found = self.known | {row.duty.pk: row for row in read}
        rows = [found[key] for key in keys if key in found]
        about = {row.duty.pk: reference_of(row.duty) for row in rows}
        named = subjects_of(self.user, [one for one in about.values() if one])
        return [
            ListRow(row.duty, row.standing, row.now, named.get(about[row.duty.pk] or ("", 0)))
            for row in rows
        ]


class AsOpened(InOrder):
    """Duties as they were opened: the database knows that order."""

    def __init__(self, user: User, duties: DutyQuerySet, *, is_reversed: bool = False) -> None:
        self.user, self.duties, self.known = user, duties, {}
        order = ("-opened_at", "-pk") if is_reversed else ("opened_at", "pk")
        self.keys = list(duties.order_by(*order).values_list("pk", flat=True))

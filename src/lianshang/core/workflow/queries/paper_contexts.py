"""What papers are filled with, read from duties and origins. Papers speak Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import floor

from lianshang.core import clock
from lianshang.core.accounts.models import Unit
from lianshang.core.calendars import dates
from lianshang.core.papers.contexts import (
    Decision,
    Figure,
    HandlingSlip,
    Minutes,
    Step,
    SupervisionLetter,
    chinese_day,
)
from lianshang.core.workflow.answer_sheet import Answer, AnswerSheetPaper
from lianshang.core.workflow.choices import OPEN, Act, ClockName, Part
from lianshang.core.workflow.clock_runs import ClockStanding
from lianshang.core.workflow.models import Duty, Origin
from lianshang.core.workflow.queries.origins import rows_from
from lianshang.core.workflow.queries.standings import standing_of
from lianshang.core.workflow.queries.statistic_tables import MEASURES, printed
from lianshang.core.workflow.queries.statistics import Statistics
from lianshang.core.workflow.queries.workbench import Row
from lianshang.core.workflow.standing import Standing
from lianshang.core.workflow.wording import clock_name, equation_of
from lianshang.engines.worktime import Clock, used
from lianshang.engines.worktime import Unit as TimeUnit


def handling_slip(duty: Duty, *, office: str, proposal: str) -> HandlingSlip:
    """承办单: with the equation of the clock that closes the duty."""
    standing = standing_of(duty)
    last = closing_run(standing)
    return HandlingSlip(
        office=office,
        source=source_of(duty),
        matter=duty.title,
        request=duty.text or duty.title,
        owner=duty.owner.name,
        co_owners=tuple(co_owners(duty)),
        received=duty.opened_at,
        due=due_said(last),
        equation=equation_of(last) if last else "",
        steps=tuple(
            Step(name=clock_name(run), owner=duty.owner.name, due=due_said(run))
            for run in standing.running
        ),
        proposal=proposal,
    )


def supervision_letter(
    duties: Sequence[Duty],
    *,
    office: str,
    demands: Sequence[str],
    reply_by: date,
    copies: Sequence[str] = (),
) -> SupervisionLetter:
    """督办函: one overdue duty, or several of the same owner."""
    late = [Overdue(duty, standing_of(duty)) for duty in duties]
    first, longest = late[0], max(late, key=lambda one: one.days)
    several = len(late) > 1
    return SupervisionLetter(
        office=office,
        addressee=first.duty.owner.name,
        matter=f"{first.duty.title}等 {len(late)} 件事项" if several else first.duty.title,
        received="先后" if several else dates.local(first.duty.opened_at).date(),
        due="下列各日" if several else due_said(first.run),
        as_of=dates.local(clock.now()),
        overdue=f"最长 {longest.said}" if several else first.said,
        equation="" if several else f"时限：{equation_of(first.run)}",
        situation="".join(one.line(number) for number, one in enumerate(late, 1))
        if several
        else first.situation,
        demands=tuple(demands),
        reply_by=reply_by,
        copies=tuple(copies),
    )


@dataclass(frozen=True)
class Overdue:
    """A duty that is overdue, as a letter speaks of it."""

    duty: Duty
    standing: Standing

    @property
    def run(self) -> ClockStanding:
        """The clock that ran out first."""
        late = [one for one in self.standing.running if one.is_overdue(clock.now())]
        return min(late, key=lambda one: (one.due.at is None, one.due.at or one.started_at))

    @property
    def days(self) -> int:
        """Whole working days since it was due."""
        at = self.run.due.at
        assert at is not None
        count = used(at, clock.now(), Clock(0, TimeUnit.WORKING_DAYS), self.run.calendar)
        return floor(count)

    @property
    def said(self) -> str:
        return f"{self.days} 个工作日" if self.days else "不足 1 个工作日"

    @property
    def situation(self) -> str:
        rows = self.duty.log.filter(act=Act.REPORT).order_by("-number")
        last = rows.first()
        told = (
            f"最近一次反馈（{chinese_day(dates.local(last.at).date())}）：{last.reason}"
            if last
            else ""
        )
        return f"该事项现为“{self.duty.state_label}”。{_stopped(told)}"

    def line(self, number: int) -> str:
        """One of several, on a line of its own."""
        opened = chinese_day(dates.local(self.duty.opened_at).date())
        due = due_said(self.run)
        due = due if isinstance(due, str) else chinese_day(due)
        return (
            f"{number}. {self.duty.title}：{opened}交办，时限为{due}，已逾期{self.said}，"
            f"现为“{self.duty.state_label}”。\n"
        )


def _stopped(text: str) -> str:
    return text if not text or text.endswith(("。", "！", "？")) else f"{text}。"


def minutes(
    origin: Origin,
    *,
    office: str,
    absent: Sequence[str],
    report_to: Sequence[str],
    send_to: Sequence[str],
) -> Minutes:
    """会议纪要: the decisions are the duties."""
    return Minutes(
        office=office,
        meeting=origin.title,
        held=origin.held_on,
        place=origin.place or "—",
        chair=origin.issued_by,
        present=named(origin.present),
        attending=named(origin.attending),
        absent=tuple(absent),
        summary=origin.text,
        decisions=tuple(
            Decision(
                matter=row.duty.title,
                owner=row.duty.owner.name,
                co_owner="、".join(co_owners(row.duty)),
                due=due_said(closing_run(row.standing), days=True),
            )
            for row in rows_from(origin)
        ),
        report_to=tuple(report_to),
        send_to=tuple(send_to),
    )


def answer_sheet(origin: Origin, *, office: str, asker: Unit) -> AnswerSheetPaper:
    """答复单 of one unit: its own questions, nobody else's."""
    rows = [row for row in rows_from(origin) if row.duty.asker_id == asker.pk]
    return AnswerSheetPaper(
        office=office,
        asker=asker.name,
        about=f"{chinese_day(origin.held_on)}“{origin.title}”中，你单位提出 {len(rows)} 个问题",
        answers=tuple(_answer(row) for row in rows),
    )


def reply_sheet(origin: Origin, *, office: str) -> AnswerSheetPaper:
    """The reply to an instruction or an inspection, with what was done about each duty."""
    number = f"（{origin.number}）" if origin.number else ""
    return AnswerSheetPaper(
        office=office,
        asker=origin.issued_by,
        about=f"{chinese_day(origin.held_on)}{origin.get_kind_display()}“{origin.title}”{number}",
        answers=tuple(_answer(row) for row in rows_from(origin)),
        closing=origin.reply,
    )


def _answer(row: Row) -> Answer:
    duty, claimed = row.duty, row.standing.claimed_at
    claim = duty.log.filter(act=Act.CLAIM).order_by("-number").first() if claimed else None
    due = due_said(closing_run(row.standing), days=True)
    still = f"办理中，时限为{chinese_day(due) if isinstance(due, date) else due}。"
    ended = "" if duty.state in OPEN else f"{duty.state_label}。"
    return Answer(
        question=f"{duty.title}\n{duty.text}" if duty.text else duty.title,
        answer=claim.reason if claim else ended or still,
        owner=duty.owner.name,
        asked=dates.local(duty.opened_at).date(),
        answered=dates.local(claimed).date() if claimed else "",
    )


def figures(statistics: Statistics, days: tuple[date, date]) -> tuple[Figure, ...]:
    """The sums of a period for a bulletin; what small numbers hide stays hidden."""
    source = f"事项台账，{days[0]} 至 {days[1]}"
    found = [(one, one.read(statistics.total)) for one in MEASURES]
    return tuple(
        Figure(
            name=str(one.label),
            value=printed(figure),
            unit="" if figure.value is None else str(one.unit),
            source=source,
            day=clock.today(),
        )
        for one, figure in found
    )


# Parts of them


def source_of(duty: Duty) -> str:
    """Who asked, and on what occasion."""
    if duty.origin is None:
        return duty.asker.name
    number = f"（{duty.origin.number}）" if duty.origin.number else ""
    return f"{duty.origin.get_kind_display()}：{duty.origin.title}{number}，{duty.asker.name}交办"


def co_owners(duty: Duty) -> list[str]:
    parties = duty.parties.filter(part=Part.CO_OWNER).select_related("unit")
    return [party.unit.name for party in parties.order_by("unit__name")]


def closing_run(standing: Standing) -> ClockStanding | None:
    """The clock that closes the duty, its last run; else whichever runs."""
    closing = standing.of(ClockName.CLOSE)
    return closing[-1] if closing else standing.next_clock


def due_said(run: ClockStanding | None, *, days: bool = False) -> datetime | date | str:
    """Until when: a moment, a day where a day was set (or `days` are wanted)."""
    if run is None:
        return "未定"
    if run.due.at is None:
        return "暂停计时"
    return run.due.last_day if days or run.by else dates.local(run.due.at)  # type: ignore[return-value]  # with a moment there is a day


def named(text: str) -> tuple[str, ...]:
    """Names with 、 between them, or on lines of their own."""
    parts = text.replace("\r", "").replace("\n", "、").replace("，", "、").split("、")
    return tuple(one.strip() for one in parts if one.strip())

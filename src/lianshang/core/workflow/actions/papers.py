"""Papers made from duties and origins. Papers speak Chinese, whoever issues them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.notices.actions import notify
from lianshang.core.papers.actions.issuing import issue_paper
from lianshang.core.papers.choices import KindName
from lianshang.core.papers.contexts import Bulletin, Item
from lianshang.core.papers.models import Paper
from lianshang.core.workflow import answer_sheet
from lianshang.core.workflow.choices import OPEN, OriginKind
from lianshang.core.workflow.models import Duty, Origin
from lianshang.core.workflow.models.origins import AnswerSheet
from lianshang.core.workflow.queries import paper_contexts as contexts
from lianshang.core.workflow.queries.standings import standings
from lianshang.core.workflow.queries.statistics import Statistics
from lianshang.core.workflow.telling import members

PAPER_LANGUAGE = "zh-hans"


@action("workflow.issue_slip", gettext_lazy("出承办单"))
def issue_slip(*, actor: User | None, duty: Duty, unit: Unit, proposal: str = "") -> Paper:
    """承办单 of an open duty."""
    if duty.state not in OPEN:
        raise ValidationError(_("事项已经结束，不再出承办单。"))
    with translation.override(PAPER_LANGUAGE):
        context = contexts.handling_slip(duty, office=unit.name, proposal=proposal)
        return issue_paper(
            actor=actor, kind=KindName.HANDLING_SLIP, subject=duty, context=context, unit=unit
        )


@action("workflow.issue_letter", gettext_lazy("发督办函"))
def issue_letter(
    *,
    actor: User | None,
    duties: Sequence[Duty],
    unit: Unit,
    demands: Sequence[str],
    reply_by: date,
    copies: Sequence[str] = (),
) -> Paper:
    """督办函 about overdue duties of one owner; it is kept with the first."""
    read, now = standings(duties), clock.now()
    if not duties or not all(read[duty.pk].is_overdue(now) for duty in duties):
        raise ValidationError(_("没有超期，不用发督办函；可以先催办。"))
    if len({duty.owner_id for duty in duties}) > 1:
        raise ValidationError(_("一份督办函只能发给一个主办单位。"))
    if reply_by <= clock.today():
        raise ValidationError({"reply_by": _("反馈时限应在今天以后。")})
    with translation.override(PAPER_LANGUAGE):
        context = contexts.supervision_letter(
            duties, office=unit.name, demands=demands, reply_by=reply_by, copies=copies
        )
        return issue_paper(
            actor=actor,
            kind=KindName.SUPERVISION_LETTER,
            subject=duties[0],
            context=context,
            unit=unit,
        )


@action("workflow.issue_minutes", gettext_lazy("出会议纪要"))
def issue_minutes(
    *,
    actor: User | None,
    origin: Origin,
    unit: Unit,
    absent: Sequence[str] = (),
    report_to: Sequence[str] = (),
    send_to: Sequence[str] = (),
) -> Paper:
    """会议纪要: its decisions are the meeting's duties."""
    if origin.kind != OriginKind.MEETING:
        raise ValidationError(_("只有会议可以出会议纪要。"))
    with translation.override(PAPER_LANGUAGE):
        context = contexts.minutes(
            origin, office=unit.name, absent=absent, report_to=report_to, send_to=send_to
        )
        return issue_paper(
            actor=actor, kind=KindName.MINUTES, subject=origin, context=context, unit=unit
        )


@action("workflow.issue_answer_sheet", gettext_lazy("出答复单"))
def issue_answer_sheet(*, actor: User | None, origin: Origin, asker: Unit, unit: Unit) -> Paper:
    """答复单 to one unit that asked; no other unit that asked can see it."""
    with translation.override(PAPER_LANGUAGE):
        context = contexts.answer_sheet(origin, office=unit.name, asker=asker)
        if not context.answers:
            raise ValidationError(_("这个单位没有提出问题，不用出答复单。"))
        sheet, _new = AnswerSheet.objects.get_or_create(origin=origin, asker=asker)
        paper = issue_paper(
            actor=actor, kind=answer_sheet.NAME, subject=sheet, context=context, unit=unit
        )
    notify(
        actor=actor,
        recipients=members([asker.pk]),
        kind="duties.changed",
        subject=_("答复单：%(title)s") % {"title": origin.title},
        text=_("您单位所提问题的答复单已印发，请逐件认可或退回。"),
        url=paper.get_absolute_url(),
        key=f"answer:{paper.pk}",
    )
    return paper


@action("workflow.issue_reply", gettext_lazy("出办理结果"))
def issue_reply(*, actor: User | None, origin: Origin, unit: Unit) -> Paper:
    """What goes back to whom an instruction or an inspection came from."""
    if not origin.is_settled:
        raise ValidationError(_("还没有销号：先写回复、销号，再出办理结果。"))
    with translation.override(PAPER_LANGUAGE):
        context = contexts.reply_sheet(origin, office=unit.name)
        title = f"关于“{origin.title}”办理结果的报告"
        return issue_paper(
            actor=actor,
            kind=answer_sheet.NAME,
            subject=origin,
            context=context,
            title=title,
            unit=unit,
        )


@action("workflow.issue_bulletin", gettext_lazy("出事项简报"))
def issue_bulletin(
    *,
    actor: User | None,
    statistics: Statistics,
    days: tuple[date, date],
    unit: Unit,
    headline: str,
    lead: str,
    text: str,
) -> Paper:
    """简报 of a period: the sums of its statistics, each with source and day."""
    with translation.override(PAPER_LANGUAGE):
        context = Bulletin(
            office=unit.name,
            headline=headline,
            lead=lead,
            items=(Item(heading="办理情况", text=text),),
            figures=contexts.figures(statistics, days),
        )
        return issue_paper(
            actor=actor, kind=KindName.BULLETIN, subject=None, context=context, unit=unit
        )

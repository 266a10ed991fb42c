"""A case as lists and pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lianshang.apps.policies.choices import CaseState, StepKind
from lianshang.apps.policies.models import DeliveryCase, Receipt, StepEntry
from lianshang.apps.policies.queries.delivery import account_shown, obstacle
from lianshang.apps.policies.queries.instalments import first_open, not_due, part_lines
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.files.models import Attachment
from lianshang.core.files.queries import attachments_of
from lianshang.core.ui.states import badge
from lianshang.core.workflow.queries.standings import standings
from lianshang.core.workflow.wording import due_words

TONES = {
    CaseState.LISTED: "unknown",
    CaseState.EXCLUDED: "not",
    CaseState.RUNNING: "person",
    CaseState.WAITING: "unknown",
    CaseState.DECLINED: "not",
    CaseState.WITHDRAWN: "not",
    CaseState.PAID: "met",
    CaseState.CLOSED: "met",
}


@dataclass(frozen=True)
class CaseLine:
    """One row of a table of cases."""

    case: DeliveryCase
    state: SafeString
    account: str
    due: str
    is_late: bool
    paid: Decimal
    part: str = ""  # of a benefit in parts, the one that comes next


def case_lines(cases: Iterable[DeliveryCase]) -> list[CaseLine]:
    """Rows with their due moments; one question for all logs, receipts and parts."""
    found = list(cases)
    duties = [one.duty for one in found if one.duty is not None]
    standing = standings(duties)
    paid = dict(
        Receipt.objects.filter(case__in=found)
        .values_list("case")
        .annotate(sum=Sum("amount"))
        .order_by()
    )
    now, lines, parts = clock.now(), [], part_lines(found)
    for case in found:
        known = standing.get(case.duty_id) if case.duty_id else None
        run = known.next_clock if known else None
        late = bool(known and known.is_overdue(now))
        mark = badge(_("已超期"), "short") if late else case_badge(case)
        words = due_words(run) if run else ""
        part = first_open(parts.get(case.pk, ()))
        lines.append(
            CaseLine(
                case=case,
                state=mark,
                account=account_shown(case),
                due=words,
                is_late=late,
                paid=paid.get(case.pk, Decimal(0)),
                part=str(part.part) if part else "",
            )
        )
    return lines


def case_badge(case: DeliveryCase) -> SafeString:
    return badge(case.get_state_display(), TONES[CaseState(case.state)])


def entries_for(case: DeliveryCase, *, is_office: bool) -> list[StepEntry]:
    """The log, the last first; without the office's own notes for the firm."""
    rows = case.entries.select_related("actor")
    shown = rows if is_office else rows.filter(is_internal=False)
    return list(shown.order_by("-at", "-pk"))


@dataclass(frozen=True)
class UsedMaterial:
    """A material of a case with its files."""

    kind: str
    is_reused: bool
    received_on: Any
    valid_until: Any
    files: list[Attachment]


def materials_of(case: DeliveryCase) -> list[UsedMaterial]:
    """What the firm handed in for the case, and what was taken from earlier."""
    return [
        UsedMaterial(
            kind=use.material.kind,
            is_reused=use.is_reused,
            received_on=use.material.received_on,
            valid_until=use.material.valid_until,
            files=list(attachments_of(use.material)),
        )
        for use in case.materials.select_related("material")
    ]


def next_words(case: DeliveryCase, *, is_office: bool) -> str:
    """Whose turn it is, in a sentence."""
    words = {
        CaseState.LISTED: _("名单待核，还没有通知企业。"),
        CaseState.EXCLUDED: _("已移出名单，没有通知企业。"),
        CaseState.WAITING: _("等企业答复，计时暂停。") if is_office else _("等您答复，计时暂停。"),
        CaseState.DECLINED: _("不予兑现，理由见办理记录；企业可以提出不认可。"),
        CaseState.WITHDRAWN: _("企业放弃，已结束。"),
        CaseState.PAID: _("已登记到账，等企业确认并评价。"),
        CaseState.CLOSED: _("已办结。"),
    }
    running = _("轮到主办单位办理。") if is_office else _("主办单位正在办理，您不用做什么。")
    if case.state == CaseState.RUNNING and case.step == StepKind.PAYMENT_LETTER:
        running = not_due(case) or running
    if is_office and case.state == CaseState.RUNNING:
        running = obstacle(case) or running
    return words.get(CaseState(case.state), running)


def cases_of(user: User) -> list[CaseLine]:
    """A firm's own cases, the newest first."""
    own = DeliveryCase.objects.filter(enterprise__unit__in=user.unit_ids(), duty__isnull=False)
    return case_lines(own.select_related("round__policy", "enterprise", "duty").order_by("-pk"))

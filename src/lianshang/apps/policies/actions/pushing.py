"""Telling firms and their officers: one digest each per run, nothing twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.models import Enterprise, ServiceOfficer
from lianshang.apps.policies.choices import NewsKind
from lianshang.apps.policies.models import StandingChange, ToldAhead
from lianshang.apps.policies.queries import news as queries
from lianshang.apps.policies.queries.answers import Answer, answers
from lianshang.apps.policies.queries.explanations import entries_of
from lianshang.apps.policies.queries.library import stages
from lianshang.apps.policies.queries.news import News
from lianshang.apps.policies.queries.reasons import reason
from lianshang.apps.policies.queries.wording import label
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.notices.actions import notify
from lianshang.core.ui import formats

KINDS = {
    "policies.entitled": gettext_lazy("政策：新符合"),
    "policies.lost_soon": gettext_lazy("政策：即将失去或不再符合"),
    "policies.one_step": gettext_lazy("政策：差一步"),
    "policies.window": gettext_lazy("政策：申报即将截止"),
}
# Under which kind a digest goes out: that of the most pressing thing in it.
KIND_OF = {
    NewsKind.ENTITLED: "policies.entitled",
    NewsKind.LOST: "policies.lost_soon",
    NewsKind.LOST_SOON: "policies.lost_soon",
    NewsKind.WINDOW_5: "policies.window",
    NewsKind.WINDOW_15: "policies.window",
    NewsKind.ONE_STEP: "policies.one_step",
}
ORDER = list(NewsKind)
NAMED = 20  # policies in one digest; more are counted
FIRMS_NAMED = 30  # firms in one digest of an officer


@action("policies.push", gettext_lazy("推送政策结果变化"))
def push_news(*, actor: User | None, look_ahead: bool = False) -> int:
    """Tell whatever was not told yet; with `look_ahead` also what is about to end or to close.

    How many people were told.
    """
    today = clock.today()
    # Locked, so that two workers never tell the same change.
    pending = list(_pending().select_for_update(of=("self",), skip_locked=True).order_by("pk"))
    found = queries.changed(pending)
    if look_ahead:
        days = settings.POLICY_LOOK_AHEAD_DAYS
        ahead = [*queries.ending(today, days), *queries.closing(today)]
        found += queries.untold(_dated(ahead, today, days))
    by_firm: dict[int, list[News]] = defaultdict(list)
    for one in found:
        by_firm[one.enterprise].append(one)
    firms = {one.pk: one for one in Enterprise.objects.present().filter(pk__in=by_firm)}
    digests = {pk: _lines(firms[pk], by_firm[pk], today) for pk in sorted(firms)}
    told = sum(_tell_firm(actor, firms[pk], by_firm[pk], digests[pk]) for pk in digests)
    told += _tell_officers(actor, firms, by_firm, digests)
    _remember(pending, found)
    return told


def _pending() -> QuerySet[StandingChange]:
    return StandingChange.objects.filter(told_at__isnull=True).select_related("policy")


def _dated(ahead: Iterable[News], today: date, days: int) -> list[News]:
    """Each with the day it is about; where no single date says it, the year tells it once."""
    listed = list(ahead)
    open_ones = {one.enterprise for one in listed if one.day is None}
    firms = {one.pk: one for one in Enterprise.objects.filter(pk__in=open_ones)}
    compiled = {one.policy.id: one for stage in stages(today) for one in stage}
    entries = {pk: entries_of(firm, on=today) for pk, firm in firms.items()}
    dated = []
    for one in listed:
        if one.day is None and one.code in compiled:
            day = queries.last_day(compiled[one.code], entries[one.enterprise], today, days)
            dated.append(replace(one, day=day or date(today.year - 1, 12, 31)))
        elif one.day is not None:
            dated.append(one)
    return dated


def _lines(firm: Enterprise, news: Sequence[News], today: date) -> list[str]:
    """A line per policy, the pressing ones first."""
    by_code = {one.code: one for one in answers(firm, on=today)}
    ordered = sorted(news, key=lambda one: (ORDER.index(one.kind), -(one.amount or 0)))
    lines = [_line(one, by_code.get(one.code), today) for one in ordered[:NAMED]]
    if len(ordered) > NAMED:
        lines.append(_("另有 %(n)s 项，见“我的政策”。") % {"n": len(ordered) - NAMED})
    return lines


def _line(one: News, answer: Answer | None, today: date) -> str:
    name = label(answer.compiled.policy.name) if answer else one.code
    worth = f"，{strip_tags(formats.money(one.amount))}" if one.amount else ""
    said = {"name": name, "worth": worth, "why": reason(answer) if answer else "", "day": one.day}
    if one.kind is NewsKind.ENTITLED:
        return _("新符合：%(name)s%(worth)s") % said
    if one.kind is NewsKind.LOST:
        return _("不再符合：%(name)s。%(why)s") % said if answer else _("已到期：%(name)s") % said
    if one.kind is NewsKind.LOST_SOON:
        if one.day and one.day >= today:
            return _("即将失去：%(name)s%(worth)s，%(day)s 之后不再符合") % said
        ahead = {**said, "days": settings.POLICY_LOOK_AHEAD_DAYS}
        return _("即将失去：%(name)s%(worth)s，%(days)s 天内按现有数据将不再符合") % ahead
    if one.kind is NewsKind.ONE_STEP:
        return _("差一步：%(name)s%(worth)s。%(why)s") % said
    left = (one.day - today).days if one.day else 0
    return _("即将截止：%(name)s%(worth)s，%(day)s 截止，还有 %(left)s 天") % {**said, "left": left}


def _tell_firm(
    actor: User | None, firm: Enterprise, news: Sequence[News], lines: Sequence[str]
) -> int:
    people = User.objects.filter(
        memberships__in=firm.unit.memberships.in_force().filter(role=Role.ENTERPRISE)
    )
    return notify(
        actor=actor,
        recipients=people.distinct(),
        kind=_kind(news),
        subject=_("%(firm)s：%(n)s 项政策有变化") % {"firm": firm.name, "n": len(news)},
        text=_text(lines),
        url=f"{reverse('policies:mine')}?firm={firm.pk}",
        key=f"policies.push:{firm.pk}:{_run(news)}",
        unit=firm.unit,
    )


def _tell_officers(
    actor: User | None,
    firms: Mapping[int, Enterprise],
    by_firm: Mapping[int, Sequence[News]],
    digests: Mapping[int, Sequence[str]],
) -> int:
    """One digest for each officer, whatever the number of firms."""
    served: dict[User, list[int]] = defaultdict(list)
    serving = ServiceOfficer.objects.in_force().filter(enterprise__in=firms)
    for one in serving.select_related("user").order_by("enterprise__name_key"):
        served[one.user].append(one.enterprise_id)
    told = 0
    for officer, keys in served.items():
        news = [one for key in keys for one in by_firm[key]]
        lines = [f"【{firms[key].name}】" + "；".join(digests[key]) for key in keys[:FIRMS_NAMED]]
        if len(keys) > FIRMS_NAMED:
            lines.append(_("另有 %(n)s 家企业。") % {"n": len(keys) - FIRMS_NAMED})
        told += notify(
            actor=actor,
            recipients=[officer],
            kind=_kind(news),
            subject=_("您服务的 %(n)s 家企业政策有变化") % {"n": len(keys)},
            text=_text(lines),
            url=f"{reverse('policies:mine')}?firm={keys[0]}" if len(keys) == 1 else "/enterprises/",
            key=f"policies.push.officer:{_run(news)}",
        )
    return told


def _text(lines: Sequence[str]) -> str:
    return "\n".join([*lines, _("预匹配结果，以主管部门审核为准。")])


def _kind(news: Sequence[News]) -> str:
    return KIND_OF[min((one.kind for one in news), key=ORDER.index)]


def _run(news: Sequence[News]) -> str:
    """What this digest is about, as a key: its last change, and the day if it looks ahead."""
    last = max((one.change or 0 for one in news), default=0)
    ahead = any(one.change is None for one in news)
    return f"{last}:{clock.today()}" if ahead else f"{last}"


def _remember(pending: Sequence[StandingChange], found: Sequence[News]) -> None:
    now = clock.now()
    StandingChange.objects.filter(pk__in=[one.pk for one in pending]).update(told_at=now)
    ToldAhead.objects.bulk_create(
        [
            ToldAhead(
                enterprise_id=one.enterprise,
                policy_id=one.policy,
                kind=one.kind,
                day=one.day,
                told_at=now,
            )
            for one in found
            if one.change is None and one.day
        ],
        ignore_conflicts=True,
    )

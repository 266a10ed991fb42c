"""Covering firms, counting members, leaving firms out of the denominator."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.party.choices import (
    COVERING,
    ORGANIZED,
    CoverForm,
    Nature,
    OrganizationKind,
)
from lianshang.apps.party.models import Coverage, LeftOut, MemberCount, PartyOrganization
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action


@action("party.cover", gettext_lazy("登记覆盖"))
def cover_firm(
    *,
    actor: User | None,
    enterprise: Enterprise,
    organization: PartyOrganization,
    form: str,
    instructor: User | None = None,
    document: str = "",
    since: date | None = None,
    reason: str = "",
) -> Coverage:
    """An organisation covers a firm from a day on; doing it twice changes nothing.

    A form that makes the firm organised ends the ones it had before: a firm has one organisation.
    """
    since = since or clock.today()
    _check(organization, form, since)
    held = Coverage.objects.filter(
        enterprise=enterprise, organization=organization, form=form, until=None
    ).first()
    if held is not None:
        return held
    if form in ORGANIZED and organization.nature == Nature.ENTITY:
        for before in Coverage.objects.filter(
            enterprise=enterprise,
            form__in=ORGANIZED,
            organization__nature=Nature.ENTITY,
            until=None,
        ):
            _end(before, since - timedelta(days=1))
    return Coverage.objects.create(
        enterprise=enterprise,
        organization=organization,
        form=form,
        instructor=instructor,
        document=document,
        since=since,
    )


def _check(organization: PartyOrganization, form: str, since: date) -> None:
    """What cannot be so, whatever an exception allows."""
    if organization.ended_on and organization.ended_on <= since:
        raise ValidationError({"organization": _("该组织已于 %s 撤销。") % organization.ended_on})
    if since < organization.founded_on:
        raise ValidationError({"since": _("早于该组织成立日期 %s。") % organization.founded_on})
    if form in ORGANIZED and organization.kind not in COVERING:
        raise ValidationError(
            {"form": _("%s不是党组织，只能登记为群团工作。") % organization.get_kind_display()}
        )
    if form == CoverForm.JOINT and organization.kind != OrganizationKind.JOINT_BRANCH:
        raise ValidationError({"form": _("联合组建须登记在联合党支部名下。")})


@action("party.end_coverage", gettext_lazy("结束覆盖"))
def end_coverage(*, actor: User | None, coverage: Coverage, on: date, reason: str) -> None:
    """The last day of a coverage."""
    if on < coverage.since:
        raise ValidationError({"on": _("早于开始日期 %s。") % coverage.since})
    _end(coverage, on)


def _end(coverage: Coverage, on: date) -> None:
    coverage.until = max(on, coverage.since)
    coverage.save(update_fields=["until"])


@action("party.count_members", gettext_lazy("登记党员人数"))
def count_members(
    *,
    actor: User | None,
    enterprise: Enterprise,
    full: int,
    probationary: int = 0,
    basis: str,
    on: date | None = None,
    reason: str = "",
) -> MemberCount:
    """How many members work in a firm: numbers only, never names."""
    on = on or clock.today()
    if on > clock.today():
        raise ValidationError({"on": _("截至日期在将来。")})
    return MemberCount.objects.create(
        enterprise=enterprise,
        full=full,
        probationary=probationary,
        basis=basis,
        on=on,
        recorded_by=actor,
    )


@action("party.leave_out", gettext_lazy("不计入覆盖统计"))
def leave_out(
    *,
    actor: User | None,
    enterprise: Enterprise,
    why: str,
    evidence: str,
    since: date | None = None,
    reason: str = "",
) -> LeftOut:
    """Take a firm out of the denominator, with a reason that somebody can check."""
    if LeftOut.objects.filter(enterprise=enterprise, until=None).exists():
        raise ValidationError(_("该企业已登记为不计入。"))
    return LeftOut.objects.create(
        enterprise=enterprise, why=why, evidence=evidence, since=since or clock.today()
    )


@action("party.count_again", gettext_lazy("恢复计入"))
def count_again(*, actor: User | None, left_out: LeftOut, reason: str) -> None:
    """Count the firm again from today."""
    left_out.until = max(clock.today() - timedelta(days=1), left_out.since)
    left_out.save(update_fields=["until"])

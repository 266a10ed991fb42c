"""The invented policies on their way to firms: a reward halfway, one paid, one returned."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import yaml

from lianshang.cli.demo import accounts as who
from lianshang.cli.demo.delivery.people import (
    CONTACTS,
    Past,
    account,
    demo_firm,
    document,
    engage,
    review,
    unit,
    user,
)
from lianshang.cli.demo.founding import REASON

if TYPE_CHECKING:
    from lianshang.apps.enterprises.models import Enterprise
    from lianshang.apps.policies.models import DeliveryCase, DeliveryRound, Policy

FILE = Path(__file__).with_name("policies.yaml")
OFFICE, SCIENCE = "demo.office", "demo.science"
CONTACT = "示例路 1 号（演示），电话 000-00000000"
ENOUGH = 3_000_000  # R&D expense of a year (yuan) with which a firm is on the list
AUDIT, PLAN, LICENCE = "研发费用专项审计报告", "研发平台建设方案", "营业执照"


def put_policies(now: datetime) -> dict[str, Policy]:
    """The three of policies.yaml, some weeks ago: channel → policy."""
    from lianshang.apps.policies.actions.library import put_policy
    from lianshang.apps.policies.choices import Origin

    words = {"year": now.year, "last": now.year - 1, "economy": who.ECONOMY, "science": who.SCIENCE}
    told = yaml.safe_load(Template(FILE.read_text(encoding="utf-8")).substitute(words))
    owners = {"automatic": who.ECONOMY, "fast": who.ECONOMY, "application": who.SCIENCE}
    found = {}
    with Past(now).at(32, 9):
        for mapping in told["policies"]:
            owner = unit(owners[mapping["channel"]])
            found[mapping["channel"]] = put_policy(
                actor=None, mapping=mapping, origin=Origin.ZONE, owner=owner, reason=REASON
            )
    return found


def deliver(now: datetime, *, with_list: bool) -> int:
    """Deliver them; a register too large for a demo has no automatic list. How many cases."""
    from lianshang.apps.policies.models import DeliveryCase

    policies, past = put_policies(now), Past(now)
    firms = _firms(past)
    with past.at(30, 9):
        people = engage(firms[1:]) | {firms[0].pk: user("demo.firm")}
    _paid_before(policies["fast"], firms, people, past)
    if with_list:
        _list_halfway(policies["automatic"], people, past)
    _applications(policies["application"], firms, people, past)
    _fast_now(policies["fast"], firms, people, past)
    return DeliveryCase.objects.count()


def _firms(past: Past) -> list[Enterprise]:
    """The demo's own firm, and some that spend enough on R&D."""
    from lianshang.apps.enterprises.models import Enterprise

    first, year = demo_firm(), past.local.year - 1
    titled = Enterprise.objects.operating().filter(
        facts__quantity__code="title_techsme", facts__flag=True, kind="firm"
    )
    spending = titled.filter(
        facts__quantity__code="rd_exp", facts__year=year, facts__number__gte=ENOUGH
    )
    others = spending.exclude(pk=first.pk).distinct().order_by("pk")
    return [first, *others[: len(CONTACTS)]]


def _open(policy: Policy, username: str, title: str, year: int, key: str) -> DeliveryRound:
    from lianshang.apps.policies.actions.rounds import open_round

    assert policy.owner is not None
    return open_round(
        actor=user(username),
        policy=policy,
        title=title,
        office=policy.owner,
        year=year,
        request_key=f"demo:{key}",
    )


def _publish_guide(policy: Policy, username: str, conditions: str) -> None:
    from lianshang.apps.policies.actions.guides import publish_guide
    from lianshang.apps.policies.models import Guide

    publish_guide(
        actor=user(username),
        guide=Guide.objects.get(policy=policy),
        object="在示例高新区经营的企业",
        conditions=conditions,
        time_limit="受理后 60 个工作日内拨付",
        address="示例路 1 号政务中心 3 楼 12 号窗口（演示）",
        phone="000-00000000",
    )


def _apply(delivery: DeliveryRound, firm: Enterprise, person: Any, **papers: Any) -> DeliveryCase:
    from lianshang.apps.policies.actions.applications import Papers, apply

    return apply(
        actor=person,
        delivery=delivery,
        enterprise=firm,
        account=account(firm),
        papers=Papers(**papers),
    )


def _paid_before(policy: Policy, firms: list[Enterprise], people: Any, past: Past) -> None:
    """Last year's round of the fast grant: paid to three, of whom one has said how it went."""
    from lianshang.apps.policies.actions.applications import rate_case
    from lianshang.apps.policies.actions.payments import enter_receipt, issue_payment_letter
    from lianshang.apps.policies.actions.publicity import end_notice, publish_notice

    year = past.local.year - 1
    with past.at(28, 9):
        delivery = _open(policy, OFFICE, f"{year}年度中小企业研发补助", year, "fast-before")
    with past.at(27, 10):
        _publish_guide(policy, OFFICE, "上年营业收入不超过 2 亿元；上年研发费用不低于 50 万元")
    with past.at(26, 10):
        cases = [
            _apply(delivery, firm, people[firm.pk], files={LICENCE: document(LICENCE)})
            for firm in firms[:4]
        ]
    with past.at(25, 15):
        review(OFFICE, cases, "pass")
    with past.at(24, 9):
        notice = publish_notice(actor=user(OFFICE), delivery=delivery, days=5, contact=CONTACT)
    with past.at(18, 9):
        end_notice(actor=None, notice=notice)
    with past.at(17, 10):
        issue_payment_letter(
            actor=user(OFFICE), delivery=delivery, addressee="示例财政金融局（演示）"
        )
    for number, case in enumerate(cases[:3], start=1):
        with past.at(9, 10):
            enter_receipt(
                actor=user(OFFICE),
                case=case,
                paid_on=past.local.date() - timedelta(days=14),
                amount=Decimal(80_000),
                voucher=f"示例凭{number:04d}",
            )
    with past.at(8, 11):
        rate_case(actor=people[firms[1].pk], case=cases[1], rating=5, words="到账比预计快。")


def _list_halfway(policy: Policy, people: Any, past: Past) -> None:
    """The automatic reward: cases at the check, the wish, the decision, a notice that runs."""
    from lianshang.apps.policies.actions.rounds import send_list

    year = past.local.year
    with past.at(22, 9):
        delivery = _open(policy, OFFICE, f"{year}年研发投入奖励第一批", year, "automatic")
    cases = list(delivery.cases.filter(state="listed").select_related("enterprise"))
    cases.sort(key=lambda case: (case.enterprise_id not in people, case.pk))
    with past.at(21, 9):
        _publish_guide(policy, OFFICE, "上年研发费用不低于 200 万元，占营业收入不低于 4.5%")
        if len(cases) > len(CONTACTS):
            review(OFFICE, [cases.pop()], "exclude", reason="年报数据与税务数据不一致，先核对")
    with past.at(21, 15):
        send_list(actor=user(OFFICE), delivery=delivery, reason="名单已核对")
    with past.at(20, 10):
        review(OFFICE, cases[: max(len(cases) - 2, 1)], "pass")
    willing = _answer(cases, people, past)
    if willing:
        _decide(delivery, willing, past)


def _answer(cases: list[DeliveryCase], people: Any, past: Past) -> list[DeliveryCase]:
    """The firms that have somebody answer, but for the demo's own, which is waited for."""
    from lianshang.apps.policies.actions.applications import answer_wish

    willing = []
    for case in cases:
        case.refresh_from_db()
        person = people.get(case.enterprise_id)
        if case.step != "wish" or person is None or person.username == "demo.firm":
            continue
        with past.at(19, 10):
            answer_wish(actor=person, case=case, account=account(case.enterprise))
        willing.append(case)
    return willing


def _decide(delivery: DeliveryRound, willing: list[DeliveryCase], past: Past) -> None:
    """Credit, opinions, meeting, notice; one stays for the meeting, to one somebody objects."""
    from lianshang.apps.policies.actions.publicity import publish_notice, record_objection
    from lianshang.apps.policies.actions.rounds import ask_opinions, record_decision
    from lianshang.core.workflow.actions.duties import act_on

    with past.at(16, 9):
        review(OFFICE, willing, "pass")
        asked = ask_opinions(
            actor=user(OFFICE),
            delivery=delivery,
            units=[unit(who.SCIENCE)],
            text="请核对名单企业的研发费用归集和失信记录。",
        )
    with past.at(14, 15):
        act_on(actor=user(SCIENCE), duty=asked[0].duty, act="accept")
    with past.at(12, 15):
        asked[0].duty.refresh_from_db()
        act_on(actor=user(SCIENCE), duty=asked[0].duty, act="claim", reason="名单企业均无异常。")
    with past.at(11, 10):
        review(OFFICE, willing, "pass")
    with past.at(6, 10):
        record_decision(
            actor=user(OFFICE),
            delivery=delivery,
            decided_on=past.local.date() - timedelta(days=10),
            decision=f"示高管纪〔{past.local.year}〕12号",
        )
        review(OFFICE, willing[1:] or willing, "pass")
    with past.at(2, 9):
        notice = publish_notice(actor=user(OFFICE), delivery=delivery, days=5, contact=CONTACT)
    if len(willing) > 2:
        with past.at(1, 11):
            record_objection(
                actor=user(OFFICE),
                notice=notice,
                case=willing[-1],
                text="对公示的研发费用数额有疑问，请复核。",
                said_by="示例来信人（演示）",
            )


def _applications(policy: Policy, firms: list[Enterprise], people: Any, past: Past) -> None:
    """One accepted, one waiting to be, and the demo firm's returned for a material."""
    year = past.local.year
    with past.at(7, 9):
        delivery = _open(policy, SCIENCE, f"{year}年研发平台建设补助", year, "application")
    with past.at(5, 10):
        own, second, _third = (
            _apply(
                delivery,
                firm,
                people[firm.pk],
                files={kind: document(kind) for kind in kinds},
                reused=(LICENCE,),
            )
            for firm, kinds in zip(firms[:3], [(AUDIT,), (AUDIT, PLAN), (AUDIT, PLAN)], strict=True)
        )
    with past.at(4, 10):
        review(SCIENCE, [second], "pass")
    with past.at(3, 15):
        reason = "缺建设方案，请补交后继续办理"
        review(SCIENCE, [own], "return", reason=reason, missing=[PLAN])


def _fast_now(policy: Policy, firms: list[Enterprise], people: Any, past: Past) -> None:
    """This year's round of the fast grant, open to the demo firm."""
    year = past.local.year
    with past.at(4, 9):
        delivery = _open(policy, OFFICE, f"{year}年度中小企业研发补助", year, "fast")
    with past.at(3, 10):
        for firm in firms[4:6]:
            _apply(delivery, firm, people[firm.pk], reused=(LICENCE,))

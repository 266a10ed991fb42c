"""What lies on desks: drafts of policies, values to be checked, firms that were told."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from lianshang.cli.demo import accounts as who
from lianshang.cli.demo.delivery.people import Past, demo_firm, document, unit, user

SCIENCE, OFFICE = "demo.science", "demo.office"
PLAIN, SUSPECTED = "示例高新区中小企业研发起步奖励", "示例高新区招引项目奖励（反面例子）"
TOLD = 6  # firms that were told what they lack


def write_drafts(now: datetime) -> None:
    """One that waits for another person's judgement, and one that nobody should publish."""
    from lianshang.apps.policies.actions.drafts import answer_review, start_draft, submit_draft
    from lianshang.apps.policies.queries import fair_competition
    from lianshang.apps.policies.queries.draft_templates import from_template

    past = Past(now)
    day = date(now.year, 1, 1).isoformat()
    names = {"name": PLAIN, "owner": who.SCIENCE}
    text, cases = from_template("grant", code=f"zone.demo.start_{now.year}", day=day, **names)
    no = {one.id: {"answer": "no", "reason": "不涉及"} for one in fair_competition.questions()}
    with past.at(6, 10):
        draft = start_draft(
            actor=user(SCIENCE), name=PLAIN, owner=unit(who.SCIENCE), text=text, cases=cases
        )
    with past.at(3, 16):
        draft = answer_review(actor=user(SCIENCE), draft=draft, answers=no)
        submit_draft(actor=user(SCIENCE), draft=draft)
    names = {"name": SUSPECTED, "owner": who.ECONOMY}
    text, cases = from_template("grant", code=f"zone.demo.attract_{now.year}", day=day, **names)
    before = "按上年研发费用的比例奖励，不超过上限"
    text = text.replace(before, "新迁入企业按上年研发费用的比例奖励，五年内不迁出")
    with past.at(2, 11):
        start_draft(
            actor=user(OFFICE), name=SUSPECTED, owner=unit(who.ECONOMY), text=text, cases=cases
        )


def supply_facts(now: datetime) -> None:
    """What the demo firm says of itself, with proof or without, and nobody has checked."""
    from lianshang.apps.enterprises.actions.checks import supply_fact
    from lianshang.apps.enterprises.models import Quantity, Source

    firm, person = demo_firm(), user("demo.firm")
    source = Source.objects.get(code="firm")
    told: tuple[tuple[str, Decimal | bool, int | None, str], ...] = (
        ("own_rd_institution", True, None, "研发机构设立文件"),
        ("ip2_held_count", Decimal(7), None, ""),
        ("transformed_results", Decimal(4), now.year - 1, "成果转化清单"),
    )
    for days, (code, value, year, proof) in enumerate(told, start=1):
        with Past(now).at(days, 16):
            supply_fact(
                actor=person,
                enterprise=firm,
                quantity=Quantity.objects.get(code=code),
                value=value,
                year=year,
                source=source,
                proof=document(proof) if proof else None,
            )


def tell_firms() -> int:
    """The officer tells the firms that have an account and lack one step; how many."""
    from lianshang.apps.policies.actions.telling import tell_firms as tell
    from lianshang.apps.policies.queries import one_step
    from lianshang.core import clock

    officer = user(OFFICE)
    near = one_step.near_firms(officer, clock.today())
    with_account = near.filter(enterprise__unit__memberships__role="enterprise")
    keys = list(with_account.order_by("pk").values_list("pk", flat=True)[:TOLD])
    return tell(actor=officer, assessments=keys) if keys else 0

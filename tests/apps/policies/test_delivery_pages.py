"""The guide, the order of the steps, and who sees which page of a delivery."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.test import Client
from tests.apps.policies.delivery_town import ACCOUNT, Town, case_of, publish
from tests.engines.worktime.china import at

from lianshang.apps.policies.actions.guides import open_due_guides
from lianshang.apps.policies.models import DeliveryCase, Guide, Procedure, StepEntry
from lianshang.core import clock
from lianshang.core.workflow.choices import State
from lianshang.core.workflow.queries.standings import standing_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time() -> Iterator[clock.StandingClock]:
    with clock.standing_at(at("2026-06-01 08:30")) as standing:
        yield standing


@pytest.fixture
def town() -> Town:
    return Town()


def test_the_guide_is_owed_in_seven_working_days_and_published(
    town: Town, time: clock.StandingClock
) -> None:
    policy = publish(code="x.fast", channel="fast")
    policy.owner, policy.published_on = town.office, clock.today()
    policy.save()
    assert (open_due_guides(actor=None), open_due_guides(actor=None)) == (1, 0)
    guide = Guide.objects.get()
    due = standing_of(guide.duty).due_at
    assert f"{due:%Y-%m-%d %H:%M}" == "2026-06-09 17:30"
    anybody = Client(headers={"accept-language": "zh-hans"})
    assert anybody.get(f"/policies/{policy.pk}/guide/").status_code == 404
    edit = f"/policies/{policy.pk}/guide/edit/"
    assert "上年研发费用达到下限" in town.clerks.get(edit).text
    time.move_to(at("2026-06-03 10:00"))
    fields = {
        "object": "区内企业",
        "conditions": "上年研发费用达到下限",
        "time_limit": "60 个工作日",
        "address": "示例路 1 号",
        "phone": "000-0000",
    }
    assert town.clerks.post(edit, fields).status_code == 302
    page = anybody.get(f"/policies/{policy.pk}/guide/").text
    for words in (*fields.values(), "营业执照"):
        assert words in page
    guide.duty.refresh_from_db()
    assert guide.duty.state == State.CLOSED


def test_the_order_of_steps_is_the_zones_and_an_open_round_keeps_its_own(town: Town) -> None:
    delivery = town.open(publish(code="x.fast", channel="fast"), "示例快享")
    procedure = Procedure.objects.get(channel="fast")
    page = f"/policies/procedures/{procedure.pk}/"
    steps = {step.kind: step for step in procedure.steps.all()}

    def form(**order: int) -> dict[str, object]:
        told_it: dict[str, object] = {"notice_days": 7}
        for place, (kind, step) in enumerate(steps.items(), start=1):
            told_it[f"order_{step.pk}"] = order.get(kind, place)
            told_it[f"active_{step.pk}"] = "on"
            told_it[f"who_{step.pk}"], told_it[f"counts_{step.pk}"] = step.who, "case"
            told_it[f"days_{step.pk}"] = step.days or ""
        return told_it

    refused = town.clerks.post(page, form(payment_letter=2, review=3, notice=4))
    assert (refused.status_code, "“审核”要在“拨付函”之前。" in refused.text) == (422, True)
    without = form()
    del without[f"active_{steps['notice'].pk}"]
    assert town.clerks.post(page, without).status_code == 302
    later = town.open(publish(code="x.fast2", channel="fast"), "示例快享二")
    assert "notice" in delivery.kinds
    assert later.kinds == ["page", "review", "payment_letter", "receipt", "rating"]
    assert later.notice_days == 7


def test_the_firm_sees_its_own_case_without_the_offices_notes(town: Town) -> None:
    firm, other = town.firm("示例甲有限公司", 2_000_000), town.firm("示例乙有限公司")
    fast = town.open(publish(code="x.fast", channel="fast"), "示例快享")
    own = town.firms(firm)
    own.post(f"/policies/delivery/{fast.pk}/apply/", ACCOUNT)
    case = case_of(fast, firm)
    note = {"reason": "核对了税务数据"}
    assert town.clerks.post(f"/policies/cases/{case.pk}/note/", note).status_code == 302
    shown = town.clerks.get(case.get_absolute_url())
    assert "核对了税务数据" in shown.text
    current = [str(one.label) for one in shown.context["menu"] if one.is_current]
    assert current == ["兑现"]
    page = own.get(case.get_absolute_url()).text
    assert "核对了税务数据" not in page
    assert "一页确认 · 通过" in page
    assert ACCOUNT["number"] not in page
    assert "示例研发投入奖励" in own.get("/").text
    assert town.firms(other).get(case.get_absolute_url()).status_code == 404
    assert town.firms(other).post(f"/policies/cases/{case.pk}/withdraw/").status_code == 404
    raw = DeliveryCase.objects.raw("SELECT id, account AS cipher FROM policies_deliverycase")
    assert ACCOUNT["number"] not in raw[0].cipher
    with pytest.raises(Exception, match="Cannot update"):
        StepEntry.objects.filter(case=case).update(reason="别的")


PROGRAM = """
import django; django.setup()
from django.urls import reverse
from lianshang.core.workflow.models import Duty
names = ("case", "apply", "notice", "guide", "rate", "supply", "answer-wish")
print([reverse("policies:" + name, args=[1]) for name in names], Duty(pk=7).get_absolute_url())
"""


def test_firms_and_anybody_reach_their_pages_on_the_outside_face() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={
            **os.environ,
            "LIANSHANG_FACE": "outside",
            "DJANGO_SETTINGS_MODULE": "lianshang.config.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert "'/policies/cases/1/', '/policies/delivery/1/apply/'" in done.stdout
    assert done.stdout.strip().endswith("/duties/7/")

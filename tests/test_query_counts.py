"""How many queries each page asks is written down in query_counts.json; more rows ask no more.

After a deliberate change: LIANSHANG_WRITE_COUNTS=1 script/test tests/test_query_counts.py, and say
why.
"""

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianshang.apps.enterprises.models import Enterprise, ServiceOfficer
from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.actions.library import sync_policies
from lianshang.apps.policies.models import Policy
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.workflow.actions.builtin import add_missing_kinds
from lianshang.core.workflow.actions.duties import act_on, open_duty
from lianshang.core.workflow.models import Duty, DutyKind
from tests import factories

pytestmark = pytest.mark.django_db
PINNED = Path(__file__).with_name("query_counts.json")
PAGES = {
    "office_staff": (
        *("/", "/enterprises/", "/enterprises/{firm}/", "/enterprises/{firm}/?tab=facts"),
        *("/enterprises/{firm}/?tab=policies", "/enterprises/{firm}/?tab=history"),
        *("/enterprises/{firm}/?tab=accesses", "/enterprises/quantities/"),
        *("/enterprises/conflicts/", "/policies/", "/policies/{policy}/"),
        *("/policies/{policy}/firms/", "/policies/one-step/", "/imports/"),
        *("/duties/", "/duties/{duty}/", "/duties/?show=asked", "/duties/origins/"),
        *("/duties/statistics/", "/duties/kinds/", "/duties/deeds/", "/papers/"),
        *("/notices/", "/calendar/", "/practices/"),
    ),
    "service_officer": ("/", "/enterprises/", "/policies/one-step/"),
    "enterprise": ("/",),
    "security_admin": ("/account/users/",),
    "audit_admin": ("/audit/actions/", "/audit/accesses/"),
}


def _zone(firms: int) -> None:
    factories.zone()
    sync_policies(actor=None)
    for number in range(firms):
        firm = factories.firm(industry_code="C3976")
        factories.fact(firm, "taxable_income", Decimal(3_000_100), year=2025)
        factories.fact(firm, "revenue", 9_000_000, year=2025, source="annual_report")
        factories.fact(firm, "revenue", 9_100_000 + number, year=2025, source="firm")
    evaluate_register(actor=None)


def _people() -> dict[str, User]:
    people = {role: factories.user(role) for role in PAGES if role != Role.ENTERPRISE}
    first = Enterprise.objects.first()
    people["enterprise"] = factories.user(Role.ENTERPRISE, unit=first.unit)
    for firm in Enterprise.objects.all():
        ServiceOfficer.objects.create(user=people["service_officer"], enterprise=firm)
    return people


def _duties(owner: User, asker: User, number: int) -> Duty:
    """So many duties that one's office owes to the other's, with a word on each; the first."""
    add_missing_kinds(actor=None)
    kind = DutyKind.objects.get(code="request")
    units = [person.current_memberships[0].unit for person in (owner, asker)]
    for turn in range(number):
        duty = open_duty(
            actor=asker, kind=kind, title=f"示例事项{turn}", owner=units[0], asker=units[1]
        )
        act_on(actor=owner, duty=duty, act="accept")
        back = open_duty(
            actor=owner, kind=kind, title=f"示例回问{turn}", owner=units[1], asker=units[0]
        )
        act_on(actor=asker, duty=back, act="accept")
    return Duty.objects.filter(owner=units[0]).earliest("pk")


def _counts() -> dict[str, int]:
    firm = Enterprise.objects.first()
    policy = Policy.objects.get(code="cn.cit.small_low_profit")
    counts, people = {}, _people()
    duty = _duties(people["office_staff"], people["service_officer"], Enterprise.objects.count())
    for role, person in people.items():
        client = Client()
        client.force_login(person)
        for pattern in PAGES[role]:
            path = pattern.format(firm=firm.pk, policy=policy.pk, duty=duty.pk)
            client.get(path)  # the first visit fills caches of the process
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(path).status_code == 200
            counts[f"{role} {pattern}"] = len(queries)
    return counts


def test_pages_ask_what_is_written_down() -> None:
    _zone(3)
    counts = _counts()
    if os.environ.get("LIANSHANG_WRITE_COUNTS"):
        PINNED.write_text(json.dumps(counts, indent=2, ensure_ascii=False) + "\n")
    assert counts == json.loads(PINNED.read_text())


def test_more_rows_ask_no_more() -> None:
    _zone(12)
    assert _counts() == json.loads(PINNED.read_text())

"""A small zone's first day: founded, its registers imported, every policy evaluated."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from tests.cli.demo.conftest import TODAY

from lianshang.apps.enterprises.models import Enterprise, Fact, ServiceOfficer
from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.models import Assessment
from lianshang.cli.demo.accounts import ACCOUNTS, PASSWORD
from lianshang.cli.demo.founding import admit_firm, found_zone
from lianshang.cli.demo.importing import Imported, import_sheet
from lianshang.cli.demo.registers import RegisterFile, first_actor
from lianshang.cli.demo.report import Summary, as_text, take_stock
from lianshang.cli.demo.sizes import SCALES, Size
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.consent.choices import Use

CODE = first_actor(Size.S, 1, TODAY).credit_code


def import_all(files: list[RegisterFile], importer: User) -> list[Imported]:
    return [import_sheet(one, actor=importer, progress=lambda _done, _total: None) for one in files]


@pytest.fixture(scope="module")
def day(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, small_zone: list[RegisterFile]
) -> Iterator[Summary]:
    """The whole day once for all tests of this module; undone at the end."""
    with django_db_blocker.unblock(), clock.moved_to(TODAY), transaction.atomic():
        importer = found_zone(SCALES[Size.S])
        imported = import_all(small_zone, importer)
        admit_firm(CODE)
        evaluate_register(actor=None)
        yield take_stock(Size.S, 1, imported, {})
        transaction.set_rollback(True)


@pytest.mark.django_db  # also has the test database made where this module runs alone
def test_before_the_first_day_there_is_nobody() -> None:
    assert not User.objects.exists()


def test_every_row_is_in_the_register_or_in_quarantine(day: Summary) -> None:
    assert day.imported + day.quarantined == day.rows_read
    for one in day.sheets:
        assert sum(one.states.values()) == one.rows, one.sheet


def test_the_planted_dirt_is_found_and_nothing_else(
    day: Summary, small_zone: list[RegisterFile]
) -> None:
    planted = small_zone[0].planted
    market = day.sheets[0]
    refused = (
        *("wrong_check", "old_number", "phone", "letter_o"),
        *("contradicting", "unknown_industry", "swapped"),
    )
    assert market.count("quarantined") == sum(planted[kind] for kind in refused)
    assert market.count("skipped") == planted["identical"] + planted["complementary"]
    assert market.count("created") == day.enterprises


def test_a_row_without_a_code_is_taken_by_its_name(day: Summary) -> None:
    assert Enterprise.objects.filter(credit_code__isnull=True).count() == 1


def test_sources_disagree_about_some_values(day: Summary) -> None:
    assert day.conflicts > 100


def test_every_sheet_arrives_in_its_register(day: Summary) -> None:
    assert {one.sheet for one in day.sheets if not one.count("created")} <= {"小巨人", "专精特新"}
    sources = Fact.objects.values_list("source__code", flat=True).distinct()
    assert set(sources) == {
        *("annual_report", "statistics", "tax", "firm", "public_list", "officer"),
    }


def test_statistics_never_serve_a_firm(day: Summary) -> None:
    uses = Fact.objects.filter(source__code="statistics").values_list("source__uses", flat=True)
    assert set(map(tuple, uses.distinct())) == {(Use.STATISTICS.value,)}


def test_the_demo_firm_is_one_step_short_of_recognition(day: Summary) -> None:
    firm = Enterprise.objects.get(credit_code=CODE)
    recognition = Assessment.objects.get(enterprise=firm, policy__code="cn.hnte.recognition")
    assert (recognition.state, recognition.steps) == ("not_met", 1)


def test_somebody_stands_everywhere(day: Summary) -> None:
    standings = {name for line in day.policies for name, count in line.counts.items() if count}
    assert standings == {"entitled", "one_step", "not_entitled", "not_known", "needs_person"}
    assert day.amount > 1_000_000


def test_each_role_can_sign_in_with_the_password_that_is_printed(day: Summary) -> None:
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert user.check_password(PASSWORD)
        assert user.has_role(account.role), account.username
    assert {account.role for account in ACCOUNTS} == {
        *("zone_admin", "security_admin", "audit_admin", "office_staff", "service_officer"),
        *("supervisor", "organization_staff", "building_operator", "enterprise", "bank"),
    }


def test_officers_share_the_firms(day: Summary) -> None:
    served = ServiceOfficer.objects.filter(user__username="demo.officer").count()
    assert 60 < served < 80
    assert (
        Enterprise.objects.visible_to(User.objects.get(username="demo.officer")).count() == served
    )


def test_the_same_files_again_change_nothing(day: Summary, small_zone: list[RegisterFile]) -> None:
    facts, enterprises = Fact.objects.count(), Enterprise.objects.count()
    again = import_all(small_zone, User.objects.get(username="demo.office"))
    for one in again:
        assert set(one.states) <= {"unchanged", "skipped", "quarantined"}, one.sheet
    assert Fact.objects.count() == facts
    assert Enterprise.objects.count() == enterprises


def test_the_summary_can_be_read(day: Summary) -> None:
    text = as_text(day)
    assert "160 enterprises" in text
    assert "高新技术企业认定" in text
    assert day.as_json()["quarantined"] == day.quarantined

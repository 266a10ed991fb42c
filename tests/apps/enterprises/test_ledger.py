"""Which value wins, which may not be used, and where the sources disagree."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.utils import ProgrammingError
from tests import factories

from lianshang.apps.enterprises.models import Enterprise, Fact
from lianshang.apps.enterprises.queries.ledger import conflicting, ledger, refusals
from lianshang.apps.enterprises.queries.projection import values_of
from lianshang.core import clock
from lianshang.core.consent.actions import give_consent, withdraw_consent
from lianshang.core.consent.choices import Use
from lianshang.core.imports.models import ImportBatch

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def firm() -> Enterprise:
    factories.zone()
    return factories.firm()


@pytest.fixture(autouse=True)
def _a_day_in_june() -> object:
    with clock.moved_to(TODAY):
        yield


def computed(firm: Enterprise, *variables: str) -> dict[str, object]:
    return values_of([firm.pk], variables, on=TODAY)[firm.pk]


def test_the_better_source_wins_and_the_other_stays_visible(firm: Enterprise) -> None:
    report = factories.fact(firm, "revenue", 1_000, year=2025, source="annual_report")
    own = factories.fact(firm, "revenue", 1_020, year=2025, source="firm")

    (entry,) = ledger(firm, purpose=Use.SERVICE, on=TODAY)

    assert entry.winner == own
    assert entry.conflicts == [report]
    assert computed(firm, "revenue_y0") == {"revenue_y0": 102_000}
    assert list(conflicting(Enterprise.objects.all())) == [own, report]


def test_of_one_source_the_later_date_wins(firm: Enterprise) -> None:
    factories.fact(firm, "staff_end", 40, year=2025, observed_on=date(2026, 3, 1))
    factories.fact(firm, "staff_end", 38, year=2025, observed_on=date(2026, 2, 1))
    assert computed(firm, "staff_end_y0") == {"staff_end_y0": 40}


def test_what_was_recorded_later_is_not_known_earlier(firm: Enterprise) -> None:
    factories.fact(firm, "staff_end", 40, year=2025, observed_on=date(2026, 3, 1))
    assert values_of([firm.pk], ["staff_end_y0"], on=date(2026, 2, 1)) == {firm.pk: {}}


def test_a_survey_never_enters_entitlement_and_says_why(firm: Enterprise) -> None:
    survey = factories.fact(firm, "revenue", 900, year=2025, source="statistics")

    assert computed(firm, "revenue_y0") == {}
    assert refusals(firm, purpose=Use.SERVICE, on=TODAY) == {"revenue": [survey]}
    assert survey.source.legal_basis.startswith("统计法")


def test_tax_values_enter_only_with_the_firms_consent(firm: Enterprise) -> None:
    factories.fact(firm, "taxable_income", 500, year=2025, source="tax")
    assert computed(firm, "taxable_income_y0") == {}

    consent = give_consent(actor=None, owner=firm.unit, purpose=Use.SERVICE, subject="tax")
    assert computed(firm, "taxable_income_y0") == {"taxable_income_y0": 50_000}

    withdraw_consent(actor=None, consent=consent)
    assert computed(firm, "taxable_income_y0") == {}


def test_consent_for_one_source_opens_no_other(firm: Enterprise) -> None:
    factories.fact(firm, "revenue", 900, year=2025, source="statistics")
    give_consent(actor=None, owner=firm.unit, purpose=Use.SERVICE, subject="tax")
    assert computed(firm, "revenue_y0") == {}


def test_an_expired_title_is_known_to_be_gone(firm: Enterprise) -> None:
    factories.fact(
        firm, "title_techsme", True, source="public_list", valid_until=date(2026, 3, 31),
        observed_on=date(2025, 7, 1),
    )  # fmt: skip
    assert computed(firm, "title_techsme") == {"title_techsme": False}
    assert values_of([firm.pk], ["title_techsme"], on=date(2026, 3, 31)) == {
        firm.pk: {"title_techsme": True}
    }


def test_an_expired_number_is_as_if_nobody_knew(firm: Enterprise) -> None:
    factories.fact(firm, "market_share", Decimal("0.12"), valid_until=date(2026, 5, 31))
    assert computed(firm, "market_share") == {}


def test_the_year_counts_from_the_last_completed_one(firm: Enterprise) -> None:
    factories.fact(firm, "revenue", 7, year=2024)
    factories.fact(firm, "revenue", 9, year=2026)
    assert computed(firm, "revenue_y0", "revenue_y1") == {"revenue_y1": 700}


def test_an_undone_import_no_longer_speaks(firm: Enterprise) -> None:
    batch = ImportBatch.objects.create(register="facts", file_name="年报.xlsx", digest="0")
    held = factories.fact(firm, "revenue", 1, year=2025)
    Fact.objects.create(
        enterprise=firm, quantity=held.quantity, source=held.source, year=2025, number=2,
        observed_on=TODAY, batch=batch, row_number=2,
    )  # fmt: skip
    assert computed(firm, "revenue_y0") == {"revenue_y0": 200}

    ImportBatch.objects.filter(pk=batch.pk).update(retired_at=clock.now())
    assert computed(firm, "revenue_y0") == {"revenue_y0": 100}


def test_facts_are_never_changed(firm: Enterprise) -> None:
    held = factories.fact(firm, "revenue", 1, year=2025)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"):
        Fact.objects.filter(pk=held.pk).update(number=2)


def test_a_value_beyond_the_catalogues_bounds_counts_as_not_known(firm: Enterprise) -> None:
    """However it came into the ledger: page and batch must give the same answer about it."""
    held = factories.fact(firm, "staff_end", 5, year=2025)
    Fact.objects.create(
        enterprise=firm, quantity=held.quantity, source=held.source, year=2025,
        number=Decimal(99_999_999), observed_on=TODAY,
    )  # fmt: skip
    assert computed(firm, "staff_end_y0") == {}

"""What is stored: only what differs, in blocks that lists read as rows; and what changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from tests import factories

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.enterprises.queries.projection import columns_of, values_of
from lianshang.apps.policies.actions.evaluation import evaluate_policy, evaluate_register
from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.models import AnswerBlock, Assessment, Policy, StandingChange, Tally
from lianshang.apps.policies.queries.answers import answers
from lianshang.apps.policies.queries.library import all_variables
from lianshang.apps.policies.tasks import evaluate_one, reassess

pytestmark = pytest.mark.usefixtures("library_in_june")
TODAY = date(2026, 6, 1)
SMALL = "cn.cit.small_low_profit"


def small_firm(taxable: str) -> Enterprise:
    firm = factories.firm(registered_on=date(2020, 1, 1), industry_code="C3976")
    factories.fact(firm, "taxable_income", Decimal(taxable), year=2025)
    factories.fact(firm, "tax_staff_avg_quarterly", Decimal(40), year=2025)
    factories.fact(firm, "assets_avg_quarterly", Decimal(20_000_000), year=2025)
    factories.fact(firm, "restricted_or_prohibited_industry", False)
    return firm


def written() -> int:
    """The last key given to a block: each block that is written takes a new one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM policies_answerblock_id_seq")
        return int(cursor.fetchone()[0])


def changes() -> list[tuple[int, str, str, str, Decimal | None]]:
    rows = StandingChange.objects.order_by("pk").select_related("policy")
    return [(c.enterprise_id, c.policy.code, c.before, c.after, c.amount) for c in rows]


def test_a_second_run_writes_no_block_and_a_changed_fact_only_those_it_moves() -> None:
    firm = small_firm("2000000")
    small_firm("9000000")
    evaluate_register(actor=None)
    policies, first = AnswerBlock.objects.count(), written()
    assert policies == Tally.objects.count()

    evaluate_register(actor=None)
    assert written() == first

    factories.fact(firm, "taxable_income", Decimal(2_500_000), year=2025)
    evaluate_register(actor=None)
    assert 1 <= written() - first < policies / 4
    amount = Assessment.objects.get(enterprise=firm, policy__code=SMALL).amount
    assert amount == Decimal("500000.00")


def test_the_stored_row_says_what_the_page_computes() -> None:
    firms = [small_firm("2000000"), small_firm("3000100.00"), factories.firm()]
    evaluate_register(actor=None)
    for firm in firms:
        for one in answers(firm, on=TODAY):
            row = Assessment.objects.get(enterprise=firm, policy__code=one.code)
            steps = one.outcome.steps
            held = None if steps is None else min(6, steps)  # six is six or more
            assert (row.state, row.steps) == (one.outcome.state.key, held), one.code
            assert row.class_code == (one.outcome.class_code or "")
            kept = one.standing != Standing.NOT_ENTITLED
            assert row.amount == (one.amount if kept else None), one.code
            assert (row.on, row.facts_version) == (TODAY, firm.evaluated.facts_version)


def test_many_firms_are_read_as_one_is() -> None:
    """Two sources, a withheld value, a title that ran out, a code: the page and the batch agree."""
    firms = [small_firm("2000000"), factories.firm(), factories.firm(industry_code="I6510")]
    factories.fact(firms[1], "revenue", 9_000_000, year=2025, source="annual_report")
    factories.fact(firms[1], "revenue", 9_100_000, year=2025, source="firm")
    factories.fact(firms[1], "rd_super_five_items", 500_000, year=2025, source="statistics")
    factories.fact(firms[2], "title_techsme", True, valid_until=date(2026, 3, 31))
    names = all_variables(TODAY)
    values = values_of([firm.pk for firm in firms], names, on=TODAY)
    for asked in (None, [firm.pk for firm in firms]):
        keys, frame = columns_of(asked, names, on=TODAY)
        read = {
            key: {name: value for name, value in row.items() if value is not None}
            for key, row in zip(keys, frame.to_dicts(), strict=True)
        }
        assert read == values


def test_who_came_to_stand_elsewhere_is_written_down_once() -> None:
    firm, other = small_firm("9000000"), small_firm("2000000")
    evaluate_register(actor=None)
    assert changes() == []  # nobody had an answer before

    factories.fact(firm, "taxable_income", Decimal(2_000_000), year=2025)
    reassess()
    assert (firm.pk, SMALL, "one_step", "entitled", Decimal("400000.00")) in changes()
    factories.fact(other, "taxable_income", Decimal(4_000_000), year=2025)
    reassess()
    lost = [one for one in changes() if one[0] == other.pk and one[1] == SMALL]
    assert [one[2:4] for one in lost] == [("entitled", "one_step")]
    count = len(changes())
    evaluate_register(actor=None)
    assert len(changes()) == count


def test_a_firm_that_came_later_changes_nothing() -> None:
    small_firm("9000000")
    evaluate_register(actor=None)
    small_firm("2000000")
    reassess()
    assert changes() == []


def test_a_policy_published_later_is_news_for_whom_it_entitles() -> None:
    """One policy over all firms: the others are not written again."""
    firm = small_firm("2000000")
    Policy.objects.filter(code=SMALL).update(origin="zone")
    definition = dict(Policy.objects.get(code=SMALL).definition)
    evaluate_register(actor=None)
    copy = {**definition, "id": "zone.copy", "family": "zone.copy", "stacking": None}
    copy.pop("stacking")
    row = Policy(code="zone.copy", origin="zone")
    from lianshang.apps.policies.queries.library import digest, forget
    from lianshang.engines.rules.policy_file import policy_from_mapping

    row.define(policy_from_mapping(copy), copy, digest(copy))
    row.save()
    forget()
    before = written()
    evaluate_one("zone.copy")
    assert written() == before + 1
    assert changes() == [(firm.pk, "zone.copy", "not_entitled", "entitled", Decimal("400000.00"))]


def test_the_new_version_of_a_policy_is_compared_with_the_old_one() -> None:
    factories.firm()
    evaluate_register(actor=None, on=date(2026, 3, 31))
    evaluate_register(actor=None, on=date(2026, 4, 1))
    assert not [one for one in changes() if one[1] == "cn.srdi_sme.2026"]


def test_a_firm_that_leaves_is_counted_no_more() -> None:
    firm, _other = small_firm("2000000"), small_firm("2000000")
    evaluate_register(actor=None)
    assert Tally.objects.get(policy__code=SMALL).entitled == 2
    Enterprise.objects.filter(pk=firm.pk).update(is_retired=True)
    assert Assessment.objects.visible_to(factories.office()).filter(policy__code=SMALL).count() == 1
    reassess()
    assert Tally.objects.get(policy__code=SMALL).entitled == 1
    assert changes() == []


def test_one_policy_takes_those_that_ask_for_it_along() -> None:
    firm = small_firm("9000000")
    factories.fact(firm, "six_taxes_two_fees_payable", Decimal(80_000), year=2025)
    evaluate_register(actor=None)
    factories.fact(firm, "taxable_income", Decimal(2_000_000), year=2025)
    run = evaluate_policy(actor=None, policy=SMALL)
    moved = {one[1]: one[3] for one in changes()}
    assert moved == {SMALL: "entitled", "cn.six_taxes_two_fees": "entitled"}
    assert run.policies < Tally.objects.count()

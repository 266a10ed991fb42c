"""A large round tells each colleague once, and each of its firms has a duty of its own."""

from collections.abc import Iterator

import pytest
from tests import factories
from tests.apps.policies.delivery_town import Town, publish
from tests.engines.worktime.china import at

from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.notices.models import Notice
from lianshang.core.workflow.models import Duty

pytestmark = pytest.mark.django_db
FIRMS = 37


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with clock.standing_at(at("2026-06-01 08:30")):
        yield


def test_thirty_seven_cases_are_one_notice_and_thirty_seven_duties() -> None:
    town = Town()
    mate = factories.user(Role.OFFICE_STAFF, unit=town.office, name="示例同事")
    officer = factories.user(Role.SERVICE_OFFICER, unit=town.credit, name="示例专员")
    for number in range(FIRMS):
        town.firm(f"示例{number:02}号有限公司", 2_000_000)
    delivery = town.open(publish())
    assert town.post(delivery, "send", reason="名单已核对").status_code == 302
    of_mate = Notice.objects.exclude(subject__contains="申兑指南").get(recipient=mate)
    page = f"/policies/delivery/{delivery.pk}/"
    assert (of_mate.subject, of_mate.url) == ("示例产业促进局：本批 37 件待办理", page)
    assert not Notice.objects.filter(recipient=town.clerk).exists()  # who sent it knows
    assert Duty.objects.filter(kind__code="policy.delivery", owner=town.office).count() == FIRMS

    asks = {"units": [town.credit.pk], "text": "有无失信"}
    assert town.post(delivery, "opinions", **asks).status_code == 302
    assert town.post(delivery, "opinions", **asks).status_code == 302  # asked again: told once
    asked = Notice.objects.get(recipient=town.colleague)
    assert asked.subject == "示例市场监管局：本批 37 件待出具意见"
    assert asked.url == f"{page}?step=opinions"
    duty = Duty.objects.get(kind__code="policy.opinion")
    # Whoever may not open the round is led to the duty.
    assert Notice.objects.get(recipient=officer).url == duty.get_absolute_url()

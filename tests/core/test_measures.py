"""A measure's number and the rows behind it are the same rows."""

from datetime import date

import pytest
from tests import factories

from lianshang.apps.enterprises.models import ServiceOfficer
from lianshang.core import measures
from lianshang.core.accounts.choices import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def test_the_number_counts_its_own_rows_for_this_reader() -> None:
    officer, firms = factories.user(Role.SERVICE_OFFICER), [factories.firm() for _ in range(3)]
    factories.firm(status="deregistered")
    factories.firm(registered_on=date(2026, 6, 2))
    ServiceOfficer.objects.create(user=officer, enterprise=firms[0])
    operating = measures.get("enterprises.operating")

    assert operating.value(factories.office(), DAY) == 3
    assert operating.value(officer, DAY) == 1
    assert set(operating.rows(officer, DAY)) == {firms[0]}

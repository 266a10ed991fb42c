"""Putting a policy into force, and ending it."""

from datetime import date
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError
from tests.apps.practices.packing import POLICY

from lianshang.apps.policies.actions.library import put_policy, retire_policy
from lianshang.apps.policies.choices import Origin
from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries.library import forget, library
from lianshang.core import clock

pytestmark = pytest.mark.django_db
CODE = "zone.demo.grant"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def mapping(**changes: Any) -> dict[str, Any]:
    return {**yaml.safe_load(POLICY), **changes}


def put(origin: Origin = Origin.ZONE, **changes: Any) -> Policy:
    return put_policy(actor=None, mapping=mapping(**changes), origin=origin)


def test_what_is_put_counts_at_once_and_what_is_retired_no_more() -> None:
    row = put()
    assert library().policies[CODE].valid.start == date(2026, 1, 1)
    assert (row.origin, row.published_on, row.valid_from) == (
        "zone",
        clock.today(),
        date(2026, 1, 1),
    )
    retire_policy(actor=None, policy=row)
    assert CODE not in library().policies
    assert put().pk == row.pk
    assert CODE in library().policies


def test_every_fault_is_told_and_nothing_is_written() -> None:
    require = {"all": [{"id": "B1", "label": "甲", "source": "d9", "when": "rd_exp_y0 >= flor"}]}
    with pytest.raises(ValidationError) as refused:
        put(require=require)
    said = " ".join(refused.value.messages)
    assert "flor" in said
    assert "d9" in said
    assert not Policy.objects.exists()


def test_it_must_go_with_the_library_in_force() -> None:
    put()
    later = {"from": "2026-06-01", "until": None}
    with pytest.raises(ValidationError, match="both this and"):
        put(id="zone.demo.later", family=CODE, valid=later)
    put(valid={"from": "2026-01-01", "until": "2026-05-31"})
    put(id="zone.demo.later", family=CODE, valid=later)
    assert {"zone.demo.later", CODE} <= library().policies.keys()


def test_another_origin_keeps_its_code() -> None:
    put(Origin.PACK)
    with pytest.raises(ValidationError, match="已属于“实践包”"):
        put(Origin.ZONE)
    row = Policy.objects.create(
        code="cn.demo", name="示例", valid_from="2026-01-01", definition={}, origin=Origin.FILE
    )
    with pytest.raises(ValidationError, match="随文件停用"):
        retire_policy(actor=None, policy=row)

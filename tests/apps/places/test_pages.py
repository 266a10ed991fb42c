"""The system administrator keeps the parks."""

import pytest
from django.test import Client
from tests import factories

from lianshang.apps.places.models import Park, Zone
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Unit

pytestmark = pytest.mark.django_db
PARKS = "/places/parks/"


@pytest.fixture
def zone() -> Zone:
    unit = Unit.objects.create(kind=UnitKind.ZONE, name="示例高新区管委会")
    return Zone.objects.create(name="示例高新区", unit=unit, is_own=True)


def form(name: str = "示范光电园", **more: str) -> dict[str, str]:
    return {"name": name, "kind": "park", "operator": "", "aliases": "", "reason": "登记", **more}


def test_a_park_is_added_with_the_names_other_registers_use(client: Client, zone: Zone) -> None:
    client.force_login(factories.user(Role.ZONE_ADMIN))
    client.post(f"{PARKS}new/", form(aliases="光电园\n\n 光电产业园 \n"))
    assert Park.objects.get().aliases == ["光电园", "光电产业园"]
    assert "光电园、光电产业园" in client.get(PARKS).content.decode()


def test_two_parks_do_not_share_a_name(client: Client, zone: Zone) -> None:
    client.force_login(factories.user(Role.ZONE_ADMIN))
    client.post(f"{PARKS}new/", form())
    page = client.post(f"{PARKS}new/", form())
    assert page.status_code == 422
    assert "已有名为“示范光电园”的园区。" in page.content.decode()


def test_a_park_is_renamed(client: Client, zone: Zone) -> None:
    client.force_login(factories.user(Role.ZONE_ADMIN))
    client.post(f"{PARKS}new/", form())
    url = f"{PARKS}{Park.objects.get().pk}/"
    assert 'value="示范光电园"' in client.get(url).content.decode()
    client.post(url, form("示范光子园"))
    assert Park.objects.get().name == "示范光子园"


def test_without_a_zone_no_park_is_added(client: Client) -> None:
    client.force_login(factories.user(Role.ZONE_ADMIN))
    page = client.post(f"{PARKS}new/", form())
    assert "还没有登记本区，不能新增园区。" in page.content.decode()


def test_staff_look_and_do_not_change(client: Client, zone: Zone) -> None:
    park = Park.objects.create(zone=zone, name="示范软件园")
    client.force_login(factories.user(Role.OFFICE_STAFF))
    page = client.get(PARKS).content.decode()
    assert "示范软件园" in page
    assert "新增园区" not in page
    assert client.get(f"{PARKS}{park.pk}/").status_code == 403


def test_an_operator_sees_its_own_parks(client: Client, zone: Zone) -> None:
    operator = Unit.objects.create(kind=UnitKind.OPERATOR, name="示例运营")
    Park.objects.create(zone=zone, name="示范软件园", operator=operator)
    Park.objects.create(zone=zone, name="示范智造园")
    client.force_login(factories.user(Role.BUILDING_OPERATOR, unit=operator))
    assert [cells[0].html for _url, cells in client.get(PARKS).context["rows"]] == ["示范软件园"]

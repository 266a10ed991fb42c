"""Apps add blocks to one another's pages: in tabs, in the side column, after the page has come."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.test import Client
from tests import factories

from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.ui import panels

pytestmark = pytest.mark.django_db
PLACE = "accounts.user"
Built = tuple[str, dict[str, object]]


@pytest.fixture
def page(client: Client) -> str:
    client.force_login(factories.user(Role.SECURITY_ADMIN))
    return f"/account/users/{factories.user(Role.BANK).pk}/"


@pytest.fixture(autouse=True)
def leave_no_panels() -> Iterator[None]:
    before = dict(panels._panels[PLACE])
    yield
    panels._panels[PLACE] = before


def blank(text: str) -> Built:
    return "ui/blank.html", {"title": text}


def test_a_tab_is_called_as_its_first_panel_and_counted(client: Client, page: str) -> None:
    @panels.panel(PLACE, title="政策", tab="policies", order=30, count=lambda _request, _who: 38)
    def policies(request: HttpRequest, subject: User) -> Built:
        return blank("九项可享")

    first = client.get(page)
    assert [(str(tab.label), tab.count) for tab in first.context["tabs"]] == [
        ("概览", None),
        ("政策", 38),
    ]
    assert "九项可享" not in first.content.decode()
    assert "九项可享" in client.get(f"{page}?tab=policies").content.decode()


def test_an_unknown_tab_is_the_first(client: Client, page: str) -> None:
    assert client.get(f"{page}?tab=nothing").status_code == 200


def test_a_panel_stays_away_from_those_who_lack_the_permission(client: Client, page: str) -> None:
    @panels.panel(PLACE, title="台账", permission="enterprises.view")
    def ledger(request: HttpRequest, subject: User) -> Built:
        return blank("不该看到")

    assert "不该看到" not in client.get(page).content.decode()


def test_a_panel_with_nothing_to_say_stays_away(client: Client, page: str) -> None:
    @panels.panel(PLACE, title="空的一栏")
    def nothing(request: HttpRequest, subject: User) -> None:
        return None

    assert "空的一栏" not in client.get(page).content.decode()


def test_a_slow_panel_comes_after_the_page(client: Client, page: str) -> None:
    @panels.panel(PLACE, title="慢的一栏", lazy=True)
    def slow(request: HttpRequest, subject: User) -> Built:
        return blank("算好了")

    html = client.get(page).content.decode()
    assert 'aria-busy="true"' in html
    assert "算好了" not in html
    name = next(name for name in panels._panels[PLACE] if name.endswith("slow"))
    assert f'hx-get="?panel={name}"' in html
    part = client.get(f"{page}?panel={name}").content.decode()
    assert "算好了" in part
    assert "<html" not in part


def test_a_panel_asked_for_alone_obeys_the_permission(client: Client, page: str) -> None:
    @panels.panel(PLACE, title="台账", permission="enterprises.view", lazy=True)
    def secret(request: HttpRequest, subject: User) -> Built:
        return blank("不该看到")

    name = next(name for name in panels._panels[PLACE] if name.endswith("secret"))
    assert "不该看到" not in client.get(f"{page}?panel={name}").content.decode()


def test_the_side_column_exists_only_when_used(client: Client, page: str) -> None:
    assert "columns-side" in client.get(page).content.decode()
    panels._panels[PLACE] = {
        name: one for name, one in panels._panels[PLACE].items() if not one.side
    }
    assert "columns-side" not in client.get(page).content.decode()

"""The security administrator works through the register of users."""

import csv
import io

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import factories

from lianshang.core.accounts.models import User
from lianshang.core.audit.models import AccessLog

pytestmark = pytest.mark.django_db
USERS = "/account/users/"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(factories.user("security_admin", name="示例安全员"))
    return client


@pytest.fixture
def sixty_people() -> list[User]:
    return [
        User.objects.create_user(f"shili.{number:02d}", None, name=f"示例人员{number:02d}")
        for number in range(60)
    ]


def names(response: object) -> list[str]:
    return [str(cells[0].html) for _url, cells in response.context["rows"]]  # type: ignore[attr-defined]  # a test response


def test_fifty_rows_a_page_with_the_total(administrator: Client, sixty_people: list[User]) -> None:
    page = administrator.get(USERS)
    assert len(names(page)) == 50
    assert "共 <strong>61</strong> 人" in page.content.decode()
    assert len(names(administrator.get(f"{USERS}?page=2"))) == 11


def test_a_page_beyond_the_last_is_the_last(
    administrator: Client, sixty_people: list[User]
) -> None:
    assert len(names(administrator.get(f"{USERS}?page=999"))) == 11


def test_words_find_names_and_usernames(administrator: Client, sixty_people: list[User]) -> None:
    assert names(administrator.get(f"{USERS}?q=人员07")) == ["示例人员07"]
    assert names(administrator.get(f"{USERS}?q=shili.11")) == ["示例人员11"]


def test_filters_narrow_and_are_shown_as_chips(
    administrator: Client, sixty_people: list[User]
) -> None:
    sixty_people[3].is_active = False
    sixty_people[3].save()
    page = administrator.get(f"{USERS}?active=no")
    assert names(page) == ["示例人员03"]
    assert [(chip.text, chip.url) for chip in page.context["chips"]] == [("在用：否", "?")]


def test_a_filter_by_role_asks_for_roles_in_force(administrator: Client) -> None:
    officer = factories.user("service_officer", name="示例专员")
    assert names(administrator.get(f"{USERS}?role=service_officer")) == [officer.name]
    assert names(administrator.get(f"{USERS}?role=bank")) == []


def test_a_filter_that_is_no_date_is_said_and_shows_nothing(administrator: Client) -> None:
    page = administrator.get(f"{USERS}?login_from=昨天")
    assert names(page) == []
    assert "条件有误" in page.content.decode()


def test_sorting_by_a_heading_both_ways(administrator: Client, sixty_people: list[User]) -> None:
    up = names(administrator.get(f"{USERS}?sort=username&q=shili"))
    down = names(administrator.get(f"{USERS}?sort=-username&q=shili"))
    assert up[0] == "示例人员00"
    assert down[0] == "示例人员59"


def test_a_sort_by_an_unknown_column_is_the_usual_one(administrator: Client) -> None:
    page = administrator.get(f"{USERS}?sort=password")
    assert page.context["view"].sort == "username"


def test_htmx_gets_the_table_only(administrator: Client) -> None:
    part = administrator.get(USERS, headers={"HX-Request": "true", "HX-Target": "register"})
    assert part.content.decode().lstrip().startswith('<div id="register"')
    assert "HX-Request" in part["Vary"]


def test_the_number_of_queries_does_not_grow_with_the_rows(
    administrator: Client,
    sixty_people: list[User],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # session, user, its roles, its unread notices; count, page, their roles
    with django_assert_num_queries(7):
        administrator.get(USERS)


def test_an_export_holds_every_row_and_is_logged(
    administrator: Client, sixty_people: list[User]
) -> None:
    response = administrator.get(f"{USERS}?export=csv&q=shili&sort=-username")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["姓名", "用户名", "角色", "状态", "最近登录", "建立时间"]
    assert len(rows) == 61
    assert rows[1][:2] == ["示例人员59", "shili.59"]
    look = AccessLog.objects.get()
    assert (look.kind, look.subject_label) == ("export", "accounts.user")
    assert look.subject_text == "用户，60 行"


def test_a_name_that_looks_like_a_formula_stays_text(administrator: Client) -> None:
    User.objects.create_user("shili.x", None, name='=HYPERLINK("http://example.org")')
    text = administrator.get(f"{USERS}?export=csv&q=shili").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][0] == '\'=HYPERLINK("http://example.org")'
    book = administrator.get(f"{USERS}?export=xlsx&q=shili").content
    cell = openpyxl.load_workbook(io.BytesIO(book)).active["A2"]  # type: ignore[index]  # it has a sheet
    assert cell.data_type == "s"


def test_who_may_not_see_the_register_may_not_export_it(client: Client) -> None:
    client.force_login(factories.user("service_officer"))
    assert client.get(USERS).status_code == 403
    assert client.get(f"{USERS}?export=csv").status_code == 403
    assert not AccessLog.objects.exists()


def test_an_expired_session_sends_the_whole_browser_to_sign_in(client: Client) -> None:
    part = client.get(
        USERS, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/account/users/"}
    )
    assert part["HX-Redirect"].startswith("/account/login/?next=")

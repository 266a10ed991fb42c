"""The audit administrator sees who did what and why, with before and after, and who looked."""

import pytest
from django.test import Client
from tests import factories

from lianshang.core.accounts import actions
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import User
from lianshang.core.audit.actions import record_access

pytestmark = pytest.mark.django_db
DEEDS, LOOKS = "/audit/actions/", "/audit/accesses/"


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(factories.user(Role.AUDIT_ADMIN))
    return client


def first_deed(client: Client, question: str = "") -> str:
    """The page of the newest deed that answers the question."""
    url = client.get(f"{DEEDS}?{question}").context["rows"][0][0]
    return client.get(url).content.decode()


def test_a_deed_shows_who_and_why_and_what_was_before(auditor: Client) -> None:
    security = factories.user(Role.SECURITY_ADMIN, name="示例安全员")
    office = actions.create_unit(actor=security, kind=UnitKind.DEPARTMENT, name="示例旧局")
    actions.change_unit(
        actor=security, unit=office, name="示例新局", parent=None, is_active=True, reason="更名"
    )
    page = first_deed(auditor, "action=accounts.change_unit")
    for text in ("修改单位", security.name, "更名", "示例旧局", "示例新局"):
        assert text in page


def test_the_request_of_a_page_is_named_in_the_log(auditor: Client) -> None:
    security = factories.user(Role.SECURITY_ADMIN)
    other = Client()
    other.force_login(security)
    person = User.objects.create_user("shili.ren", None, name="示例人")
    response = other.post(f"/account/users/{person.pk}/disable/", {"reason": "离职"})
    page = first_deed(auditor, "q=" + response["X-Request-ID"])
    assert "停用账号" in page
    assert "离职" in page


def test_personal_data_is_masked_in_the_log(auditor: Client) -> None:
    from lianshang.core.action import action

    firm = factories.firm("示例光芯科技有限公司")

    @action("test.contact")
    def change_contact(*, actor: User | None) -> None:
        firm.contact_phone = "13812345678"
        firm.save(update_fields=["contact_phone"])

    change_contact(actor=None)
    page = first_deed(auditor, "q=test.contact")
    assert "138****5678" in page
    assert "13812345678" not in page


def test_passwords_leave_no_trace(auditor: Client) -> None:
    person = User.objects.create_user("shili.ren", None, name="示例人")
    actions.reset_password(actor=None, user=person, reason="忘记")
    page = auditor.get(f"{DEEDS}?q=忘记").content.decode()
    assert person.password.partition("$")[2] not in page


def test_words_days_and_kinds_narrow_the_list(auditor: Client) -> None:
    actions.create_unit(actor=None, kind=UnitKind.BANK, name="示例银行", reason="甲")
    actions.create_user(
        actor=None, username="shili", name="示例", password="示例-passphrase-9", reason="乙"
    )
    assert len(auditor.get(f"{DEEDS}?q=甲").context["rows"]) == 1
    assert len(auditor.get(f"{DEEDS}?action=accounts.create_user").context["rows"]) == 1
    assert len(auditor.get(f"{DEEDS}?day_to=2000-01-01").context["rows"]) == 0


def test_a_look_is_listed_with_its_purpose(auditor: Client) -> None:
    officer, firm = factories.user(Role.SERVICE_OFFICER), factories.firm("示例光芯科技有限公司")
    record_access(actor=officer, kind="detail", subject=firm, purpose="走访准备")
    page = auditor.get(f"{LOOKS}?q=走访").content.decode()
    for text in (firm.name, officer.name, "查看详情", "走访准备"):
        assert text in page


def test_an_export_of_the_log_is_itself_a_look(auditor: Client) -> None:
    assert auditor.get(f"{LOOKS}?export=csv").status_code == 200
    assert len(auditor.get(LOOKS).context["rows"]) == 1


@pytest.mark.parametrize("role", [Role.ZONE_ADMIN, Role.SECURITY_ADMIN, Role.OFFICE_STAFF])
@pytest.mark.parametrize("url", [DEEDS, LOOKS])
def test_nobody_else_reads_the_logs(client: Client, role: str, url: str) -> None:
    client.force_login(factories.user(role))
    assert client.get(url).status_code == 403

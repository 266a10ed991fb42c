"""Who serves whom: officers by username or name, services begun and ended."""

import pytest
from tests import factories
from tests.core.imports.tables import code, imported, states, told, undone

from lianshang.apps.enterprises.models import ServiceOfficer
from lianshang.apps.places.models import Park
from lianshang.core.accounts.choices import Role

pytestmark = pytest.mark.django_db
HEADER = ("企业名称", "专员账号")
LIGHT, SOFT = "示例光电科技有限公司", "示例软件有限公司"


@pytest.fixture(autouse=True)
def _firms(park: Park) -> None:
    rows = [("统一社会信用代码", "企业名称"), (code(1), LIGHT), (code(2), SOFT)]
    imported("enterprises", rows)


def test_officers_are_found_by_username_or_by_an_unmistakable_name() -> None:
    first = factories.user(Role.SERVICE_OFFICER, name="示例专员甲")
    second = factories.user(Role.SERVICE_OFFICER, name="示例专员乙")
    batch = imported("officers", [HEADER, (LIGHT, first.username), (SOFT, second.name)])
    assert states(batch) == {"created": 2}
    assert {(one.user, one.enterprise.name) for one in ServiceOfficer.objects.all()} == {
        (first, LIGHT),
        (second, SOFT),
    }
    again = imported("officers", [HEADER, (LIGHT, first.username), (SOFT, second.username)])
    assert states(again) == {"unchanged": 2}


def test_unknown_and_ambiguous_people_are_kept_back() -> None:
    for _time in range(2):
        person = factories.user(Role.SERVICE_OFFICER)
        person.name = "示例同名"
        person.save()
    batch = imported("officers", [HEADER, (LIGHT, "nobody"), (SOFT, "示例同名")])
    assert told(batch) == {
        2: [
            "工作表“名单” 第 2 行 B 列“专员账号”：读到“nobody”；应为在用的用户名或姓名。"
            "请核对，或先请安全管理员开通账号。"
        ],
        3: [
            "工作表“名单” 第 3 行 B 列“专员账号”：读到“示例同名”；应为能确定到一个人的用户名。"
            "有几个同名的人，请填用户名。"
        ],
    }


def test_undone_services_are_over_but_leave_a_trace() -> None:
    officer = factories.user(Role.SERVICE_OFFICER)
    batch = undone(imported("officers", [HEADER, (LIGHT, officer.username)]))
    assert states(batch) == {"undone": 1}
    assert not ServiceOfficer.objects.in_force().exists()
    assert ServiceOfficer.objects.count() == 1

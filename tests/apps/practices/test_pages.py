"""The pages: eighteen practices, one of them, installing and removing, the self-audit."""

from pathlib import Path

import pytest
from django.test import Client
from tests import factories
from tests.apps.practices import packing

from lianshang.apps.practices.models import InstalledPack
from lianshang.apps.practices.queries.practices import practices
from lianshang.apps.practices.queries.self_audit import watched_columns
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Unit, User
from lianshang.core.workflow.models import DutyKind

pytestmark = pytest.mark.django_db
CODE = "xian-joint-consortium"


@pytest.fixture(autouse=True)
def _zone() -> None:
    factories.zone()


def signed_in(role: str) -> Client:
    unit = Unit.objects.get(kind="zone") if role == Role.ZONE_ADMIN else None
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(factories.user(role, unit=unit))
    return client


@pytest.fixture
def admin() -> Client:
    return signed_in(Role.ZONE_ADMIN)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_all_eighteen_and_how_far_each_is(admin: Client) -> None:
    text = page(admin, "/practices/")
    for one in practices():
        assert one.practice in text
    assert text.count("尚无实践包") == 11  # ten without a pack, and the note below
    assert "共 <strong>18</strong> 个实践，已安装 <strong>0</strong> 个；" in text
    assert "另有其他包 <strong>1</strong> 个" in text
    assert text.count("尚无故事") == 6


def test_reported_figures_are_cited_and_never_called_measured(admin: Client) -> None:
    text = page(admin, "/practices/kunshan-chain-leader/")
    assert "报道数据，非本系统测得" in text
    assert "2026年两篇报道" in text
    assert "<dt>行动支部</dt><dd>32个</dd>" in text
    assert "还没有这个实践的包" in text
    assert "报道没有给出数字" in page(admin, f"/practices/{CODE}/")


def test_a_pack_that_brings_a_part_says_that_no_story_walks_the_practice(admin: Client) -> None:
    text = page(admin, "/practices/hefei-seven-chains/")
    assert "还没有把这个做法从头走到尾的故事" in text
    assert "<dt>先锋岗</dt><dd>942个</dd>" in text
    assert "合肥高新区研发投入增量奖励" in text
    assert "还没有把这个做法从头走到尾的故事" not in page(admin, f"/practices/{CODE}/")


def test_an_administrator_installs_looks_and_removes(admin: Client) -> None:
    assert f"/practices/{CODE}/install/" in page(admin, f"/practices/{CODE}/")
    assert "本区改过的内容保留" in page(admin, f"/practices/{CODE}/install/")
    done = admin.post(f"/practices/{CODE}/install/", {"reason": "试点"}, follow=True)
    text = done.content.decode()
    assert "新建 5" in text
    assert "核对一致" in text
    team = Unit.objects.get(name="党工妇团调研组")
    assert f'<a href="/account/units/{team.pk}/">党工妇团调研组</a>' in text
    assert "<h3>时限</h3>" in text  # the guide
    assert InstalledPack.objects.get().installed_by.name.startswith("演示人员")

    done = admin.post(f"/practices/{CODE}/remove/", {"reason": "试点结束"}, follow=True)
    assert "已移除 5" in done.content.decode()
    assert not DutyKind.objects.filter(code__startswith="consortium.").exists()


def test_what_was_kept_is_told_with_its_reason(admin: Client) -> None:
    admin.post(f"/practices/{CODE}/install/", {"reason": "试点"})
    factories.user(Role.OFFICE_STAFF, unit=Unit.objects.get(name="党工妇团调研组"))
    done = admin.post(f"/practices/{CODE}/remove/", {"reason": "试点结束"}, follow=True)
    text = done.content.decode()
    assert "党工妇团调研组：本区正在使用（1 条“任职”），转归本区" in text


def test_a_refusal_is_shown_in_the_form(admin: Client) -> None:
    Unit.objects.create(kind="organization", name="党工妇团调研组")
    answer = admin.post(f"/practices/{CODE}/install/", {"reason": "试点"})
    assert answer.status_code == 422
    assert "本区自有的单位“党工妇团调研组”已存在，内容不同" in answer.content.decode()
    assert not InstalledPack.objects.exists()


def test_a_broken_pack_is_shown_with_its_faults(
    admin: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANSHANG_PACKS", str(tmp_path))
    packing.write(tmp_path / "demo-visits", ("flow: request", "flow: requst"))
    assert "实践包有误" in page(admin, "/practices/")
    assert "demo-visits/pack.yaml:16" in page(admin, "/practices/demo-visits/")
    assert admin.get("/practices/demo-visits/install/").status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICE_STAFF, Role.SERVICE_OFFICER])
def test_staff_look_but_do_not_install(role: str) -> None:
    client = signed_in(role)
    assert f"/practices/{CODE}/install/" not in page(client, f"/practices/{CODE}/")
    assert client.post(f"/practices/{CODE}/install/", {"reason": "x"}).status_code == 403
    assert not InstalledPack.objects.exists()


def test_others_do_not_look_and_unknown_practices_are_not_there(admin: Client) -> None:
    firm = factories.firm()
    own = Client()
    own.force_login(factories.user(Role.ENTERPRISE, unit=firm.unit))
    assert own.get("/practices/").status_code == 403
    assert Client().get("/practices/").status_code == 302
    assert admin.get("/practices/no-such/").status_code == 404
    assert admin.get(f"/practices/{CODE}/remove/").status_code == 404


def test_the_self_audit_is_a_page_to_print(admin: Client) -> None:
    text = page(admin, "/practices/formalism/")
    assert "没有发现须改正的配置" in text
    assert text.count("没有发现") == 6
    assert "（2）不得强制签到打卡" in text
    assert "国办函〔2026〕12号）‡" in text
    assert "待与官方公布文本核对" in text
    DutyKind.objects.create(code="bad.kind", name="干部学习时长", flow="task")
    text = page(admin, "/practices/formalism/")
    assert "发现 1 项须改正" in text
    assert "事项类别 bad.kind" in text


def test_a_column_that_would_count_a_person_is_found() -> None:
    class Field:
        def __init__(self, name: str) -> None:
            self.name = self.verbose_name = name

    class Meta:
        label = "demo.Member"
        concrete_fields = [Field(n) for n in ("name", "points", "study_hours", "checkpoint")]

    class Table:
        _meta = Meta

    assert [(one.code, one.path) for one in watched_columns(Table)] == [
        ("points", "points"),
        ("study_hours", "study_hours"),
    ]
    assert list(watched_columns(User)) == []

"""Fake providers, set up for this process and for workers started from it."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import Settings
from tests import factories
from tests.core.notices import fakes

from lianshang.core.accounts.models import User
from lianshang.core.notices.models import Reach


def _configure(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, values: dict[str, str]
) -> None:
    setattr(settings, f"NOTICE_{name}", values)
    for key, value in values.items():
        monkeypatch.setenv(f"LIANSHANG_{name}_{key.upper()}", value)


@pytest.fixture
def aliyun(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[fakes.FakeAliyun]:
    with fakes.running(fakes.FakeAliyun()) as fake:
        values = {
            "address": fake.address,
            "key_id": "example-key",
            "key_secret": "示例-secret",
            "sign_name": "示例高新区",
            "template": "SMS_1",
        }
        _configure(settings, monkeypatch, "SMS", values)
        yield fake


@pytest.fixture
def wecom(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[fakes.FakeWeCom]:
    with fakes.running(fakes.FakeWeCom()) as fake:
        values = {
            "address": fake.address,
            "sign_in_address": "https://open.weixin.qq.com",
            "corp_id": "example-corp",
            "agent_id": "1000002",
            "secret": "example-secret",
        }
        _configure(settings, monkeypatch, "WECOM", values)
        yield fake


@pytest.fixture
def dingtalk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[fakes.FakeDingTalk]:
    with fakes.running(fakes.FakeDingTalk()) as fake:
        values = {
            "address": fake.address,
            "old_address": fake.address,
            "sign_in_address": "https://login.dingtalk.com",
            "app_key": "example-app",
            "app_secret": "example-secret",
            "agent_id": "123",
        }
        _configure(settings, monkeypatch, "DINGTALK", values)
        yield fake


@pytest.fixture
def person() -> User:
    """Somebody whom every channel can find."""
    found = factories.office()
    found.email = "person@example.cn"
    found.save(update_fields=["email"])
    Reach.objects.create(
        user=found,
        phone="13800000001",
        wecom_id="shili",
        dingtalk_id="member1",
        dingtalk_union_id="union1",
    )
    return found


@pytest.fixture
def no_jobs() -> None:
    """The queue's tables are not Django's: what earlier tests left must go by hand."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")

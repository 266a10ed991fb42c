"""What changed, and what is about to, reaches each firm and its officer once."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests import factories

from lianshang.apps.enterprises.models import Enterprise, ServiceOfficer
from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.actions.library import sync_policies
from lianshang.apps.policies.actions.pushing import push_news
from lianshang.apps.policies.choices import Origin, Standing
from lianshang.apps.policies.models import EvaluationRun, Policy, StandingChange
from lianshang.apps.policies.queries.library import forget
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.notices.models import Notice
from lianshang.core.policy_files import default_folder

pytestmark = pytest.mark.django_db
SMALL = "cn.cit.small_low_profit"


@pytest.fixture(autouse=True)
def _zone() -> object:
    with clock.moved_to(date(2026, 6, 1)):
        factories.zone()
        sync_policies(actor=None)
        yield


@pytest.fixture
def own_library(settings: Settings, tmp_path: Path) -> None:
    """Only what the zone itself publishes: a day is compiled in no time."""
    shutil.copy(default_folder() / "catalogue.yaml", tmp_path)
    settings.POLICY_FOLDER = tmp_path


def firm_with_person(name: str) -> tuple[Enterprise, User]:
    firm = factories.firm(name, registered_on=date(2020, 1, 1))
    return firm, factories.user(Role.ENTERPRISE, unit=firm.unit)


def change(firm: Enterprise, before: str, after: str, code: str = SMALL) -> StandingChange:
    run = EvaluationRun.objects.create(on=clock.today())
    return StandingChange.objects.create(
        enterprise=firm,
        policy=Policy.objects.get(code=code),
        run=run,
        before=before,
        after=after,
        amount=Decimal(600_000) if after == Standing.ENTITLED else None,
        on=clock.today(),
    )


def zone_policy(code: str, **parts: object) -> Policy:
    """A reward of the zone itself: whoever holds the title of a high-tech enterprise."""
    mapping = {
        "id": code,
        "family": code,
        "name": {"zh": "示例区奖励", "en": "Example reward"},
        "issuer": {"zh": "示例高新区", "en": "Example zone"},
        "level": "zone",
        "kind": "grant",
        "channel": "application",
        "valid": {"from": "2026-01-01"},
        "sources": {
            "d1": {
                "document": "示例〔2026〕1号",
                "title": {"zh": "示例", "en": "Example"},
                "level": "A",
            }
        },
        "parameters": {
            "reward": {
                "label": {"zh": "奖励", "en": "Reward"},
                "unit": "万元",
                "source": "d1 第二条",
                "values": [{"from": "2026-01-01", "value": 20}],
            }
        },
        "require": {
            "all": [
                {
                    "id": "title",
                    "label": {"zh": "持有高新技术企业资格", "en": "High-tech"},
                    "source": "d1 第一条",
                    "change": "firm",
                    "when": "title_hnte",
                }
            ]
        },
        "benefit": {
            "label": {"zh": "一次性奖励", "en": "Reward"},
            "amount": "reward",
            "per": "once",
        },
        **parts,
    }
    from lianshang.apps.policies.queries.library import digest
    from lianshang.engines.rules.policy_file import policy_from_mapping

    row = Policy(code=code, origin=Origin.ZONE)
    row.define(policy_from_mapping(mapping), mapping, digest(mapping))
    row.save()
    forget()
    return row


def notices(person: User) -> list[Notice]:
    return list(Notice.objects.filter(recipient=person).order_by("created_at", "pk"))


def test_three_firms_newly_entitled_hear_once_each_and_their_officer_once() -> None:
    pairs = [firm_with_person(f"示例企业{n}有限公司") for n in range(3)]
    officer = factories.user(Role.SERVICE_OFFICER)
    for firm, _person in pairs:
        ServiceOfficer.objects.create(user=officer, enterprise=firm)
        change(firm, Standing.NOT_KNOWN, Standing.ENTITLED)
    untouched = firm_with_person("示例旁观有限公司")[1]

    assert push_news(actor=None) == 4
    assert push_news(actor=None) == 0

    for firm, person in pairs:
        (told,) = notices(person)
        assert told.kind == "policies.entitled"
        assert told.subject == f"{firm.name}：1 项政策有变化"
        assert told.text.startswith("新符合：")
        assert "60 万元" in told.text
        assert told.text.endswith("预匹配结果，以主管部门审核为准。")
        assert told.url == f"/policies/mine/?firm={firm.pk}"
    (digest,) = notices(officer)
    assert digest.subject == "您服务的 3 家企业政策有变化"
    assert all(firm.name in digest.text for firm, _person in pairs)
    assert notices(untouched) == []


def test_several_changes_make_one_digest_and_a_change_taken_back_makes_none() -> None:
    firm, person = firm_with_person("示例多变有限公司")
    change(firm, Standing.NOT_KNOWN, Standing.ENTITLED)
    change(firm, Standing.ENTITLED, Standing.NOT_KNOWN)
    push_news(actor=None)
    assert notices(person) == []
    change(firm, Standing.ENTITLED, Standing.NOT_ENTITLED)
    change(firm, Standing.NOT_ENTITLED, Standing.ONE_STEP, "cn.cit.rd_super_deduction")
    push_news(actor=None)
    (told,) = notices(person)
    assert told.kind == "policies.lost_soon"  # the more pressing of the two
    assert [line.split("：")[0] for line in told.text.splitlines()[:2]] == ["不再符合", "差一步"]
    assert told.subject.endswith("2 项政策有变化")


@pytest.mark.parametrize(
    ("ends", "is_told"), [(date(2026, 7, 30), True), (date(2026, 7, 31), False)]
)
@pytest.mark.usefixtures("own_library")
def test_a_title_that_ends_within_sixty_days_is_foretold_once(ends: date, is_told: bool) -> None:
    """Sixty days after 1 June is 31 July: a title that still holds then is not about to end."""
    zone_policy("zone.reward")
    firm, person = firm_with_person("示例高企有限公司")
    factories.fact(firm, "title_hnte", True, source="public_list", valid_until=ends)
    evaluate_register(actor=None)
    StandingChange.objects.all().delete()
    push_news(actor=None, look_ahead=True)
    lines = [line for one in notices(person) for line in one.text.splitlines()]
    assert ("即将失去：示例区奖励，20 万元，2026-07-30 之后不再符合" in lines) is is_told
    with clock.moved_to(date(2026, 6, 2)):
        before = len(notices(person))
        push_news(actor=None, look_ahead=True)
        again = notices(person)[before:]
    assert not any("示例区奖励" in one.text and is_told for one in again)


@pytest.mark.usefixtures("own_library")
def test_a_closing_window_is_told_at_fifteen_days_and_at_five_on_the_exact_days() -> None:
    zone_policy(
        "zone.reward", windows=[{"from": "2026-06-01", "until": "2026-07-20", "source": "d1"}]
    )
    firm, person = firm_with_person("示例申报有限公司")
    factories.fact(firm, "title_hnte", True, source="public_list", valid_until=date(2028, 1, 1))
    evaluate_register(actor=None)
    StandingChange.objects.all().delete()
    told_on = []
    for day in [date(2026, 7, number) for number in (4, 5, 6, 14, 15, 16, 20, 21)]:
        with clock.moved_to(day):
            before = Notice.objects.filter(kind="policies.window").count()
            push_news(actor=None, look_ahead=True)
            if Notice.objects.filter(kind="policies.window").count() > before:
                told_on.append(day)
    assert told_on == [date(2026, 7, 5), date(2026, 7, 15)]
    windows = [one for one in notices(person) if one.kind == "policies.window"]
    assert windows[0].text.startswith("即将截止：示例区奖励，20 万元，2026-07-20 截止，还有 15 天")
    assert windows[1].text.startswith("即将截止：示例区奖励，20 万元，2026-07-20 截止，还有 5 天")


def test_the_firm_chooses_by_kind_in_its_settings() -> None:
    _firm, person = firm_with_person("示例选择有限公司")
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(person)
    page = client.get("/notices/settings/").content.decode()
    for kind in ("entitled", "lost_soon", "one_step", "window"):
        assert f'name="policies.{kind}:webhook"' in page

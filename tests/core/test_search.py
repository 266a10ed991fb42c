"""Finding firms by Chinese name, former name or code, and only those one may see."""

import pytest
from tests import factories

from lianshang.apps.enterprises.models import FormerName
from lianshang.core.accounts.choices import Role
from lianshang.core.search.actions import index
from lianshang.core.search.queries import search

pytestmark = pytest.mark.django_db
LABEL = "enterprises.enterprise"


def titles(user: object, words: str) -> list[str]:
    return [entry.title for group in search(user, words) for entry in group.entries]


@pytest.fixture(autouse=True)
def _firms(settings: object) -> None:
    light = factories.firm("示例光芯科技有限公司", credit_code="91610131MA6TG1J056")
    factories.firm("示例精密光学有限公司")
    factories.firm("示例云数据有限公司")
    FormerName.objects.create(enterprise=light, name="示例微光有限公司", match_key="示例微光")
    index(actor=None, label=LABEL)


def test_neighbouring_characters_are_found_in_order_of_place() -> None:
    assert titles(factories.office(), "光芯") == ["示例光芯科技有限公司"]
    assert titles(factories.office(), "光") == ["示例光芯科技有限公司", "示例精密光学有限公司"]


def test_a_former_name_and_a_part_of_the_code_lead_there() -> None:
    assert titles(factories.office(), "微光") == ["示例光芯科技有限公司"]
    assert titles(factories.office(), "ma6tg1j") == ["示例光芯科技有限公司"]


def test_full_width_letters_and_spaces_do_not_matter() -> None:
    assert titles(factories.office(), " ＭＡ６ＴＧ ") == ["示例光芯科技有限公司"]


def test_what_one_may_not_see_is_not_found() -> None:
    assert titles(factories.user(Role.SERVICE_OFFICER), "光芯") == []


def test_an_undone_firm_leaves_the_index() -> None:
    from lianshang.apps.enterprises.models import Enterprise

    gone = Enterprise.objects.get(name="示例云数据有限公司")
    Enterprise.objects.filter(pk=gone.pk).update(is_retired=True)
    index(actor=None, label=LABEL, pks=[gone.pk])
    assert titles(factories.office(), "云数据") == []


def test_words_that_are_nowhere_find_nothing() -> None:
    assert titles(factories.office(), "不存在") == []
    assert titles(factories.office(), "   ") == []

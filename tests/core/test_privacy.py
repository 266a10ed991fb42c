"""Personal fields: ciphertext in the database, masked on pages, whole only at the one point."""

import pytest
from django.db import connection
from tests import factories

from lianshang.apps.enterprises.models import Enterprise
from lianshang.core.privacy import mask_name, mask_phone, shown


@pytest.mark.django_db
def test_the_database_holds_no_clear_phone() -> None:
    firm = factories.firm(contact_name="示例联系人", contact_phone="13800000001")
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact_phone FROM enterprises_enterprise WHERE id = %s", [firm.pk])
        (stored,) = cursor.fetchone()
        cursor.execute("SELECT contact_phone FROM enterprises_enterpriseevent")
        (kept,) = cursor.fetchone()
    assert "13800000001" not in stored
    assert "13800000001" not in kept
    assert Enterprise.objects.get(pk=firm.pk).contact_phone == "13800000001"


@pytest.mark.django_db
def test_the_one_point_masks_or_shows() -> None:
    firm = factories.firm(contact_name="示例联系人", contact_phone="13800000001")
    assert shown(firm, "contact_phone", reveal=False) == "138****0001"
    assert shown(firm, "contact_phone", reveal=True) == "13800000001"
    assert shown(firm, "name", reveal=False) == firm.name


@pytest.mark.django_db
def test_another_key_is_named_as_the_cause(settings: object) -> None:
    firm = factories.firm(contact_phone="13800000001")
    settings.FIELD_KEY = "another"
    with pytest.raises(ValueError, match="LIANSHANG_FIELD_KEY"):
        Enterprise.objects.get(pk=firm.pk)


def test_masks() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("88886666") == "******66"
    assert mask_name("示例人") == "示**"


@pytest.mark.django_db
def test_every_personal_field_says_why_it_exists() -> None:
    for name in ("contact_name", "contact_phone"):
        personal = Enterprise._meta.get_field(name).personal
        assert personal.purpose
        assert personal.basis
        assert personal.retention

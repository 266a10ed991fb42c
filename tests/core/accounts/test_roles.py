"""Roles are given and taken back; the three administrators stay apart."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from tests import factories

from lianshang.core import clock
from lianshang.core.accounts import actions
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Membership, Unit, User
from lianshang.core.accounts.passwords import new_password

pytestmark = pytest.mark.django_db


def reread(user: User) -> User:
    return User.objects.get(pk=user.pk)


def unit(kind: str, name: str = "示例单位") -> Unit:
    return Unit.objects.create(kind=kind, name=name)


def test_a_role_works_from_the_day_it_is_given() -> None:
    person = factories.user(Role.SERVICE_OFFICER)
    actions.grant_role(
        actor=None, user=person, unit=unit(UnitKind.DEPARTMENT), role=Role.OFFICE_STAFF
    )
    assert reread(person).may("enterprises.import")


def test_giving_the_same_role_twice_changes_nothing() -> None:
    person, office = factories.user(Role.SERVICE_OFFICER), unit(UnitKind.DEPARTMENT)
    first = actions.grant_role(actor=None, user=person, unit=office, role=Role.OFFICE_STAFF)
    again = actions.grant_role(actor=None, user=person, unit=office, role=Role.OFFICE_STAFF)
    assert first == again


def test_a_role_taken_back_is_gone_at_once_and_stays_in_the_record() -> None:
    person = factories.user(Role.SERVICE_OFFICER)
    membership = person.memberships.get()
    with clock.moved_to(date(2026, 12, 1)):
        actions.end_role(actor=None, membership=membership, reason="转岗")
        assert not reread(person).may("enterprises.view")
    assert Membership.objects.get().until == date(2026, 11, 30)


def test_a_bank_cannot_hold_the_office_of_a_department() -> None:
    bank = unit(UnitKind.BANK, "示例银行")
    person = factories.user(Role.BANK, unit=bank)
    with pytest.raises(ValidationError) as refused:
        actions.grant_role(actor=None, user=person, unit=bank, role=Role.OFFICE_STAFF)
    assert refused.value.message_dict == {"unit": ["“示例银行”是金融机构，不能担任部门工作人员。"]}


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN),
        (Role.ZONE_ADMIN, Role.SECURITY_ADMIN),
        (Role.AUDIT_ADMIN, Role.OFFICE_STAFF),
        (Role.OFFICE_STAFF, Role.ZONE_ADMIN),
    ],
)
def test_an_administrator_holds_nothing_else(held: str, wanted: str) -> None:
    person, zone = factories.user(held), unit(UnitKind.ZONE)
    with pytest.raises(ValidationError, match=r"GB/T 22239-2019 8\.1\.4\.2"):
        actions.grant_role(actor=None, user=person, unit=zone, role=wanted)
    assert Membership.objects.count() == 1


def test_after_the_old_role_is_taken_back_another_may_follow() -> None:
    person, zone = factories.user(Role.OFFICE_STAFF), unit(UnitKind.ZONE)
    actions.end_role(actor=None, membership=person.memberships.get())
    actions.grant_role(actor=None, user=person, unit=zone, role=Role.AUDIT_ADMIN)
    assert reread(person).may("audit.view")


def test_the_last_security_administrator_cannot_leave() -> None:
    last = factories.user(Role.SECURITY_ADMIN, name="示例末任")
    with pytest.raises(ValidationError) as refused:
        actions.end_role(actor=last, membership=last.memberships.get())
    with pytest.raises(ValidationError):
        actions.disable_user(actor=last, user=last)
    assert refused.value.messages == [
        f"{last.name}是最后一位安全管理员：请先让另一位用户担任，再收回或停用。"
    ]
    assert reread(last).may("accounts.manage")


def test_a_disabled_colleague_does_not_count_as_another_administrator() -> None:
    last, away = factories.user(Role.AUDIT_ADMIN), factories.user(Role.AUDIT_ADMIN)
    actions.disable_user(actor=None, user=away)
    with pytest.raises(ValidationError):
        actions.disable_user(actor=None, user=last)


def test_a_username_is_given_once_whatever_its_case() -> None:
    make = {"name": "示例人", "password": new_password()}
    actions.create_user(actor=None, username="shili.ren", **make)
    with pytest.raises(ValidationError) as refused:
        actions.create_user(actor=None, username="Shili.Ren", **make)
    assert refused.value.message_dict == {"username": ["用户名“Shili.Ren”已有人用，请换一个。"]}


def test_a_unit_cannot_stand_under_itself() -> None:
    top = unit(UnitKind.DEPARTMENT, "示例局")
    below = Unit.objects.create(kind=UnitKind.DEPARTMENT, name="示例科", parent=top)
    with pytest.raises(ValidationError, match="上级不能是本单位或其下级"):
        actions.change_unit(actor=None, unit=top, name=top.name, parent=below, is_active=True)


def test_a_unit_with_users_is_not_closed() -> None:
    person = factories.user(Role.OFFICE_STAFF)
    office = person.memberships.get().unit
    with pytest.raises(ValidationError, match="请先收回他们的角色"):
        actions.change_unit(actor=None, unit=office, name="示例", parent=None, is_active=False)


def test_a_made_password_is_never_made_twice_and_passes_the_rules() -> None:
    from django.contrib.auth.password_validation import validate_password

    made = {new_password() for _time in range(200)}
    assert len(made) == 200
    for password in made:
        validate_password(password)

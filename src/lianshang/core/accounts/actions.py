"""Giving accounts and roles, and taking them back."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.choices import ADMINISTRATORS, UNITS_OF_ROLE, Role
from lianshang.core.accounts.models import ApiToken, Membership, Unit, User
from lianshang.core.accounts.passwords import new_password
from lianshang.core.accounts.queries import is_last_administrator, open_memberships
from lianshang.core.accounts.tokens import LONGEST, MOST, digest_of, new_secret
from lianshang.core.action import action


@action("accounts.create_user", gettext_lazy("新建用户"))
def create_user(
    *,
    actor: User | None,
    username: str,
    name: str,
    password: str,
    email: str = "",
    reason: str = "",
) -> User:
    """A person who can sign in; without a role they see nothing but their own page."""
    if User.objects.filter(username__iexact=username).exists():
        raise ValidationError({"username": _("用户名“%s”已有人用，请换一个。") % username})
    validate_password(password)
    user = User.objects.create_user(username, password, name=name)
    if email:
        user.email = email
        user.save(update_fields=["email"])
    return user


@action("accounts.reset_password", gettext_lazy("重置密码"))
def reset_password(*, actor: User | None, user: User, reason: str = "") -> str:
    """A new password, which is returned and kept nowhere; open sessions of the user end."""
    password = new_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


@action("accounts.disable_user", gettext_lazy("停用账号"))
def disable_user(*, actor: User | None, user: User, reason: str = "") -> None:
    """The person can no longer sign in; what they did stays under their name."""
    for role in _lock_administrators() & {m.role for m in open_memberships(user)}:
        _refuse_if_last(user, role)
    user.is_active = False
    user.save(update_fields=["is_active"])


@action("accounts.enable_user", gettext_lazy("恢复账号"))
def enable_user(*, actor: User | None, user: User, reason: str = "") -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])


@action("accounts.grant_role", gettext_lazy("授予角色"))
def grant_role(
    *, actor: User | None, user: User, unit: Unit, role: str, reason: str = ""
) -> Membership:
    """Let the user act in the unit; giving what they have changes nothing.

    Refused: a unit of the wrong kind, two administrators' roles in one hand, an administrator with
    business roles (GB/T 22239-2019, 8.1.4.2).
    """
    if unit.kind not in UNITS_OF_ROLE[role]:
        raise ValidationError(
            {
                "unit": _("“%(unit)s”是%(kind)s，不能担任%(role)s。")
                % {"unit": unit, "kind": unit.get_kind_display(), "role": Role(role).label}
            }
        )
    User.objects.select_for_update().get(pk=user.pk)  # two grants at once must see one another
    held = list(open_memberships(user))
    _refuse_mixture({membership.role for membership in held}, role)
    for membership in held:
        if (membership.unit_id, membership.role) == (unit.pk, role):
            return membership
    return Membership.objects.create(user=user, unit=unit, role=role)


@action("accounts.end_role", gettext_lazy("收回角色"))
def end_role(*, actor: User | None, membership: Membership, reason: str = "") -> None:
    """Take the role back from today on. Refused for the last administrator of a kind."""
    if membership.role in _lock_administrators():
        _refuse_if_last(membership.user, membership.role)
    membership.until = clock.today() - timedelta(days=1)  # the last day on which it was held
    membership.save(update_fields=["until"])


@action("accounts.create_unit", gettext_lazy("新增单位"))
def create_unit(
    *, actor: User | None, kind: str, name: str, parent: Unit | None = None, reason: str = ""
) -> Unit:
    """A department, organisation, operator or bank that can have users."""
    if Unit.objects.filter(kind=kind, name=name).exists():
        raise ValidationError({"name": _("已有同名单位“%s”。") % name})
    return Unit.objects.create(kind=kind, name=name, parent=parent)


@action("accounts.change_unit", gettext_lazy("修改单位"))
def change_unit(
    *,
    actor: User | None,
    unit: Unit,
    name: str,
    parent: Unit | None,
    is_active: bool,
    reason: str = "",
) -> None:
    """Rename, move or close a unit; it cannot stand under itself, and with users it stays open."""
    above = parent
    while above is not None:
        if above.pk == unit.pk:
            raise ValidationError({"parent": _("上级不能是本单位或其下级。")})
        above = above.parent
    if not is_active and unit.memberships.in_force().exists():
        raise ValidationError({"is_active": _("本单位还有在任用户：请先收回他们的角色，再停用。")})
    unit.name, unit.parent, unit.is_active = name, parent, is_active
    unit.save(update_fields=["name", "parent", "is_active"])


@action("accounts.make_token", gettext_lazy("建立接口令牌"))
def make_token(
    *, actor: User, name: str, scopes: Sequence[str], expires_on: date, reason: str = ""
) -> tuple[ApiToken, str]:
    """A key for a program of the actor's, and its secret, which is kept nowhere."""
    today = clock.today()
    if not today <= expires_on <= today + LONGEST:
        text = _("请填今天起 %(days)s 日以内的到期日。") % {"days": LONGEST.days}
        raise ValidationError({"expires_on": text})
    in_force = actor.api_tokens.filter(revoked_at__isnull=True, expires_on__gte=today)
    if in_force.count() >= MOST:
        raise ValidationError(_("已有 %(n)s 个在用的令牌：请先撤销不用的。") % {"n": MOST})
    secret = new_secret()
    token = ApiToken.objects.create(
        user=actor,
        name=name,
        scopes=list(scopes),
        digest=digest_of(secret),
        last_four=secret[-4:],
        expires_on=expires_on,
    )
    return token, secret


@action("accounts.revoke_token", gettext_lazy("撤销接口令牌"))
def revoke_token(*, actor: User | None, token: ApiToken, reason: str = "") -> None:
    """The program can no longer sign in; revoking twice changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])


def _refuse_mixture(held: set[str], role: str) -> None:
    others = held - {role}
    if role in ADMINISTRATORS and others:
        raise ValidationError(
            _(
                "%(role)s须由专人担任：该用户已是%(held)s。请先收回原有角色，或另建一个账号"
                "（GB/T 22239-2019 8.1.4.2，管理员分设）。"
            )
            % {"role": Role(role).label, "held": _labels(others)}
        )
    if others & ADMINISTRATORS:
        raise ValidationError(
            _(
                "该用户是%(held)s，不能再担任业务角色或另一管理员"
                "（GB/T 22239-2019 8.1.4.2，管理员分设）。请另建一个账号。"
            )
            % {"held": _labels(others & ADMINISTRATORS)}
        )


def _labels(roles: set[str]) -> str:
    return "、".join(str(Role(role).label) for role in sorted(roles))


def _lock_administrators() -> set[str]:
    """The administrators' roles, their rows locked: of two last ones, not both can leave."""
    rows = Membership.objects.select_for_update(of=("self",)).filter(role__in=ADMINISTRATORS)
    list(rows.order_by("pk").values_list("pk"))
    return {str(role) for role in ADMINISTRATORS}


def _refuse_if_last(user: User, role: str) -> None:
    if is_last_administrator(user, role):
        raise ValidationError(
            _("%(name)s是最后一位%(role)s：请先让另一位用户担任，再收回或停用。")
            % {"name": user.name, "role": Role(role).label}
        )

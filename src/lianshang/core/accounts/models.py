"""Units, users and memberships."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.choices import OUTSIDE_PERMISSIONS, PERMISSIONS, Role, UnitKind

if TYPE_CHECKING:
    from collections.abc import Collection


@pghistory.track()
class Unit(models.Model):
    """Whatever can own a duty, receive a notice, have users: department, organisation, firm."""

    kind = models.CharField(_("类别"), max_length=20, choices=UnitKind.choices)
    name = models.CharField(_("名称"), max_length=200)
    parent = models.ForeignKey(
        "self", verbose_name=_("上级"), null=True, blank=True, on_delete=models.PROTECT
    )
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("单位")
        ordering = ["kind", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users; the only place that touches passwords."""

    def create_user(self, username: str, password: str | None = None, *, name: str) -> User:
        user = self.model(username=username, name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person who signs in."""

    username = models.CharField(_("用户名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("电子邮箱"), blank=True)
    is_active = models.BooleanField(_("在用"), default=True)
    created_at = models.DateTimeField(_("建立时间"), default=clock.now)
    is_staff = False  # there is no Django admin; allauth and others ask for the name
    is_superuser = False

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("用户")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name

    @functools.cached_property
    def current_memberships(self) -> list[Membership]:
        """Memberships in force today, with their units."""
        return list(self.memberships.in_force().select_related("unit"))

    @functools.cached_property
    def permissions(self) -> frozenset[str]:
        """Everything the user's roles allow on this face."""
        roles = {membership.role for membership in self.current_memberships}
        allowed = frozenset().union(*(PERMISSIONS[role] for role in roles))
        return allowed & OUTSIDE_PERMISSIONS if settings.FACE == "outside" else allowed

    def may(self, permission: str) -> bool:
        return self.is_active and permission in self.permissions

    def has_role(self, *roles: str) -> bool:
        return any(membership.role in roles for membership in self.current_memberships)

    def unit_ids(self, *roles: str) -> Collection[int]:
        """Units the user belongs to, in one of the roles if any are named."""
        return {
            membership.unit_id
            for membership in self.current_memberships
            if not roles or membership.role in roles
        }


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships."""

    def in_force(self) -> MembershipQuerySet:
        today = clock.today()
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=today), since__lte=today, unit__is_active=True
        )


@pghistory.track()
class Membership(models.Model):
    """A user's role in a unit, for a time."""

    user = models.ForeignKey(
        User, verbose_name=_("用户"), on_delete=models.PROTECT, related_name="memberships"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    since = models.DateField(_("起"), default=clock.today)
    until = models.DateField(_("止"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        ordering = ["user", "unit", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(until__isnull=True),
                name="one_open_membership",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


@pghistory.track(exclude=["digest", "last_used_at"])
class ApiToken(models.Model):
    """A key with which a program acts for a person; only its digest is kept."""

    user = models.ForeignKey(
        User, verbose_name=_("用户"), on_delete=models.PROTECT, related_name="api_tokens"
    )
    name = models.CharField(_("名称"), max_length=60)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("可做什么"))
    digest = models.CharField(_("摘要"), max_length=64, unique=True)
    last_four = models.CharField(_("末四位"), max_length=4)
    created_at = models.DateTimeField(_("建立时间"), default=clock.now)
    expires_on = models.DateField(_("到期日"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)

    class Meta:
        verbose_name = _("接口令牌")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_force(self) -> bool:
        return self.revoked_at is None and clock.today() <= self.expires_on

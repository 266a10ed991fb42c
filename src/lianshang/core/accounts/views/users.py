"""Users: list, detail, and what the security administrator does to them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts import actions, queries
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.forms import RoleForm, UserForm
from lianshang.core.accounts.models import Membership, User
from lianshang.core.accounts.passwords import new_password
from lianshang.core.ui.columns import Column
from lianshang.core.ui.details import DetailPage
from lianshang.core.ui.filters import ChoiceFilter, DayFilter, YesNoFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import Form, ReasonForm
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, PageLink
from lianshang.core.ui.states import active_badge


def user_url(user: User) -> str:
    return reverse("accounts:user", args=[user.pk])


def all_users() -> Crumb:
    return Crumb(_("用户"), reverse("accounts:users"))


def roles_of(user: Any) -> str:
    """The roles in force, prefetched by users_visible_to."""
    return "；".join(f"{one.get_role_display()} · {one.unit.name}" for one in user.roles_in_force)


def of_role(rows: QuerySet[Any], role: str) -> QuerySet[Any]:
    return rows.filter(pk__in=Membership.objects.in_force().filter(role=role).values("user"))


class UserList(RegisterList):
    """Everybody who can sign in, or could."""

    permission = "accounts.view"
    title = _("用户")
    counter = _("人")
    columns = (
        Column("name", _("姓名"), sort="name"),
        Column("username", _("用户名"), sort="username"),
        Column("roles", _("角色"), value=roles_of),
        Column("is_active", _("状态"), display=active_badge, sort="is_active"),
        Column("last_login", _("最近登录"), sort="last_login"),
        Column("created_at", _("建立时间"), sort="created_at"),
    )
    filters = (
        ChoiceFilter("role", _("角色"), choices=Role.choices, by=of_role),
        YesNoFilter("active", _("在用"), path="is_active"),
        DayFilter("login", _("最近登录"), path="last_login__date"),
    )
    search_fields = ("username", "name")
    search_hint = _("搜姓名、用户名…")
    default_sort = "username"
    export_permission = "accounts.view"

    def get_queryset(self) -> QuerySet[Any]:
        return queries.users_visible_to(self.user)

    def row_url(self, row: User) -> str:
        return user_url(row)

    def links(self) -> Sequence[PageLink]:
        new = reverse("accounts:user-new")
        return (PageLink(_("新建用户"), new, "accounts.manage", primary=True),)


class UserDetail(DetailPage):
    """One user: roles and sign-in."""

    permission = "accounts.view"
    place = "accounts.user"

    def get_queryset(self) -> QuerySet[Any]:
        return queries.users_visible_to(self.user)

    def crumbs(self) -> Sequence[Crumb]:
        return (all_users(),)

    def facts(self) -> Sequence[Any]:
        return (self.subject.username, self.subject.email, active_badge(self.subject.is_active))

    def links(self) -> Sequence[PageLink]:
        def to(name: str) -> str:
            return reverse(f"accounts:user-{name}", args=[self.subject.pk])

        switch = (_("停用账号"), "disable") if self.subject.is_active else (_("恢复账号"), "enable")
        return (
            PageLink(_("重置密码"), to("password"), "accounts.manage"),
            PageLink(switch[0], to(switch[1]), "accounts.manage"),
            PageLink(_("授予角色"), to("grant"), "accounts.manage", primary=True),
        )


class NewUser(FormPage):
    """Create a user; the first password is shown once."""

    permission = "accounts.manage"
    title = _("新建用户")
    form_class = UserForm
    submit = _("建立")

    def prepare(self) -> None:
        self.back = reverse("accounts:users")

    def crumbs(self) -> Sequence[Crumb]:
        return (all_users(),)

    def act(self, form: UserForm) -> HttpResponseBase:
        password = new_password()
        user = actions.create_user(actor=self.user, password=password, **form.cleaned_data)
        return show_password(self, user, password)


class OneUserPage(FormPage):
    """A deed to one user, with its reason."""

    permission = "accounts.manage"
    form_class: ClassVar[type[Form]] = ReasonForm
    person: User

    def prepare(self) -> None:
        self.person = get_object_or_404(User, pk=self.kwargs["pk"])
        self.back = user_url(self.person)

    def crumbs(self) -> Sequence[Crumb]:
        return (all_users(), Crumb(self.person.name, self.back))


class DisableUser(OneUserPage):
    """Lock somebody out."""

    title = _("停用账号")
    intro = _("停用后立即不能登录；已办事项仍留在其名下。")
    submit = _("停用")
    is_dangerous = True
    done = _("账号已停用。")

    def act(self, form: ReasonForm) -> str:
        actions.disable_user(actor=self.user, user=self.person, **form.cleaned_data)
        return self.back


class EnableUser(OneUserPage):
    """Let somebody in again."""

    title = _("恢复账号")
    submit = _("恢复")
    done = _("账号已恢复。")

    def act(self, form: ReasonForm) -> str:
        actions.enable_user(actor=self.user, user=self.person, **form.cleaned_data)
        return self.back


class ResetPassword(OneUserPage):
    """A new password, shown once."""

    title = _("重置密码")
    intro = _("将生成一个新密码，只显示一次；该用户已登录的设备全部退出。")
    submit = _("生成新密码")

    def act(self, form: ReasonForm) -> HttpResponseBase:
        password = actions.reset_password(actor=self.user, user=self.person, **form.cleaned_data)
        return show_password(self, self.person, password)


class GrantRole(OneUserPage):
    """Give a role in a unit."""

    title = _("授予角色")
    form_class = RoleForm
    submit = _("授予")
    done = _("角色已授予，立即生效。")
    template_name = "accounts/grant.html"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "units": queries.offices()}

    def act(self, form: RoleForm) -> str:
        actions.grant_role(actor=self.user, user=self.person, **form.cleaned_data)
        return self.back


class EndRole(OneUserPage):
    """Take a role back."""

    title = _("收回角色")
    submit = _("收回")
    is_dangerous = True
    done = _("角色已收回。")
    membership: Membership

    def prepare(self) -> None:
        super().prepare()
        held = self.person.memberships.select_related("unit", "user")
        self.membership = get_object_or_404(held, pk=self.kwargs["membership"])
        self.intro = f"{self.membership.get_role_display()} · {self.membership.unit}"

    def act(self, form: ReasonForm) -> str:
        actions.end_role(actor=self.user, membership=self.membership, **form.cleaned_data)
        return self.back


def show_password(page: FormPage, user: User, password: str) -> HttpResponse:
    """The one moment at which a password is seen; no browser keeps the page."""
    response = page.answer("accounts/password_once.html", person=user, password=password)
    response["Cache-Control"] = "no-store"
    return response

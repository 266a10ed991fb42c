"""Addresses of accounts."""

from django.urls import path

from lianshang.core.accounts.views import self_service, tokens, units, users

app_name = "accounts"
urlpatterns = [
    path("me/", self_service.me, name="me"),
    path("demo/", self_service.enter_demo, name="demo"),
    path("tokens/", tokens.TokenList.as_view(), name="tokens"),
    path("tokens/new/", tokens.NewToken.as_view(), name="token-new"),
    path("tokens/<int:pk>/revoke/", tokens.RevokeToken.as_view(), name="token-revoke"),
    path("users/", users.UserList.as_view(), name="users"),
    path("users/new/", users.NewUser.as_view(), name="user-new"),
    path("users/<int:pk>/", users.UserDetail.as_view(), name="user"),
    path("users/<int:pk>/disable/", users.DisableUser.as_view(), name="user-disable"),
    path("users/<int:pk>/enable/", users.EnableUser.as_view(), name="user-enable"),
    path("users/<int:pk>/password/", users.ResetPassword.as_view(), name="user-password"),
    path("users/<int:pk>/roles/new/", users.GrantRole.as_view(), name="user-grant"),
    path("users/<int:pk>/roles/<int:membership>/", users.EndRole.as_view(), name="user-end"),
    path("units/", units.UnitList.as_view(), name="units"),
    path("units/new/", units.NewUnit.as_view(), name="unit-new"),
    path("units/<int:pk>/", units.ChangeUnit.as_view(), name="unit"),
]

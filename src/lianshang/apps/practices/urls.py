"""Addresses of practices."""

from django.urls import path

from lianshang.apps.practices import views

app_name = "practices"
urlpatterns = [
    path("", views.PracticeList.as_view(), name="list"),
    path("formalism/", views.FormalismAudit.as_view(), name="formalism"),
    path("<slug:name>/", views.PracticeDetail.as_view(), name="detail"),
    path("<slug:name>/install/", views.InstallPack.as_view(), name="install"),
    path("<slug:name>/remove/", views.RemovePack.as_view(), name="remove"),
]

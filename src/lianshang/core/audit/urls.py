"""Addresses of audit."""

from django.urls import path

from lianshang.core.audit import views

app_name = "audit"
urlpatterns = [
    path("actions/", views.ActionList.as_view(), name="actions"),
    path("actions/<uuid:pk>/", views.ActionDetail.as_view(), name="action"),
    path("accesses/", views.AccessList.as_view(), name="accesses"),
]

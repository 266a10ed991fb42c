"""Addresses of duties for anybody: on both faces, without signing in."""

from django.urls import path

from lianshang.core.workflow.views import deeds

app_name = "deeds"
urlpatterns = [path("", deeds.PublishedDeeds.as_view(), name="published")]

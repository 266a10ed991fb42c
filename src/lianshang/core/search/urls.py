"""Addresses of search."""

from django.urls import path

from lianshang.core.search import views

app_name = "search"
urlpatterns = [path("", views.Search.as_view(), name="results")]

"""Addresses of home."""

from django.urls import path

from lianshang.apps.home import views

app_name = "home"
urlpatterns = [path("", views.index, name="index")]

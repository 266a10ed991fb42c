"""Addresses of the UI kit."""

from django.urls import path

from lianshang.core.ui import views

app_name = "ui"
urlpatterns = [
    path("theme/", views.set_theme, name="theme"),
    path("offline/", views.offline, name="offline"),
]

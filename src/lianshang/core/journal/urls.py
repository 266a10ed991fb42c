"""Addresses of the journal."""

from django.urls import path

from lianshang.core.journal import views

app_name = "journal"
urlpatterns = [
    path("<str:label>/<int:pk>/", views.Journal.as_view(), name="notes"),
    path("<str:label>/<int:pk>/new/", views.NewNote.as_view(), name="new"),
]

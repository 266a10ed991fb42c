"""Addresses of saved lists."""

from django.urls import path

from lianshang.core.saved import views

app_name = "saved"
urlpatterns = [
    path("new/", views.Save.as_view(), name="new"),
    path("<int:pk>/drop/", views.Drop.as_view(), name="drop"),
]

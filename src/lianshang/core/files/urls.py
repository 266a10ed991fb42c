"""Addresses of attachments."""

from django.urls import path

from lianshang.core.files import views

app_name = "files"
urlpatterns = [
    path("<int:pk>/", views.Download.as_view(), name="download"),
    path("<int:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("to/<str:label>/<int:pk>/", views.Attach.as_view(), name="attach"),
]

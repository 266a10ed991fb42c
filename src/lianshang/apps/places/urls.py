"""Addresses of places."""

from django.urls import path

from lianshang.apps.places import views

app_name = "places"
urlpatterns = [
    path("parks/", views.ParkList.as_view(), name="parks"),
    path("parks/new/", views.NewPark.as_view(), name="park-new"),
    path("parks/<int:pk>/", views.ChangePark.as_view(), name="park"),
]

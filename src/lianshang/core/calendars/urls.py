"""Addresses of calendars."""

from django.urls import path

from lianshang.core.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.YearPage.as_view(), name="year"),
    path("days/new/", views.NewSpecialDay.as_view(), name="day-new"),
    path("days/<int:pk>/remove/", views.RemoveSpecialDay.as_view(), name="day-remove"),
    path("announcements/new/", views.AnnounceYear.as_view(), name="announce"),
    path("hours/new/", views.SetOfficeHours.as_view(), name="hours"),
]

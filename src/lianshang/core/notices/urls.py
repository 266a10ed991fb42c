"""Addresses of notices."""

from django.urls import path

from lianshang.core.notices.views import deliveries, doors, mine, webhooks

app_name = "notices"
urlpatterns = [
    path("", mine.MyNotices.as_view(), name="mine"),
    path("<uuid:pk>/", mine.OpenNotice.as_view(), name="open"),
    path("settings/", mine.Settings.as_view(), name="settings"),
    path("settings/test/", mine.SendTest.as_view(), name="test"),
    path("settings/bind/<slug:door>/", doors.Bind.as_view(), name="bind"),
    path("webhooks/", webhooks.Webhooks.as_view(), name="webhooks"),
    path("webhooks/new/", webhooks.AddWebhook.as_view(), name="webhook-new"),
    path("webhooks/<int:pk>/off/", webhooks.TurnOff.as_view(), name="webhook-off"),
    path("webhooks/again/<int:pk>/", webhooks.SendAgain.as_view(), name="webhook-again"),
    path("go/<slug:door>/", doors.Go.as_view(), name="go"),
    path("enter/<slug:door>/", doors.Enter.as_view(), name="enter"),
    path("deliveries/", deliveries.DeliveryList.as_view(), name="deliveries"),
    path("deliveries/<int:pk>/resend/", deliveries.Resend.as_view(), name="resend"),
]

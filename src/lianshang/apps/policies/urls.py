"""Addresses of policies."""

from django.urls import path

from lianshang.apps.policies import views

app_name = "policies"
urlpatterns = [
    path("", views.PolicyList.as_view(), name="list"),
    path("<int:pk>/", views.PolicyDetail.as_view(), name="detail"),
    path("<int:pk>/firms/", views.PolicyFirms.as_view(), name="firms"),
    path("one-step/", views.OneStepList.as_view(), name="one-step"),
    path("evaluate/", views.EvaluateRegister.as_view(), name="evaluate"),
    path("explain/<int:pk>/<str:code>/", views.Explain.as_view(), name="explain"),
]

"""Addresses of policies."""

from django.urls import path

from lianshang.apps.policies.views import library, mine

app_name = "policies"
urlpatterns = [
    path("", library.PolicyList.as_view(), name="list"),
    path("<int:pk>/", library.PolicyDetail.as_view(), name="detail"),
    path("<int:pk>/firms/", library.PolicyFirms.as_view(), name="firms"),
    path("mine/", mine.MyPolicies.as_view(), name="mine"),
    path("mine/report.docx", mine.MyPoliciesReport.as_view(), name="mine-report"),
    path("one-step/", library.OneStepList.as_view(), name="one-step"),
    path("evaluate/", library.EvaluateRegister.as_view(), name="evaluate"),
    path("explain/<int:pk>/<str:code>/", library.Explain.as_view(), name="explain"),
]

"""Addresses of policies."""

from django.urls import path

from lianshang.apps.policies.views import library, one_step, versions, whatif

app_name = "policies"
urlpatterns = [
    path("", library.PolicyList.as_view(), name="list"),
    path("<int:pk>/", library.PolicyDetail.as_view(), name="detail"),
    path("<int:pk>/firms/", library.PolicyFirms.as_view(), name="firms"),
    path("<int:pk>/versions/", versions.Versions.as_view(), name="versions"),
    path("one-step/", one_step.OneStepList.as_view(), name="one-step"),
    path("what-if/<int:pk>/", whatif.FirmWhatIf.as_view(), name="what-if"),
    path("<int:pk>/what-if/", whatif.PolicyWhatIf.as_view(), name="policy-what-if"),
    path("one-step/tell/", one_step.TellFirms.as_view(), name="tell"),
    path("evaluate/", library.EvaluateRegister.as_view(), name="evaluate"),
    path("explain/<int:pk>/<str:code>/", library.Explain.as_view(), name="explain"),
]

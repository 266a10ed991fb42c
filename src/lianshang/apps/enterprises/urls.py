"""Addresses of the enterprise register."""

from django.urls import path

from lianshang.apps.enterprises.views import checks, consents, ledger, recording, register

app_name = "enterprises"
urlpatterns = [
    path("", register.EnterpriseList.as_view(), name="list"),
    path("<int:pk>/", register.EnterpriseDetail.as_view(), name="detail"),
    path("<int:pk>/correct/", register.CorrectEnterprise.as_view(), name="correct"),
    path("<int:pk>/record/", recording.PickQuantity.as_view(), name="pick"),
    path("<int:pk>/record/<str:code>/", recording.RecordFact.as_view(), name="record"),
    path("<int:pk>/contact/", register.reveal_contact, name="contact"),
    path("<int:pk>/held/", register.HeldAboutUs.as_view(), name="held"),
    path("<int:pk>/supply/", recording.PickSupply.as_view(), name="supply"),
    path("<int:pk>/supply/<str:code>/", recording.SupplyFact.as_view(), name="supply-one"),
    path("<int:pk>/consents/new/", consents.GiveConsent.as_view(), name="consent-new"),
    path(
        "<int:pk>/consents/<int:consent>/withdraw/",
        consents.WithdrawConsent.as_view(),
        name="consent-withdraw",
    ),
    path("<int:pk>/officers/new/", register.AssignOfficer.as_view(), name="assign"),
    path("<int:pk>/officers/<int:serving>/end/", register.ReleaseOfficer.as_view(), name="release"),
    path("sources/", ledger.SourceList.as_view(), name="sources"),
    path("sources/<int:pk>/", ledger.ChangeSource.as_view(), name="source"),
    path("quantities/", ledger.QuantityList.as_view(), name="quantities"),
    path("checks/", checks.CheckList.as_view(), name="checks"),
    path("checks/confirm/", checks.ConfirmChosen.as_view(), name="checks-confirm"),
    path("checks/<int:pk>/", checks.CheckFact.as_view(), name="check"),
    path("conflicts/", ledger.ConflictList.as_view(), name="conflicts"),
]

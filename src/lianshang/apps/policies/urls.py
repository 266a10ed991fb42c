"""Addresses of policies."""

from django.urls import path

from lianshang.apps.policies.views import drafts, editor, library, reviewing, simulation

app_name = "policies"
urlpatterns = [
    path("", library.PolicyList.as_view(), name="list"),
    path("<int:pk>/", library.PolicyDetail.as_view(), name="detail"),
    path("<int:pk>/firms/", library.PolicyFirms.as_view(), name="firms"),
    path("one-step/", library.OneStepList.as_view(), name="one-step"),
    path("evaluate/", library.EvaluateRegister.as_view(), name="evaluate"),
    path("explain/<int:pk>/<str:code>/", library.Explain.as_view(), name="explain"),
    path("drafts/", drafts.DraftList.as_view(), name="drafts"),
    path("drafts/new/", drafts.NewDraft.as_view(), name="draft-new"),
    path("<int:pk>/revise/", drafts.RevisePolicy.as_view(), name="revise"),
    path("drafts/<int:pk>/", drafts.DraftPage.as_view(), name="draft"),
    path("drafts/<int:pk>/edit/", editor.Editor.as_view(), name="draft-edit"),
    path("drafts/<int:pk>/check/", editor.CheckDraft.as_view(), name="draft-check"),
    path("drafts/<int:pk>/affected/", editor.CountAffected.as_view(), name="draft-affected"),
    path("drafts/<int:pk>/review/", reviewing.AnswerReview.as_view(), name="draft-review"),
    path("drafts/<int:pk>/submit/", reviewing.SubmitDraft.as_view(), name="draft-submit"),
    path("drafts/<int:pk>/return/", reviewing.ReturnDraft.as_view(), name="draft-return"),
    path("drafts/<int:pk>/approve/", reviewing.ApproveDraft.as_view(), name="draft-approve"),
    path("drafts/<int:pk>/publish/", reviewing.PublishDraft.as_view(), name="draft-publish"),
    path("drafts/<int:pk>/withdraw/", reviewing.WithdrawDraft.as_view(), name="draft-withdraw"),
    path("drafts/<int:pk>/propose/", reviewing.ProposeText.as_view(), name="draft-propose"),
    path("drafts/<int:pk>/take/", reviewing.TakeProposal.as_view(), name="draft-take"),
    path(
        "drafts/<int:pk>/simulation/", simulation.SimulateDraft.as_view(), name="draft-simulation"
    ),
    path("<int:pk>/simulation/", simulation.SimulatePolicy.as_view(), name="simulation"),
    path("facts/", editor.FactNames.as_view(), name="facts"),
]

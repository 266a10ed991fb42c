"""Addresses of policies."""

from django.urls import path

from lianshang.apps.policies.views import (
    cases,
    firm_delivery,
    library,
    procedures,
    publicity,
    rounds,
)

app_name = "policies"
urlpatterns = [
    path("", library.PolicyList.as_view(), name="list"),
    path("<int:pk>/", library.PolicyDetail.as_view(), name="detail"),
    path("<int:pk>/firms/", library.PolicyFirms.as_view(), name="firms"),
    path("one-step/", library.OneStepList.as_view(), name="one-step"),
    path("evaluate/", library.EvaluateRegister.as_view(), name="evaluate"),
    path("explain/<int:pk>/<str:code>/", library.Explain.as_view(), name="explain"),
    path("<int:pk>/rounds/new/", rounds.OpenRound.as_view(), name="round-new"),
    path("<int:pk>/guide/", publicity.GuidePage.as_view(), name="guide"),
    path("<int:pk>/guide/edit/", publicity.EditGuide.as_view(), name="guide-edit"),
    path("delivery/", rounds.RoundList.as_view(), name="rounds"),
    path("delivery/<int:pk>/", rounds.RoundPage.as_view(), name="round"),
    path("delivery/<int:pk>/review/", rounds.ReviewMany.as_view(), name="review"),
    path("delivery/<int:pk>/send/", rounds.SendList.as_view(), name="send-list"),
    path("delivery/<int:pk>/opinions/", rounds.AskOpinions.as_view(), name="ask-opinions"),
    path("delivery/<int:pk>/decision/", rounds.RecordDecision.as_view(), name="decision"),
    path("delivery/<int:pk>/notice/", rounds.PublishNotice.as_view(), name="notice-new"),
    path("delivery/<int:pk>/letter/", rounds.IssueLetter.as_view(), name="letter"),
    path("delivery/<int:pk>/receipts/", rounds.EnterReceipts.as_view(), name="receipts"),
    path("delivery/<int:pk>/apply/", firm_delivery.Apply.as_view(), name="apply"),
    path("cases/<int:pk>/", cases.CasePage.as_view(), name="case"),
    path("cases/<int:pk>/receipt/", cases.EnterReceipt.as_view(), name="receipt"),
    path("cases/<int:pk>/approved/", cases.SetApproved.as_view(), name="approved"),
    path("cases/<int:pk>/stacking/", cases.DecideStacking.as_view(), name="stacking"),
    path("cases/<int:pk>/note/", cases.NoteCase.as_view(), name="note-case"),
    path(
        "cases/<int:pk>/objections/<int:objection>/",
        cases.SettleObjection.as_view(),
        name="settle-objection",
    ),
    path("cases/<int:pk>/wish/", firm_delivery.AnswerWish.as_view(), name="answer-wish"),
    path("cases/<int:pk>/supply/", firm_delivery.Supply.as_view(), name="supply"),
    path("cases/<int:pk>/withdraw/", firm_delivery.Withdraw.as_view(), name="withdraw"),
    path("cases/<int:pk>/rate/", firm_delivery.Rate.as_view(), name="rate"),
    path("cases/<int:pk>/dispute/", firm_delivery.Dispute.as_view(), name="dispute"),
    path("procedures/", procedures.ProcedureList.as_view(), name="procedures"),
    path("procedures/<int:pk>/", procedures.ProcedurePage.as_view(), name="procedure"),
    path("notices/", publicity.NoticeList.as_view(), name="notices"),
    path("notices/<int:pk>/", publicity.NoticePage.as_view(), name="notice"),
    path("notices/<int:pk>/objection/", publicity.RecordObjection.as_view(), name="objection"),
]

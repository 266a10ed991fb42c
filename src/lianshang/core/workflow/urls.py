"""Addresses of duties."""

from django.urls import path

from lianshang.core.workflow.views import (
    acts,
    deeds,
    duties,
    kinds,
    opening,
    origins,
    papers,
    statistics,
)

app_name = "workflow"
urlpatterns = [
    path("", duties.DutyList.as_view(), name="duties"),
    path("new/", opening.NewDuty.as_view(), name="duty-new"),
    path("new/clocks/", opening.ClockPreview.as_view(), name="duty-clocks"),
    path("together/", acts.ActOnMany.as_view(), name="duties-act"),
    path("<int:pk>/", duties.DutyDetail.as_view(), name="duty"),
    path("<int:pk>/acts/<slug:act>/", acts.ActPage.as_view(), name="duty-act"),
    path("<int:pk>/slip/", papers.IssueSlip.as_view(), name="slip"),
    path("<int:pk>/letter/", papers.IssueLetter.as_view(), name="letter"),
    path("origins/", origins.OriginList.as_view(), name="origins"),
    path("origins/new/<slug:kind>/", origins.NewOrigin.as_view(), name="origin-new"),
    path("origins/<int:pk>/", origins.OriginDetail.as_view(), name="origin"),
    path("origins/<int:pk>/add/", origins.AddRows.as_view(), name="origin-add"),
    path("origins/<int:pk>/settle/", origins.SettleOrigin.as_view(), name="origin-settle"),
    path("origins/<int:pk>/reopen/", origins.ReopenOrigin.as_view(), name="origin-reopen"),
    path("origins/<int:pk>/minutes/", papers.IssueMinutes.as_view(), name="minutes"),
    path("origins/<int:pk>/reply/", papers.IssueReply.as_view(), name="reply"),
    path("origins/<int:pk>/answers/<int:asker>/", papers.IssueAnswerSheet.as_view(), name="answer"),
    path("kinds/", kinds.KindList.as_view(), name="kinds"),
    path("kinds/new/", kinds.NewKind.as_view(), name="kind-new"),
    path("kinds/<int:pk>/", kinds.EditKind.as_view(), name="kind"),
    path("kinds/<int:pk>/retire/", kinds.RetireKind.as_view(), name="kind-retire"),
    path("statistics/", statistics.StatisticsPage.as_view(), name="statistics"),
    path("statistics/rows/", statistics.StatisticsRows.as_view(), name="statistics-rows"),
    path("statistics/bulletin/", statistics.IssueBulletin.as_view(), name="statistics-bulletin"),
    path("deeds/", deeds.DeedList.as_view(), name="deeds"),
]

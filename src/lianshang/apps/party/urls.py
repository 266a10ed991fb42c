"""Addresses of the Party chain."""

from django.urls import path

from lianshang.apps.party.views import coverage, organizations, rules

app_name = "party"
urlpatterns = [
    path("organizations/", organizations.OrganizationList.as_view(), name="organizations"),
    path("organizations/new/", organizations.FoundOrganization.as_view(), name="found"),
    path("organizations/<int:pk>/", organizations.OrganizationPage.as_view(), name="organization"),
    path("organizations/<int:pk>/place/", organizations.PlaceOrganization.as_view(), name="place"),
    path("organizations/<int:pk>/post/", organizations.HoldPost.as_view(), name="hold"),
    path(
        "organizations/<int:pk>/posts/<int:holding>/leave/",
        organizations.LeavePost.as_view(),
        name="leave",
    ),
    path("organizations/<int:pk>/end/", organizations.EndOrganization.as_view(), name="end"),
    path("trees/<int:pk>/", organizations.TreePage.as_view(), name="tree"),
    path("coverage/", coverage.CoverageList.as_view(), name="coverage"),
    path("firms/<int:pk>/cover/", coverage.CoverFirm.as_view(), name="cover"),
    path(
        "firms/<int:pk>/coverages/<int:coverage>/end/",
        coverage.EndCoverage.as_view(),
        name="end-coverage",
    ),
    path("firms/<int:pk>/members/", coverage.CountMembers.as_view(), name="members"),
    path("firms/<int:pk>/leave-out/", coverage.LeaveOut.as_view(), name="leave-out"),
    path("firms/<int:pk>/count-again/", coverage.CountAgain.as_view(), name="count-again"),
    path("rules/", rules.RuleList.as_view(), name="rules"),
    path("rules/<int:pk>/", rules.ChangeRule.as_view(), name="rule"),
]

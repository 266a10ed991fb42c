"""Addresses of office papers."""

from django.urls import path

from lianshang.core.papers.views import papers, templates

app_name = "papers"
urlpatterns = [
    path("", papers.PaperList.as_view(), name="papers"),
    path("bulletin/new/", papers.WriteBulletin.as_view(), name="bulletin"),
    path("<int:pk>/", papers.PaperDetail.as_view(), name="paper"),
    path("<int:pk>/download/", papers.Download.as_view(), name="download"),
    path("<int:pk>/scan/", papers.TakeScan.as_view(), name="scan"),
    path("templates/", templates.TemplateList.as_view(), name="templates"),
    path(
        "templates/<slug:kind>/<int:version>.docx",
        templates.DownloadTemplate.as_view(),
        name="template",
    ),
    path("templates/<slug:kind>/upload/", templates.UploadTemplate.as_view(), name="upload"),
    path("templates/<slug:kind>/word/", templates.SetWord.as_view(), name="word"),
    path(
        "templates/<slug:kind>/<int:version>/use/",
        templates.ActivateTemplate.as_view(),
        name="use",
    ),
]

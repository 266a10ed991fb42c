"""Addresses of imports and exports."""

from django.urls import path

from lianshang.core.imports.views import batches, deeds, files, rows, wizard

app_name = "imports"
urlpatterns = [
    path("", batches.ImportList.as_view(), name="batches"),
    path("registers/<slug:register>/new/", wizard.NewImport.as_view(), name="new"),
    path("registers/<slug:register>/template.xlsx", files.Template.as_view(), name="template"),
    path("registers/<slug:register>/export/", files.Export.as_view(), name="export"),
    path("<int:pk>/", batches.BatchPage.as_view(), name="batch"),
    path("<int:pk>/columns/", wizard.MapColumns.as_view(), name="columns"),
    path("<int:pk>/start/", deeds.Start.as_view(), name="start"),
    path("<int:pk>/resume/", deeds.Resume.as_view(), name="resume"),
    path("<int:pk>/recheck/", deeds.Recheck.as_view(), name="recheck"),
    path("<int:pk>/discard/", deeds.Discard.as_view(), name="discard"),
    path("<int:pk>/undo/", deeds.Undo.as_view(), name="undo"),
    path("<int:pk>/rows/", rows.RowList.as_view(), name="rows"),
    path("<int:pk>/rows/<int:number>/", rows.CorrectRow.as_view(), name="row"),
    path("<int:pk>/rows/<int:number>/dismiss/", rows.DismissRow.as_view(), name="dismiss"),
]

"""Addresses of the open data."""

from django.urls import path

from tenderwell.public.opendata import views

app_name = "opendata"
urlpatterns = [
    path("api/ocds/releases", views.releases, name="releases"),
    path("api/ocds/releases/<path:identity>.json", views.release, name="release"),
    path("api/ocds/records", views.records, name="records"),
    path("api/ocds/records/<path:ocid>.json", views.record, name="record"),
    path("api/ocds/records/<path:ocid>.ics", views.calendar, name="calendar"),
    path("api/ocds/bulk", views.bulk_list, name="bulk-list"),
    path("api/ocds/bulk/<int:year>.jsonl.gz", views.bulk, name="bulk"),
    path("api/ocds/extension/extension.json", views.extension, name="extension"),
    path("api/ocds/extension/release-schema.json", views.extension_schema, name="extension-schema"),
    path("api/ocds/releases.csv", views.basis_csv, name="basis-csv"),
    path("api/ocds/processes.csv", views.processes_csv, name="processes-csv"),
    path("api/ocds/processes.xlsx", views.processes_xlsx, name="processes-xlsx"),
    path("api/ocds/processes.json", views.processes_json, name="processes-json"),
    path("feeds/notices.atom", views.notices, name="notices"),
]

"""Addresses of the public site: `urlpatterns` without a language in front, `localised` with one."""

from django.urls import path

from tenderwell.public.portal import checking, views

TEXTS = ("data", "accessibility", "privacy", "complaints")
urlpatterns = [
    path("processes/<str:ocid>/files/<slug:sha256>/<str:name>", views.document),
    path("processes/<str:ocid>/bundle.zip", views.bundle_file, name="bundle"),
    path("processes/<str:ocid>/proofs/<int:index>.tlog-proof", views.proof),
    path("processes/<str:ocid>/files.zip", views.all_documents),
]
localised = [
    path("", views.search_page, name="search"),
    path("processes/<str:ocid>/", views.process_page, name="process"),
    path("processes/<str:ocid>/guideline/", views.guideline_page, name="guideline"),
    path("processes/<str:ocid>/history/", views.history_page, name="history"),
    path("processes/<str:ocid>/opening/", views.opening_page, name="opening"),
    path("processes/<str:ocid>/proofs/<int:index>/", views.proof, name="proof"),
    path("check/", checking.check_page, name="check"),
    path("check/sealing-client.tlog-proof", checking.client_proof, name="client-proof"),
    path("money/", views.money, name="money"),
    path("rules/", views.rules, name="rules"),
    path("rules/<slug:key>/", views.procedure_page, name="procedure"),
    *(path(f"{name}/", views.text_page, {"name": name}, name=name) for name in TEXTS),
]

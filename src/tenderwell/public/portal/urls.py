"""Addresses of the public site: `urlpatterns` without a language in front, `localised` with one."""

from django.urls import path

from tenderwell.public.portal import checking, stating, views
from tenderwell.public.portal.statements import KINDS
from tenderwell.public.portal.texts import TEXTS

urlpatterns = [
    path("processes/<str:ocid>/files/<slug:sha256>/<str:name>", views.document),
    path("processes/<str:ocid>/bundle.zip", views.bundle_file, name="bundle"),
    path("processes/<str:ocid>/proofs/<int:index>.tlog-proof", views.proof),
    path("processes/<str:ocid>/files.zip", views.all_documents),
    *(path(f"{kind}/{kind}.tlog-proof", stating.proof, {"kind": kind}, name=f"{kind}-proof") for kind in KINDS),
    *(path(f"{kind}/<str:name>", stating.file, {"kind": kind}, name=f"{kind}-file") for kind in KINDS),
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
    path("rules/", stating.rules, name="rules"),
    path("rules/<slug:key>/", stating.procedure_page, name="procedure"),
    *(path(f"{name}/", stating.text_page, {"name": name}, name=name) for name in TEXTS),
]

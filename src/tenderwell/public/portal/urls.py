"""Addresses of the public site; all of them with the reader's language in front."""

from django.urls import path

from tenderwell.public.portal import views

app_name = "portal"
TEXTS = ("check", "data", "accessibility", "privacy", "complaints")
urlpatterns = [
    path("", views.search_page, name="search"),
    path("processes/<str:ocid>/", views.process_page, name="process"),
    path("processes/<str:ocid>/history/", views.history_page, name="history"),
    path("processes/<str:ocid>/proofs/<int:index>/", views.proof, name="proof"),
    path("processes/<str:ocid>/files/<slug:sha256>/<str:name>", views.document, name="document"),
    path("money/", views.money, name="money"),
    path("rules/", views.rules, name="rules"),
    path("rules/<slug:key>/", views.procedure_page, name="procedure"),
    *(path(f"{name}/", views.text_page, {"name": name}, name=name) for name in TEXTS),
]

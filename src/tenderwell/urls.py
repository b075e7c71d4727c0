"""Every address of the site: each part brings its own urls.py, included here."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from tenderwell.public.portal import urls as portal
from tenderwell.ui.urls import localised as look

WORKROOM = (
    "parties",
    "planning",
    "engagement",
    "tendering",
    "bidding",
    "evaluation",
    "awarding",
    "remedies",
    "delivery",
    "messages",
    "desk",
)  # a stage's own pages come before the desk's page of any command

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tenderwell.ui.urls")),
    path("log/", include("tenderwell.ledger.urls")),
    path("", include("tenderwell.public.opendata.urls")),
    path("", include(portal)),
    path("", include("tenderwell.workroom.api.urls")),
    *i18n_patterns(
        path("", include(look)),
        path("account/", include("allauth.urls")),
        *(path("", include(f"tenderwell.workroom.{part}.urls")) for part in WORKROOM),
        path("", include((portal.localised, "portal"))),
    ),
]

handler400 = "tenderwell.ui.views.bad_request"
handler403 = "tenderwell.ui.views.forbidden"
handler404 = "tenderwell.ui.views.not_found"
handler500 = "tenderwell.ui.views.server_error"

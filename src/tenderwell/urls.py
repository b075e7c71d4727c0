"""Every address of the site: each part brings its own urls.py, included here."""

from pathlib import Path

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from tenderwell.ui.urls import localised


def present(prefix: str, module: str) -> list[URLResolver]:
    """Temporary, until every folder is there: the part's addresses if it has a urls.py."""
    file = Path(__file__).parent.parent.joinpath(*module.split(".")).with_suffix(".py")
    return [path(prefix, include(module))] if file.exists() else []


STAGES = (
    "parties",
    "process",
    "planning",
    "engagement",
    "tendering",
    "bidding",
    "evaluation",
    "awarding",
    "remedies",
    "delivery",
)
workroom = [each for stage in (*STAGES, "desk") for each in present("", f"tenderwell.workroom.{stage}.urls")]

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("", include("tenderwell.ui.urls")),
    *present("", "tenderwell.public.opendata.urls"),
    *present("", "tenderwell.public.portal.urls"),
    *present("", "tenderwell.workroom.api.urls"),
    *i18n_patterns(path("", include(localised)), *workroom),
]

handler400 = "tenderwell.ui.views.bad_request"
handler403 = "tenderwell.ui.views.forbidden"
handler404 = "tenderwell.ui.views.not_found"
handler500 = "tenderwell.ui.views.server_error"

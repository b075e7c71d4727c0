"""Addresses for the tests of pages: the site's own, with the parts that the pages link to."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from tenderwell import urls

urlpatterns = [
    *urls.urlpatterns,
    path("", include("tenderwell.workroom.api.urls")),
    *i18n_patterns(
        path("", include("tenderwell.workroom.bidding.urls")),
        path("", include("tenderwell.workroom.evaluation.urls")),
        path("", include("tenderwell.workroom.desk.urls")),
    ),
]
handler404 = urls.handler404

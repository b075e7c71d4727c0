"""Addresses for the tests of pages: the site's own, with the parts that the pages link to."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from tenderwell import urls

STAGES = ("tendering", "desk")
urlpatterns = [
    *urls.urlpatterns,
    *i18n_patterns(*(path("", include(f"tenderwell.workroom.{stage}.urls")) for stage in STAGES)),
]
handler404 = urls.handler404

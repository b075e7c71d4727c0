"""Every address of the site: each part brings its own urls.py, included here."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path


def present(prefix: str, module: str) -> list[URLResolver]:
    """Temporary, until every folder is there: the part's addresses if it has a urls.py."""
    return [path(prefix, include(module))] if find_spec(module.rpartition(".")[0]) and find_spec(module) else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    *present("", "tenderwell.public.portal.urls"),
]

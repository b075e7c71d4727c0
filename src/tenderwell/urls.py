"""Every address of the site: each part brings its own urls.py, included here."""

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path


def present(prefix: str, module: str) -> list[URLResolver]:
    """Temporary, until every folder is there: the part's addresses if it has a urls.py."""
    file = Path(__file__).parent.parent.joinpath(*module.split(".")).with_suffix(".py")
    return [path(prefix, include(module))] if file.exists() else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    *present("", "tenderwell.public.portal.urls"),
]

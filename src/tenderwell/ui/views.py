"""The stylesheet of the theme, the pages that explain errors, and the gallery of components."""

from collections.abc import Iterable

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tenderwell.ui import gallery as samples
from tenderwell.ui.forms import problems, unchecked
from tenderwell.ui.parts import Reason
from tenderwell.ui.rows import changed_rows
from tenderwell.ui.theme import current_city

log = structlog.get_logger()


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def theme(request: HttpRequest, version: str) -> HttpResponse:
    """The colours of the city; the version in the address changes with them."""
    found = current_city().theme
    if version != found.version:
        raise Http404
    return HttpResponse(found.css, content_type="text/css; charset=utf-8")


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with sample data; its form can be sent, and records nothing."""
    changed = changed_rows(request.POST) if request.method == "POST" else None
    is_sent = request.method == "POST" and changed is None
    sent = request.POST if is_sent else changed
    form, items = samples.forms_of(sent, files=request.FILES if is_sent else None)
    if changed is not None:
        unchecked(form)
        unchecked(items)
    found = problems(form, items) if is_sent else []
    context = {**samples.context(), "form": form, "items": items, "problems": found, "has_problems": bool(found)}
    context["is_sent"] = is_sent and not found
    return render(request, "ui/gallery.html", context, status=422 if found else 200)


def error_page(request: HttpRequest, *, status: int, reasons: Iterable[Reason] = ()) -> HttpResponse:
    """The page of an error (400, 403, 404, 409, 500): what happened, why, and what to do next."""
    context = {"status": status, "reasons": list(reasons)}
    return render(request, f"ui/errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400."""
    return error_page(request, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return error_page(request, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Setting CSRF_FAILURE_VIEW: mostly a session that ended while a form was open."""
    return error_page(request, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return error_page(request, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: the page with everything around it, or a bare one when even that fails."""
    try:
        return error_page(request, status=500)
    except Exception:
        # What broke the first page may break this one too.
        log.exception("error_page_failed")
        return HttpResponse(loader.render_to_string("ui/errors/last_resort.html"), status=500)

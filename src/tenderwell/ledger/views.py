"""The log for everybody: checkpoint, tiles, bundles of entries, policy, as c2sp.org/tlog-tiles has it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from tenderwell.ledger import identity, publishing, verify
from tenderwell.ledger.export import NotPublished, content
from tenderwell.ledger.tiles import BadPath, parse_path

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
BRIEFLY = "public, max-age=5"
FOR_EVER = "public, max-age=31536000, immutable"


def answer(body: str | bytes, *, type: str, cache: str, status: int = 200) -> HttpResponse:
    """Any page of any site may read it: a verifier in a browser comes from elsewhere."""
    headers = {"Cache-Control": cache, "Access-Control-Allow-Origin": "*"}
    return HttpResponse(body, content_type=type, status=status, headers=headers)


def absent(text: str) -> HttpResponse:
    """Not there yet, perhaps: nothing on the way may remember it."""
    return answer(f"{text}\n", type=TEXT, cache="no-store", status=404)


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    row = publishing.latest()
    return answer(row.latest, type=TEXT, cache=BRIEFLY) if row else absent("Nothing is published yet.")


@require_safe
@gzip_page
def piece(request: HttpRequest, path: str) -> HttpResponse:
    """A tile or a bundle; only what the published checkpoint covers, only by its one path."""
    row = publishing.latest()
    try:
        return answer(content(parse_path(path), size=row.size if row else 0), type=BYTES, cache=FOR_EVER)
    except (BadPath, NotPublished):
        return absent("There is no such tile.")


@require_safe
@gzip_page
def verifier(request: HttpRequest) -> HttpResponse:
    """The program for outsiders, as one file."""
    return answer(verify.one_file(), type="text/x-python; charset=utf-8", cache=BRIEFLY)


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    return answer(str(identity.policy()), type=TEXT, cache=BRIEFLY)

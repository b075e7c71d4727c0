"""The addresses of the open data: anyone may read, from any site, and keep copies."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext
from django.views.decorators.http import condition, require_safe

from tenderwell.core.errors import Refused
from tenderwell.public.ocds import schema
from tenderwell.public.opendata import feeds, packages, workbook
from tenderwell.public.opendata.asking import place_and_dates, search_query
from tenderwell.public.record import reading
from tenderwell.public.record.models import Record, Release
from tenderwell.public.record.search import matching, ordered, search

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_MINUTE = "public, max-age=60"
RECORDS_A_PAGE = 50
MOST_ROWS = 50_000
CHUNK = 500

View = Callable[..., HttpResponseBase]


def open_data(view: View) -> View:
    """Readable by anyone from any site; a question that is not understood is answered with every reason."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *given: object, **named: object) -> HttpResponseBase:
        try:
            response = view(request, *given, **named)
        except Refused as refusal:
            response = not_understood(refusal)
        response.headers.setdefault("Cache-Control", FOR_A_MINUTE)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


def not_understood(refusal: Refused) -> HttpResponse:
    """The reasons, as the write API gives them."""
    reasons = [
        {"code": each.code, "text": gettext(each.text).format(**each.values), "field": each.field}
        for each in refusal.reasons
    ]
    return JsonResponse({"reasons": reasons}, status=422)


@open_data
def releases(request: HttpRequest) -> HttpResponse:
    """Releases of our own in the ledger's order, a page at a time; the first page always leads to a next one."""
    cursor, start, end, limit = place_and_dates(request.GET)
    found = reading.own_changes(after=-1 if cursor is None else cursor, start=start, end=end, limit=limit + 1)
    page = found[:limit]
    is_first = cursor is None and start is None and end is None
    last = page[-1].index if page else None
    follows = len(found) > limit or (is_first and last is not None)
    dates = {name: request.GET[name] for name in ("from", "until", "limit") if request.GET.get(name)}
    links = {"next": packages.address("/releases", cursor=last, **dates) if follows else None}
    uri = packages.address("/releases", cursor=cursor, **dates)
    body = packages.release_package([each.release for each in page], uri=uri, published=timezone.now(), links=links)
    return HttpResponse(body, content_type=JSON)


def release_etag(request: HttpRequest, identity: str) -> str | None:
    found = Release.objects.filter(pk=storable(identity)).values_list("sha256", flat=True).first()
    return f'"{found}"' if found else None


@open_data
@condition(etag_func=release_etag)
def release(request: HttpRequest, identity: str) -> HttpResponse:
    """The canonical bytes whose SHA-256 is in the ledger."""
    found = reading.release_of(storable(identity))
    if found is None:
        raise Http404
    return HttpResponse(bytes(found.body), content_type=JSON, headers={"Cache-Control": FOR_EVER})


@open_data
def record(request: HttpRequest, ocid: str) -> HttpResponse:
    """One process: its compiled release and the addresses of its releases."""
    found = record_or_404(ocid)
    made_of = [change.release for change in reading.timeline(ocid)]
    source = reading.sources().get(found.source)
    uri = packages.record_address(ocid)
    body = packages.record_package([(found, made_of)], uri=uri, published=found.updated, source=source)
    return HttpResponse(body, content_type=JSON)


@open_data
def records(request: HttpRequest) -> HttpResponse:
    """Processes of our own by ocid, a page at a time."""
    after = storable(request.GET.get("after", ""))
    rows = reading.own_records(after=after, limit=RECORDS_A_PAGE + 1)
    page = rows[:RECORDS_A_PAGE]
    follows = page[-1].ocid if len(rows) > RECORDS_A_PAGE or (page and not after) else None
    links = {"next": packages.address("/records", after=follows) if follows else None}
    made_of = reading.releases_of([row.ocid for row in page])
    pairs = [(row, made_of[row.ocid]) for row in page]
    uri = packages.address("/records", after=after or None)
    body = packages.record_package(pairs, uri=uri, published=timezone.now(), links=links)
    return HttpResponse(body, content_type=JSON)


@open_data
def bulk_list(request: HttpRequest) -> HttpResponse:
    """The years for which there is a bulk file."""
    years = [
        {"year": year, "url": packages.address(f"/bulk/{year}.jsonl.gz"), "releases": number, "lastModified": last}
        for year, number, last in reading.years()
    ]
    return JsonResponse({"files": years})


@open_data
def bulk(request: HttpRequest, year: int) -> HttpResponseBase:
    """All releases of our own dated in one year, one a line, each in its canonical bytes."""
    last = next((last for found, _, last in reading.years() if found == year), None)
    if last is None:
        raise Http404
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    bodies = reading.own_releases_between(start, end).values_list("body", flat=True).iterator(chunk_size=CHUNK)
    response = StreamingHttpResponse(gzipped(bytes(body) + b"\n" for body in bodies), content_type="application/gzip")
    response.headers["Last-Modified"] = http_date(last.timestamp())
    response.headers["Content-Disposition"] = f'attachment; filename="{year}.jsonl.gz"'
    return response


def gzipped(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines as one gzip stream, without a time in it: the same releases give the same bytes."""
    packer = zlib.compressobj(wbits=31)
    for line in lines:
        if packed := packer.compress(line):
            yield packed
    yield packer.flush()


@open_data
def notices(request: HttpRequest) -> HttpResponse:
    """A feed of the newest processes that a search finds: subscribe to a search by its address."""
    now = timezone.now()
    found = search(search_query(request.GET, now=now))
    uri = request.build_absolute_uri()
    return HttpResponse(feeds.atom(found.hits, uri=uri, now=now), content_type="application/atom+xml; charset=utf-8")


@open_data
def processes_csv(request: HttpRequest) -> HttpResponseBase:
    """All that a search finds, as a table."""
    query = search_query(request.GET, now=timezone.now())
    rows = ordered(matching(query), query)[:MOST_ROWS].iterator(chunk_size=CHUNK)
    response = StreamingHttpResponse(feeds.table(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="processes.csv"'
    return response


@open_data
def processes_xlsx(request: HttpRequest) -> HttpResponseBase:
    """All that a search finds, for a spreadsheet."""
    query = search_query(request.GET, now=timezone.now())
    rows = ordered(matching(query), query)[:MOST_ROWS].iterator(chunk_size=CHUNK)
    response = StreamingHttpResponse(workbook.stream(rows), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="processes.xlsx"'
    return response


@open_data
def basis_csv(request: HttpRequest) -> HttpResponseBase:
    """Every release behind the figures of the site, with its entry in the ledger."""
    response = StreamingHttpResponse(feeds.basis(reading.places()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="releases.csv"'
    return response


@open_data
def processes_json(request: HttpRequest) -> HttpResponse:
    """One page of what a search finds, with how many there are of each kind."""
    found = search(search_query(request.GET, now=timezone.now()))
    facets = {
        name: [{"value": each.value, "label": each.label, "count": each.count} for each in counts]
        for name, counts in found.facets.items()
    }
    rows = [feeds.summary(each) for each in found.hits]
    told = {"total": found.total, "page": found.page, "pages": found.pages, "facets": facets, "processes": rows}
    return JsonResponse(told)


@open_data
def calendar(request: HttpRequest, ocid: str) -> HttpResponse:
    """The dates of a process for a calendar."""
    body = feeds.calendar(record_or_404(ocid))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


@open_data
def extension(request: HttpRequest) -> HttpResponse:
    """What our own extension is."""
    return HttpResponse(schema.text_of(schema.metadata(packages.address("")[: -len(packages.API)])), content_type=JSON)


@open_data
def extension_schema(request: HttpRequest) -> HttpResponse:
    """What our own extension adds to the release schema."""
    return HttpResponse(schema.text_of(schema.patch()), content_type=JSON)


def record_or_404(ocid: str) -> Record:
    found = reading.record_of(storable(ocid))
    if found is None:
        raise Http404
    return found


def storable(text: str) -> str:
    """Without null characters, which no stored text can hold."""
    return text.replace("\x00", "")

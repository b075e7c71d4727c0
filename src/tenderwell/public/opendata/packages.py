"""OCDS packages: who publishes, under which licence, and the releases or records, as bytes that were hashed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from tenderwell.public import ocds
from tenderwell.public.ocds import extensions
from tenderwell.public.record.models import Record, Release, Source

API = "/api/ocds"


def address(path: str, **given: str | int | None) -> str:
    """An absolute address of the API. path: already quoted."""
    asked = urlencode({name: value for name, value in given.items() if value is not None})
    return f"{settings.TENDERWELL_ADDRESS}{API}{path}" + (f"?{asked}" if asked else "")


def release_address(identity: str) -> str:
    """Where the bytes of a release are."""
    return address(f"/releases/{quote(identity, safe='')}.json")


def record_address(ocid: str) -> str:
    """Where the record package of a process is."""
    return address(f"/records/{quote(ocid, safe='')}.json")


def head(uri: str, *, published: datetime, source: Source | None = None) -> dict[str, Any]:
    """What every package begins with. source: the publisher of imported data."""
    ours = settings.TENDERWELL_PUBLISHER
    by = {"name": source.name, "uri": source.uri} if source else {"name": ours["name"], "uri": ours.get("uri", "")}
    return {
        "uri": uri,
        "version": "1.1",
        "extensions": extensions.declared(settings.TENDERWELL_ADDRESS),
        "publishedDate": published,
        "publisher": by,
        "license": source.licence if source else ours.get("licence", ""),
        "publicationPolicy": "" if source else ours.get("policy", ""),
    }


def release_package(
    releases: Sequence[Release], *, uri: str, published: datetime, links: dict[str, str | None]
) -> bytes:
    """A release package. published: used when it is empty; links: next and prev, or None."""
    dated = max((release.date for release in releases), default=published)
    top = {**head(uri, published=dated), "links": {name: link for name, link in links.items() if link}}
    return _with_list(top, "releases", (bytes(release.body) for release in releases))


def record_package(
    records: Sequence[tuple[Record, Sequence[Release]]],
    *,
    uri: str,
    published: datetime,
    source: Source | None = None,
    links: dict[str, str | None] | None = None,
) -> bytes:
    """A record package: each compiled release with the addresses of the releases it is made of."""
    dated = max((record.updated for record, _ in records), default=published)
    kept = {name: link for name, link in (links or {}).items() if link}
    top = {**head(uri, published=dated, source=source), "links": kept}
    return _with_list(top, "records", (_record(record, releases) for record, releases in records))


def _record(record: Record, releases: Sequence[Release]) -> bytes:
    linked = [
        {"url": release_address(release.id), "date": str(release.content["date"]), "tag": release.tags}
        for release in releases
    ]
    told = ocds.canonical({"ocid": record.ocid, "releases": linked})
    return told[:-1] + b',"compiledRelease":' + bytes(record.body) + b"}"


def _with_list(top: dict[str, Any], name: str, bodies: Iterable[bytes]) -> bytes:
    """The package, with each body exactly as it was stored."""
    return ocds.canonical(top)[:-1] + f',"{name}":['.encode() + b",".join(bodies) + b"]}"

"""Releases into the record: one at a time inside the act's transaction, or all again from the ledger's order."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from tenderwell.ledger.models import Entry
from tenderwell.public import ocds
from tenderwell.public.record.models import Record, Release, Source
from tenderwell.public.record.summary import moment, summary

LOGGED = ("ocds.release/v1", "ocds.import/v1")
COLUMNS = [field.name for field in Record._meta.concrete_fields if not field.primary_key]
RETRIEVED = 200


class Projected(NamedTuple):
    """What the ledger is told about a release."""

    id: str
    sha256: str


@dataclass(frozen=True)
class Mismatch:
    """Something that does not follow from the ledger. what: release or record; found: what is wrong."""

    what: str
    key: str
    found: str


def project(release: dict[str, Any]) -> Projected:
    """Publish one release of our own: stored as canonical bytes and merged into the record. Three queries.

    The caller holds the lock of the process, so releases of one process come one after the other.
    Raises NotOcds for a release that is not the OCDS we publish: a programming error.
    """
    told = ocds.normal_release(release)
    stored = release_row(told, body=ocds.canonical(told), id=told["id"], source="")
    stored.save(force_insert=True)
    before = Record.objects.filter(ocid=told["ocid"]).defer("search").first()
    if before and before.source:
        raise ValueError(f"{told['ocid']} was imported from {before.source}")
    save_records([record_row(told, before=before)])
    return Projected(stored.id, stored.sha256)


def release_row(content: dict[str, Any], *, body: bytes, id: str, source: str) -> Release:
    """The row of a release; not saved. body: its canonical bytes."""
    return Release(
        id=id,
        ocid=content["ocid"],
        date=moment(str(content["date"])) or timezone.now(),
        tags=list(content["tag"]),
        act_name=content.get("act", {}).get("name", "") if not source else "",
        body=body,
        sha256=ocds.digest(body),
        source=source,
    )


def record_row(content: dict[str, Any], *, before: Record | None, source: str = "", language: str = "") -> Record:
    """The row of the process after one more release; not saved."""
    compiled = advance(before.compiled if before else {}, content)
    date = moment(str(content["date"])) or timezone.now()
    body = ocds.canonical(compiled)
    return Record(
        ocid=content["ocid"],
        body=body,
        sha256=ocds.digest(body),
        published=before.published if before else date,
        updated=date,
        source=source,
        **asdict(summary(json.loads(body), language=language or (before.language if before else ""))),
    )


def advance(compiled: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """The compiled release with one more; a release that is compiled already, by its publisher, replaces it."""
    is_compiled = "compiled" in content["tag"]
    return ocds.merge_into({} if is_compiled else compiled, content)


def save_records(rows: list[Record]) -> None:
    """Insert or replace, in one query."""
    Record.objects.bulk_create(rows, update_conflicts=True, unique_fields=["ocid"], update_fields=COLUMNS)


def rebuild() -> list[Mismatch]:
    """Make every record again from the logged releases; returns what did not match, and leaves records as rebuilt.

    An empty list means: each release has the digest that was logged, and each record had the bytes that follow.
    """
    found: list[Mismatch] = []
    languages = dict(Source.objects.values_list("name", "language"))
    with transaction.atomic():
        for ocid, rows in groupby(logged().iterator(chunk_size=RETRIEVED), key=lambda row: row.ocid):
            releases = list(rows)
            found += wrong_releases(releases)
            found += wrong_record(ocid, releases, language=languages.get(releases[0].source, ""))
        found += records_from_nowhere()
    return found


def logged() -> QuerySet[Release]:
    """All releases by process in the order of the ledger, with their leaf; a leaf of None: never logged."""
    entry = Entry.objects.filter(ref=OuterRef("pk"), kind__in=LOGGED).order_by("idx")
    leaves = Release.objects.annotate(
        leaf_index=Subquery(entry.values("idx")[:1]), leaf=Subquery(entry.values("body")[:1])
    )
    return leaves.order_by("ocid", "leaf_index")


def wrong_releases(rows: list[Any]) -> Iterator[Mismatch]:
    """Releases that are not what was logged."""
    for row in rows:
        if row.leaf is None:
            yield Mismatch("release", row.id, "is not in the ledger")
        elif not json.loads(bytes(row.leaf))["sha256"] == row.sha256 == ocds.digest(bytes(row.body)):
            yield Mismatch("release", row.id, "is not what was logged")


def wrong_record(ocid: str, rows: list[Any], *, language: str) -> Iterator[Mismatch]:
    """Rebuild one record; yields it if it was another."""
    stored = Record.objects.filter(ocid=ocid).defer("search").first()
    row: Record | None = None
    for release in rows:
        row = record_row(release.content, before=row, source=release.source, language=language)
    if row and (stored is None or not is_same(stored, row)):
        save_records([row])
        yield Mismatch("record", ocid, "was missing" if stored is None else "was not what its releases amount to")


def is_same(stored: Record, row: Record) -> bool:
    """Whether everything that is shown of a record is what its releases amount to."""
    shown = [name for name in COLUMNS if name not in {"body", "search"}]
    return bytes(stored.body) == bytes(row.body) and all(getattr(stored, name) == getattr(row, name) for name in shown)


def records_from_nowhere() -> Iterator[Mismatch]:
    """Records without any release."""
    for row in Record.objects.exclude(ocid__in=Release.objects.values("ocid")).only("ocid"):
        yield Mismatch("record", row.ocid, "has no release")

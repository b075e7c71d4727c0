"""What others read of the record: changes in the ledger's order, one process, its releases."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from tenderwell.ledger.models import Entry
from tenderwell.public.record.models import Record, Release, Source
from tenderwell.public.record.projection import LOGGED


@dataclass(frozen=True)
class Change:
    """One release and its place in the ledger."""

    index: int
    release: Release


def changes(*, after: int = -1, limit: int = 100) -> list[Change]:
    """The next releases after a ledger index, in the order in which they were committed, without gaps. Two queries."""
    entries = Entry.objects.filter(idx__gt=after, kind__in=LOGGED).order_by("idx")
    places = list(entries.values_list("idx", "ref")[:limit])
    releases = Release.objects.in_bulk([ref for _, ref in places])
    return [Change(index, releases[ref]) for index, ref in places]


def record_of(ocid: str) -> Record | None:
    """One process."""
    return Record.objects.defer("search").filter(ocid=ocid).first()


def release_of(identity: str) -> Release | None:
    """One release by its id in this record."""
    return Release.objects.filter(pk=identity).first()


def timeline(ocid: str) -> list[Change]:
    """The releases of a process in the ledger's order, with their indexes. Two queries."""
    releases = {release.id: release for release in Release.objects.filter(ocid=ocid)}
    entries = Entry.objects.filter(ref__in=releases, kind__in=LOGGED).order_by("idx")
    return [Change(index, releases[ref]) for index, ref in entries.values_list("idx", "ref")]


def sources() -> dict[str, Source]:
    """The other publishers, by name."""
    return {source.name: source for source in Source.objects.order_by("name")}


def releases_between(start: datetime, end: datetime) -> QuerySet[Release]:
    """Releases dated from `start` up to, not including, `end`, oldest first."""
    return Release.objects.filter(date__gte=start, date__lt=end).order_by("date", "id")

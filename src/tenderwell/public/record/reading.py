"""What others read of the record: changes in the ledger's order, one process, its releases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import ExtractYear

from tenderwell.ledger.models import Entry
from tenderwell.public.record.models import Record, Release, Source
from tenderwell.public.record.projection import LOGGED

OWN = "ocds.release/v1"
CHUNK = 1000
FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Change:
    """One release and its place in the ledger."""

    index: int
    release: Release


def changes(*, after: int = -1, limit: int = 100) -> list[Change]:
    """The next releases after a ledger index, in the order in which they were committed, without gaps. Two queries."""
    return _changes(Entry.objects.filter(idx__gt=after, kind__in=LOGGED).order_by("idx"), limit)


def _changes(entries: QuerySet[Entry], limit: int) -> list[Change]:
    places = list(entries.values_list("idx", "ref")[:limit])
    releases = Release.objects.in_bulk([ref for _, ref in places])
    return [Change(index, releases[ref]) for index, ref in places]


def places() -> Iterator[Change]:
    """Every release, ours and imported, in the ledger's order; their bodies are read only when asked for."""
    after = -1
    while entries := list(
        Entry.objects.filter(idx__gt=after, kind__in=LOGGED).order_by("idx").values_list("idx", "ref")[:CHUNK]
    ):
        releases = Release.objects.defer("body").in_bulk([ref for _, ref in entries])
        yield from (Change(index, releases[ref]) for index, ref in entries)
        after = entries[-1][0]


def how_many() -> int:
    """How many releases stand behind all figures."""
    return Release.objects.count()


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


def own_changes(
    *, after: int = -1, start: datetime | None = None, end: datetime | None = None, limit: int = 100
) -> list[Change]:
    """Like changes(), without imports; start and end: only releases dated from start up to, not including, end."""
    entries = Entry.objects.filter(idx__gt=after, kind=OWN).order_by("idx")
    if start or end:
        dated = own_releases_between(start or FIRST, end or LAST).values("pk")
        entries = entries.filter(ref__in=dated)
    return _changes(entries, limit)


def own_releases_between(start: datetime, end: datetime) -> QuerySet[Release]:
    """Our releases dated from `start` up to, not including, `end`, oldest first."""
    return Release.objects.filter(source="", date__gte=start, date__lt=end).order_by("date", "id")


def own_records(*, after: str, limit: int) -> list[Record]:
    """Our processes by ocid, from the one after `after`."""
    return list(Record.objects.filter(source="", ocid__gt=after).defer("search").order_by("ocid")[:limit])


def releases_of(ocids: list[str]) -> dict[str, list[Release]]:
    """The releases of our processes, oldest first. One query."""
    found: dict[str, list[Release]] = {ocid: [] for ocid in ocids}
    for release in Release.objects.filter(ocid__in=ocids).order_by("date", "id"):
        found[release.ocid].append(release)
    return found


def years() -> list[tuple[int, int, datetime]]:
    """The years of our releases: year, how many, date of the last. One query."""
    dated = Release.objects.filter(source="").annotate(year=ExtractYear("date", tzinfo=UTC)).values("year")
    counted = dated.annotate(number=Count("pk"), last=Max("date")).order_by("year")
    return [(row["year"], row["number"], row["last"]) for row in counted]

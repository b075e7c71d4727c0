"""Other publishers' OCDS into the record: streamed, marked with its source, each release with a leaf in the ledger."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from tenderwell.ledger import store
from tenderwell.public import ocds
from tenderwell.public.record.models import Record, Release, Source
from tenderwell.public.record.projection import record_row, release_row, save_records
from tenderwell.public.record.summary import moment

BATCH = 200
LONGEST_LINE = 50_000_000  # bytes


@dataclass
class Imported:
    """What an import did. refused: (line number, why) of lines that are no release of that publisher."""

    added: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """One release of the file. body: its canonical bytes."""

    number: int
    content: dict[str, Any]
    body: bytes

    @property
    def id(self) -> str:
        """By content, so that importing again adds nothing."""
        return f"import-{ocds.digest(self.body)}"


class NotImportable(ValueError):
    """A line that is no release, or no release of this publisher."""


def import_releases(
    path: Path,
    *,
    source: str,
    licence: str,
    uri: str = "",
    language: str = "",
    progress: Callable[[int], None] = lambda lines: None,
) -> Imported:
    """Import a file of releases or compiled releases, one a line (.jsonl or .jsonl.gz), in batches.

    language: of texts, where a release does not say. progress: is told the number of lines done after each batch.
    """
    if not source:
        raise ValueError("an import needs the name of its publisher")
    Source.objects.update_or_create(name=source, defaults={"licence": licence, "uri": uri, "language": language})
    done = Imported()
    lines = read_lines(path, done)
    while batch := list(islice(lines, BATCH)):
        import_batch(batch, source=source, language=language, done=done)
        progress(batch[-1].number)
    return done


def read_lines(path: Path, done: Imported) -> Iterator[Line]:
    """The releases of a file; what is none is noted."""
    with path.open("rb") as stored, gzip.open(stored) if path.suffix == ".gz" else stored as file:
        number = 0
        while raw := file.readline(LONGEST_LINE):
            number += 1
            try:
                if raw.strip():
                    yield parsed(raw, number=number)
            except NotImportable as problem:
                done.refused.append((number, str(problem)))


def parsed(raw: bytes, *, number: int) -> Line:
    """One line as a release; raises NotImportable."""
    try:
        content = json.loads(raw)
        line = Line(number, content, ocds.canonical(content))
    except (ValueError, RecursionError) as problem:
        raise NotImportable(f"is no JSON that can be kept: {problem}") from problem
    if not isinstance(content, dict) or not all(isinstance(content.get(name), str) for name in ("ocid", "id", "date")):
        raise NotImportable("has no ocid, id and date")
    if not isinstance(content.get("tag"), list):
        raise NotImportable("has no tag")
    if moment(content["date"]) is None:
        raise NotImportable("has a date that is none")
    return line


@transaction.atomic
def import_batch(batch: list[Line], *, source: str, language: str, done: Imported) -> None:
    """Releases, records and leaves of one batch; a constant number of queries."""
    known = set(Release.objects.filter(pk__in=[line.id for line in batch]).values_list("pk", flat=True))
    ocids = {line.content["ocid"] for line in batch}
    records = {row.ocid: row for row in Record.objects.select_for_update().defer("search").filter(ocid__in=ocids)}
    added: dict[str, Release] = {}
    for line in batch:
        before = records.get(line.content["ocid"])
        if line.id in known or line.id in added:
            done.known += 1
        elif before and before.source != source:
            done.refused.append((line.number, "has the ocid of another publisher"))
        else:
            added[line.id] = release_row(line.content, body=line.body, id=line.id, source=source)
            row = record_row(line.content, before=before, source=source, language=language)
            records[row.ocid] = row
    keep(list(added.values()), records)
    done.added += len(added)


def keep(added: list[Release], records: dict[str, Record]) -> None:
    """Write releases, their records and their leaves."""
    if added:
        Release.objects.bulk_create(added)
        save_records([records[ocid] for ocid in dict.fromkeys(release.ocid for release in added)])
        store.append([leaf(release) for release in added])


def leaf(release: Release) -> store.Leaf:
    """Says that we took over this release, and from whom."""
    body = {
        "id": release.id,
        "ocid": release.ocid,
        "sha256": release.sha256,
        "source": release.source,
        "url": f"/api/ocds/releases/{release.id}.json",
    }
    return store.Leaf("ocds.import/v1", body, ref=release.id)

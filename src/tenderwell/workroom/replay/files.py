"""The processes in a file of OCDS, in whatever shape it is handed around; read line by line where it has lines.

Shapes: a compiled release, a release, a record, a release package or a record package; one a line, a list of them, or
one document over many lines; plain or packed by gzip. Releases that are not compiled are merged, as OCDS says, with the
others of their process in the whole file.
"""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from tenderwell.public import ocds
from tenderwell.workroom.replay.source import Node, instant, nodes, text, texts

GZIP = b"\x1f\x8b"
BLANK = b"\xef\xbb\xbf \t\r\n"  # with the mark that some programs put at the head of a file
LARGEST = 256 * 1024 * 1024  # bytes of one document over many lines
BROKEN = (OSError, EOFError, zlib.error)
UNDATED = datetime(1, 1, 1, tzinfo=UTC)
DECODER = msgspec.json.Decoder(float_hook=Decimal)


@dataclass(frozen=True)
class Unreadable:
    """A part of the file that is no process. why: for people."""

    why: str


Found = Node | Unreadable


def processes(path: Path) -> Iterator[Found]:
    """One compiled release for each process of the file, or why a part of it is none."""
    single: dict[str, list[Node]] = {}
    for document in documents(path):
        for found in releases_in(document):
            if isinstance(found, Unreadable) or "compiled" in tags(found):
                yield found
            else:
                single.setdefault(text(found, "ocid"), []).append(found)
    yield from map(merged, single.values())


@contextmanager
def unpacked(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as raw:
        is_packed = raw.read(2) == GZIP
        raw.seek(0)
        with gzip.open(raw) if is_packed else nullcontext(raw) as file:
            yield cast("IO[bytes]", file)


def documents(path: Path) -> Iterator[Any]:
    """The JSON values of the file, and an Unreadable for each line that is none."""
    if not isinstance(found := whole(path), Unreadable):
        yield found
        return
    try:
        with unpacked(path) as file:
            yield from (decoded(line) for line in file if line.strip(BLANK))
    except BROKEN as error:
        yield Unreadable(f"The file breaks off: {error}")


def whole(path: Path) -> Any:
    """The file as one document over many lines; Unreadable when it is not of that kind."""
    try:
        with unpacked(path) as file:
            head = next((line for line in file if line.strip(BLANK)), b"")
            if not isinstance(decoded(head), Unreadable):
                return Unreadable("One document a line.")
            return decoded(head + file.read(LARGEST))
    except BROKEN as error:
        return Unreadable(f"The file breaks off: {error}")


def decoded(raw: bytes) -> Any:
    """The JSON value, numbers with a point as exact decimals."""
    try:
        return DECODER.decode(raw.strip(BLANK))
    except (msgspec.DecodeError, RecursionError) as error:
        return Unreadable(f"It is not JSON: {error}")


def releases_in(document: Any) -> Iterator[Found]:
    """The releases in a document of any of the shapes."""
    if isinstance(document, Unreadable):
        yield document
    elif isinstance(document, list) and document:
        for each in document:
            yield from releases_in(each)
    elif isinstance(document, dict) and (inside := nodes(document, "records")):
        for record in inside:
            yield record_in(record)
    elif isinstance(document, dict) and isinstance(document.get("compiledRelease"), dict):
        yield record_in(document)
    elif isinstance(document, dict) and (inside := nodes(document, "releases")):
        yield from record_releases(document, inside)
    elif isinstance(document, dict) and document.get("ocid"):
        yield document
    else:
        yield Unreadable("It is not OCDS: there is no release with an ocid in it.")


def record_releases(document: Node, inside: Sequence[Node]) -> Iterator[Found]:
    """The releases of a package, or one process where the document is a record of its own."""
    if document.get("ocid"):
        yield record_in(document)
        return
    for each in inside:
        yield each if each.get("ocid") else Unreadable("It is not OCDS: a release has no ocid.")


def record_in(record: Node) -> Found:
    """The process of a record: as its publisher compiled it, else merged from its releases."""
    compiled = record.get("compiledRelease")
    if isinstance(compiled, dict):
        return {"ocid": record.get("ocid"), **compiled, "tag": ["compiled"]}
    whole = [each for each in nodes(record, "releases") if "tag" in each or "tender" in each]
    return merged(whole) if whole else Unreadable("The record gives links to its releases, not the releases.")


def tags(release: Node) -> list[str]:
    """Publishers write one tag as a text or several in a list."""
    return texts(release, "tag") or [text(release, "tag")]


def merged(releases: Sequence[Node]) -> Node:
    """All releases of one process, merged in the order of their dates."""
    compiled: dict[str, Any] = {}
    for release in sorted(releases, key=lambda each: instant(each.get("date")) or UNDATED):
        compiled = ocds.merge_into(compiled, {**release, "ocid": text(release, "ocid"), "date": text(release, "date")})
    return compiled

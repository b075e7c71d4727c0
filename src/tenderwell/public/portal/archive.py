"""All documents of a process in one ZIP, streamed: nothing is held in memory and no file is written."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from tenderwell.core import files
from tenderwell.core.outgoing import Outgoing
from tenderwell.public.portal.reading import Node, instant, is_available, words

CHUNK = 64 * 1024
LIST = "SHA256SUMS"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can hold


@dataclass(frozen=True)
class Packed:
    """A file with its place in the archive and its moment (UTC), both told by the record."""

    name: str
    sha256: str
    moment: tuple[int, int, int, int, int, int]


def has_file(document: Node) -> bool:
    """Whether the document's bytes are kept here."""
    sha256 = words(document, "sha256")
    try:
        return files.is_stored(sha256)
    except ValueError:
        return False


def packed(documents: Sequence[Node], *, now: datetime) -> list[Packed]:
    """The stored files that are not withheld, under names that no two share and that stay inside their folder."""
    found: dict[str, Packed] = {}
    for each in documents:
        if not has_file(each) or not is_available(each, now):
            continue
        sha256 = words(each, "sha256")
        name = safe_name(unquote(words(each, "url").rpartition("/")[2])) or sha256
        if name in found and found[name].sha256 != sha256:
            name = f"{sha256[:8]}-{name}"
        found[name] = Packed(name, sha256, moment_of(each))
    return list(found.values())


def safe_name(name: str) -> str:
    """The name without anything that a shell or a file system would read as more than a name."""
    return re.sub(r"[^\w .()-]", "_", name).strip(". ")[:120]


def moment_of(document: Node) -> tuple[int, int, int, int, int, int]:
    when = instant(document, "datePublished")
    if when is None or when.year < EARLIEST[0]:
        return EARLIEST
    return (when.year, when.month, when.day, when.hour, when.minute, when.second)


def stream(found: Sequence[Packed]) -> Iterator[bytes]:
    """The archive piece by piece; its last file lists every SHA-256, as `sha256sum --check` reads it."""
    out = Outgoing()
    with zipfile.ZipFile(out, "w") as archive:
        for each in found:
            with (
                archive.open(entry(each.name, each.moment), "w", force_zip64=True) as target,
                files.open_stored(each.sha256) as source,
            ):
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield out.take()
        sums = "".join(f"{each.sha256}  {each.name}\n" for each in found)
        archive.writestr(entry(LIST, EARLIEST), sums)
    yield out.take()


def entry(name: str, moment: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    """A file of the archive with a moment told by the record: the same record gives the same bytes."""
    made = zipfile.ZipInfo(name, moment)
    made.external_attr = 0o644 << 16
    return made

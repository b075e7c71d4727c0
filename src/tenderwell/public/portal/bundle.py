"""One process as a ZIP that is checked offline, years later: what was published, and the proof of every entry about it.

Format: docs/reference/log.md. What is not public yet, such as a bid before the opening, is not in it.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import rfc8785
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from tenderwell.core import files
from tenderwell.ledger import identity, publishing, store, tree, verify
from tenderwell.ledger.models import Entry
from tenderwell.public.portal.reading import Node, node, nodes, words
from tenderwell.public.record import reading

VERSION = "tenderwell/bundle/v1"
OF_TENDER = ("committee/v1", "tender.closed/v1", "share.handover/v1", "opening.next/v1", "opening.done/v1")
OF_BID = ("opening.share/v1", "opening.complaint/v1", "opening.unreadable/v1")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # no time of packing: the same content gives the same bytes
Part = tuple[str, bytes]


@dataclass(frozen=True)
class Evidence:
    """What there is about a process. changes: its releases; packages: address and hash of each evaluation package."""

    ocid: str
    changes: list[reading.Change]
    packages: dict[str, str]
    opened: list[Node]

    @property
    def bids(self) -> list[int]:
        """Entries of bids that were opened, withdrawn or replaced, each once: witnesses' times on them matter."""
        return sorted({one["index"] for one in self.opened if node(one, "preimage").get("act") == "bid.received"})


def evidence_of(ocid: str) -> Evidence:
    """Read from the public record alone."""
    changes = reading.timeline(ocid)
    packages: dict[str, str] = {}
    opened: list[Node] = []
    for change in changes:
        content = change.release.content
        stated = node(content, "tender", "evaluation", "package")
        if words(stated, "sha256"):
            packages[words(stated, "url")] = words(stated, "sha256")
        opened += [row for row in nodes(content, "tender", "openingRecord", "bids") if "index" in row]
    for sha256 in packages.values():
        sheets = nodes(json.loads(stored(sha256) or b"{}"), "sheets")
        opened += [node(sheet, "leaf") for sheet in sheets if "index" in node(sheet, "leaf")]
    return Evidence(ocid, changes, packages, opened)


def stored(sha256: str) -> bytes:
    """A published file; empty when it is not there."""
    if not files.is_stored(sha256):
        return b""
    with files.open_stored(sha256) as file:
        return file.read()


def entries_about(found: Evidence) -> dict[int, bytes]:
    """Every entry of the log about the process that is public: releases, opened blind entries, those that name it."""
    indexes = {change.index for change in found.changes} | {one["index"] for one in found.opened} | heartbeats(found)
    rows = Entry.objects.filter(idx__in=indexes).values_list("idx", "body")
    return dict(sorted({**{index: bytes(body) for index, body in rows}, **named(found)}.items()))


def heartbeats(found: Evidence) -> set[int]:
    """The entries on both sides of each outage that let bids close later."""
    contents = [change.release.content for change in found.changes]
    extensions = [each for content in contents for each in nodes(content, "tender", "outageExtensions")]
    silences = [each for extension in extensions for each in nodes(extension, "outages")]
    return {each[side] for each in silences for side in ("indexBefore", "indexAfter") if side in each}


def named(found: Evidence) -> dict[int, bytes]:
    """Entries that say in the clear that they are about this tender or one of its opened bids."""
    bids = {words(one, "preimage", "commitment") for one in found.opened}
    entries: dict[int, bytes] = {}
    for index, kind, raw in Entry.objects.filter(kind__in=OF_TENDER + OF_BID).values_list("idx", "kind", "body"):
        body = json.loads(bytes(raw))
        if body.get("tender") == found.ocid or (kind in OF_BID and body.get("commitment") in bids):
            entries[index] = bytes(raw)
    return entries


# The files


def parts(found: Evidence) -> Iterator[Part]:
    """Name and bytes of every file of the bundle."""
    if not found.changes or found.changes[-1].index >= store.head().size:
        store.publish(now=timezone.now())
    head = store.head()
    yield "README.txt", readme(found.ocid).encode()
    yield "log/checkpoint", head.note.encode()
    yield "log/policy", str(identity.policy()).encode()
    entries = {index: body for index, body in entries_about(found).items() if index < head.size}
    yield "bundle.json", proofs(found.ocid, entries, size=head.size)
    for change in found.changes:
        yield json.loads(entries[change.index])["url"].lstrip("/"), bytes(change.release.body)
    for url, sha256 in found.packages.items():
        yield url.lstrip("/"), stored(sha256)
    for index in found.bids:
        yield f"processes/{found.ocid}/proofs/{index}.tlog-proof", store.proof(index).encode()
    yield "verify.py", verify.one_file().encode()


def readme(ocid: str) -> str:
    """For whoever finds the file years later."""
    text = gettext(
        "The public record of {ocid}, published by {city}.\n\n"
        "Check it without a network, with Python 3.11 or later and its package cryptography. Unpack verify.py, or\n"
        "better, take it from a place that you trust, as also the policy, which says whose signatures count:\n\n"
        "    python3 verify.py record THIS-FILE.zip --policy policy.txt\n"
    )
    return text.format(ocid=ocid, city=settings.TENDERWELL_CITY)


def proofs(ocid: str, entries: dict[int, bytes], *, size: int) -> bytes:
    """bundle.json: each entry with its path to the signed root, and the roots at the ends of bid periods."""
    hashes = publishing.hashes()
    shown = [
        {"index": index, "entry": body.decode(), "path": texts(tree.inclusion_proof(index, size, hashes=hashes))}
        for index, body in entries.items()
    ]
    closings = [index + 1 for index, body in entries.items() if json.loads(body)["type"] == "tender.closed/v1"]
    roots = [
        {
            "size": old,
            "root": base64.b64encode(tree.root(old, hashes=hashes)).decode(),
            "path": texts(tree.consistency_proof(old, size, hashes=hashes)),
        }
        for old in closings
    ]
    packed: dict[str, Any] = {"v": VERSION, "ocid": ocid, "entries": shown, "roots": roots}
    return bytes(rfc8785.dumps(packed))


def texts(path: Iterable[bytes]) -> list[str]:
    return [base64.b64encode(step).decode() for step in path]


# The ZIP


class Drain:
    """Takes what is written until somebody fetches it, so that a ZIP can be sent while it is made."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, raw: bytes) -> int:
        self.held += raw
        return len(raw)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def take(self) -> bytes:
        taken = bytes(self.held)
        self.held.clear()
        return taken


def zipped(files: Iterable[Part]) -> Iterator[bytes]:
    """The files as a ZIP, one after the other."""
    drain = Drain()
    with ZipFile(drain, "w", ZIP_DEFLATED) as bundle:  # type: ignore[call-overload]
        for name, raw in files:
            bundle.writestr(ZipInfo(name, LONG_AGO), raw, ZIP_DEFLATED)
            yield drain.take()
    yield drain.take()

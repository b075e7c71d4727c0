"""What an installation hands to everybody alike, in the log once for each change, so that everybody can compare.

The programs for sealing (client.release), the rules that are in force (rules.release), the site's own texts
(texts.release): each leaf holds the SHA-256 of every file of its kind.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from tenderwell.ledger import store
from tenderwell.ledger.models import Entry

CLIENT, RULES, TEXTS = "client.release/v1", "rules.release/v1", "texts.release/v1"
LOCK = 7_365_318  # two servers that start at once log it once
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}", re.ASCII)
HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


class BadRelease(ValueError):
    """A file that is no list of hashes as the build writes it."""


@dataclass(frozen=True)
class Release:
    """What was logged. files: SHA-256 in hex by file name; index: of its entry."""

    index: int
    files: dict[str, str]


def parse_release(text: str) -> dict[str, str]:
    """SHA-256 by file name, from release.json of the build. Raises BadRelease."""
    try:
        files = dict(json.loads(text)["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadRelease(f"no list of hashes: {error}") from error
    return checked(files)


def checked(files: dict[str, str]) -> dict[str, str]:
    """The same. Raises BadRelease when a name or a hash has another form."""
    if not files or not all(NAME.fullmatch(name) and HASH.fullmatch(str(files[name])) for name in files):
        raise BadRelease("no list of hashes: a name or a hash has another form")
    return files


def logged(kind: str) -> Release | None:
    """The last release of this kind in the log."""
    row = Entry.objects.filter(kind=kind).order_by("-idx").values_list("idx", "body").first()
    return Release(row[0], json.loads(bytes(row[1]))["files"]) if row else None


def record(kind: str, files: Mapping[str, str]) -> bool:
    """Log the hashes unless they are what was logged last; returns whether an entry was added. Raises BadRelease."""
    checked(dict(files))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = logged(kind)
        if last is not None and last.files == dict(files):
            return False
        store.append([store.Leaf(kind, {"files": dict(files)})])
        return True


def record_file(path: Path) -> bool:
    """Log the sealing client as the build wrote it; False when it is logged already. Raises BadRelease or OSError."""
    return record(CLIENT, parse_release(path.read_text("utf-8")))

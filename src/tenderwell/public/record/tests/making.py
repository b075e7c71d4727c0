"""Releases for tests: made, published with their leaf as `perform()` does it, or imported from a file."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tenderwell.ledger import store
from tenderwell.public.record.projection import Projected, project

OCID = "ocds-x7k2mq-1"


def release(number: int = 1, *, ocid: str = OCID, tag: str = "tender", **parts: Any) -> dict[str, Any]:
    """A release of our own: the number is its day and sequence."""
    return {
        "ocid": ocid,
        "id": f"{ocid}-{number:05}",
        "date": f"2026-03-{number:02}T09:00:00.000Z",
        "tag": [tag],
        "initiationType": "tender",
        "language": "en",
        "act": {"name": f"test.{tag}", "says": "Something happened."},
        **parts,
    }


def tender(**fields: Any) -> dict[str, Any]:
    """The tender part of a release."""
    return {"tender": {"id": "T-1", **fields}}


def publish(*contents: dict[str, Any]) -> list[Projected]:
    """Project releases and append their leaves, as acts do; inside the test's transaction."""
    return [publish_one(content) for content in contents]


def publish_one(content: dict[str, Any]) -> Projected:
    done = project(content)
    store.append([store.Leaf("ocds.release/v1", {"ocid": content["ocid"], **done._asdict()}, ref=done.id)])
    return done


def jsonl(path: Path, contents: Iterable[Any]) -> Path:
    """A gzipped file of JSON lines."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in contents)
    return path

"""The commitment to a score sheet, made before anybody sees another's. Pure.

SHA256("tenderwell/score/v1\\n" || JCS {tender, lot, evaluator, scores, comments_sha256, nonce}); scores holds bid,
criterion and points of each row, comments_sha256 is the SHA-256 of JCS of bid, criterion and reason of each row, both
in order of bid and criterion. Format: docs/reference/evaluation-package.md.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import rfc8785

PREFIX = b"tenderwell/score/v1\n"
Row = dict[str, str]  # bid, criterion, points, reason


def in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["bid"], row["criterion"]))


def picked(rows: Sequence[Row], *names: str) -> list[Row]:
    return [{name: row[name] for name in names} for row in in_order(rows)]


def comments_sha256(rows: Sequence[Row]) -> str:
    return sha256(rfc8785.dumps(picked(rows, "bid", "criterion", "reason"))).hexdigest()


def commitment_of(rows: Sequence[Row], *, tender: str, lot: str, evaluator: str, nonce: str) -> str:
    """Hex SHA-256 that binds an evaluator to these scores and reasons. nonce: 16 random bytes in hex."""
    sheet: dict[str, Any] = {
        "tender": tender,
        "lot": lot,
        "evaluator": evaluator,
        "scores": picked(rows, "bid", "criterion", "points"),
        "comments_sha256": comments_sha256(rows),
        "nonce": nonce,
    }
    return sha256(PREFIX + rfc8785.dumps(sheet)).hexdigest()

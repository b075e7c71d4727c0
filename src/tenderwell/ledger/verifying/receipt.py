"""A receipt: one entry of the log, shown to be there by the log's and the witnesses' signatures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from tenderwell.ledger.verifying.formats import Policy, Problem, Seen, check_note, decimal, hash32, unbase64
from tenderwell.ledger.verifying.report import Report
from tenderwell.ledger.verifying.source import Json, from_json, jcs
from tenderwell.ledger.verifying.tree import includes, leaf_hash

TITLE = "c2sp.org/tlog-proof@v1"
BLIND = ("sealed/v1", "act/v1", "score.commit/v1")


@dataclass(frozen=True)
class Receipt:
    """Format: c2sp.org/tlog-proof. extra: the preimage of a blind entry, or an entry itself."""

    index: int
    path: list[bytes]
    note: str
    extra: bytes


def parse_receipt(text: str) -> Receipt:
    head, gap, note = text.partition("\n\n")
    title, *lines = head.split("\n")
    if title != TITLE or not gap or not lines:
        raise Problem("this is not a receipt of the format c2sp.org/tlog-proof@v1")
    has_extra = lines[0].startswith("extra ")
    extra = unbase64(lines.pop(0).removeprefix("extra ")) if has_extra else b""
    if not lines or not lines[0].startswith("index ") or len(lines) > 64 or has_extra and not extra:
        raise Problem("the receipt names no entry, or has an empty line")
    return Receipt(decimal(lines[0].removeprefix("index ")), [hash32(line) for line in lines[1:]], note, extra)


def blind_leaf(kind: str, preimage: bytes) -> bytes:
    """The entry that hides this preimage."""
    return jcs({"c": sha256(preimage).hexdigest(), "type": kind}).encode()


def candidates(extra: bytes) -> Iterator[bytes]:
    """What the entry may be: hidden behind its hash, or the extra bytes themselves."""
    yield from (blind_leaf(kind, extra) for kind in BLIND)
    yield extra


def check_receipt(receipt: Receipt, policy: Policy) -> tuple[Seen, bytes]:
    """What the receipt shows, and the entry. Raises Problem."""
    seen = check_note(receipt.note, policy)
    for entry in candidates(receipt.extra):
        if includes(seen.checkpoint, receipt.index, leaf_hash(entry), receipt.path):
            return seen, entry
    raise Problem("what the receipt says is not in the log at this place: the receipt or the log was changed")


def verify_receipt(text: str, *, policy: Policy, header: bytes | None) -> Report:
    """header: the bytes of the bid's header.json, when it is to be compared."""
    report, receipt = Report(), parse_receipt(text)
    seen, entry = check_receipt(receipt, policy)
    report.good(f"entry {receipt.index} is in the log {seen.checkpoint.origin} of {seen.checkpoint.size} entries")
    tell_witnesses(report, seen, policy)
    content = from_json(entry)
    hidden = from_json(receipt.extra) if entry != receipt.extra else content
    report.good(f"it says: {jcs(hidden)[:300]}")
    report.facts = {"index": receipt.index, "size": seen.checkpoint.size, "entry": content, "says": hidden}
    report.facts |= {"origin": seen.checkpoint.origin, "witnesses": seen.times}
    if header is not None:
        compare_header(report, header, hidden)
    return report


def tell_witnesses(report: Report, seen: Seen, policy: Policy) -> None:
    """Each once, with its first time, though it may sign with two keys (the second is named with /pq)."""
    times: dict[str, int] = {}
    for name, when in sorted(seen.times.items(), key=lambda pair: pair[1]):
        times.setdefault(name.removesuffix("/pq"), when)
    for name, when in times.items():
        report.good(f"witness {name} saw it at {as_time(when)}")
    if policy.quorum == "none":
        report.good("no witness is asked for by this policy: only the log's own signature was checked")


def as_time(when: int) -> str:
    return datetime.fromtimestamp(when, UTC).isoformat().replace("+00:00", "Z")


def compare_header(report: Report, header: bytes, hidden: Json) -> None:
    if isinstance(hidden, dict) and hidden.get("commitment") == sha256(header).hexdigest():
        report.good("it is the receipt of exactly this sealed bid")
    else:
        report.bad("it is the receipt of another bid: the header has another hash")

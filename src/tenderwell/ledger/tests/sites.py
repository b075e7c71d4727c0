"""A published site in a folder, made without the store: what an outsider downloads, honest or not."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import rfc8785

from tenderwell.ledger import note, tiles, tree
from tenderwell.ledger.note import Checkpoint, KeyType
from tenderwell.ledger.proof import Proof
from tenderwell.ledger.tests.logs import ORIGIN, definition, hashes_over, log_keys, signer

OCID = "ocds-x7k2mq-1"
NOON = 1_772_452_800
WITNESS = signer("audit.example", KeyType.COSIGNATURE)
POLICY = "".join(f"log {key.verifier.vkey}\n" for key in log_keys())
POLICY += f"witness audit {WITNESS.verifier.vkey}\nquorum audit\n"


def hashed(value: Any) -> str:
    return sha256(rfc8785.dumps(value)).hexdigest()


def bid(number: int, *, received: str = "2026-03-02T11:00:00.000Z") -> dict[str, str]:
    """What the blind entry of a bid hides."""
    names = {"act": "bid.received", "tender": OCID, "subject": OCID, "bidder": f"PA-{number}", "salt": f"{number:032x}"}
    return {**names, "commitment": sha256(f"header {number}".encode()).hexdigest(), "received": received}


def committee(*, k: int = 2, prefix: str = "m") -> dict[str, Any]:
    """Three members, m1 to m3."""
    members = [{"id": f"{prefix}{number}", "recipient": f"age1{prefix}{number}"} for number in range(1, 4)]
    return {"tender": OCID, "id": f"{prefix}-committee", "k": k, "n": 3, "members": members}


@dataclass
class Site:
    """A log and the releases beside it. Each method that adds returns the index of its entry."""

    folder: Path
    entries: list[bytes] = field(default_factory=list)

    def add(self, kind: str, **body: Any) -> int:
        self.entries.append(rfc8785.dumps({"type": kind, **body}))
        return len(self.entries) - 1

    def release(self, number: int | str, **content: Any) -> int:
        raw = rfc8785.dumps({"ocid": OCID, "id": f"{OCID}-{number}", **content})
        path = self.folder / f"api/{number}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        facts = {"ocid": OCID, "id": f"{OCID}-{number}", "url": f"/api/{number}.json"}
        return self.add("ocds.release/v1", **facts, sha256=sha256(raw).hexdigest())

    def seal(self, hidden: dict[str, str]) -> int:
        return self.add("sealed/v1", c=hashed(hidden))

    def name_committee(self, *, k: int = 2, prefix: str = "m") -> int:
        return self.add("committee/v1", **committee(k=k, prefix=prefix))

    def share(self, hidden: dict[str, str], *members: str) -> None:
        for member in members or ("m1", "m2"):
            self.add("opening.share/v1", member=member, commitment=hidden["commitment"], sha256="0" * 64)

    def hand_over(self, member: str) -> None:
        self.add("share.handover/v1", tender=OCID, member=member, recipient="age1deputy", sha256="0" * 64)

    def close(self, *, end: str = "2026-03-02T12:00:00.000Z") -> int:
        return self.add("tender.closed/v1", tender=OCID, end=end)

    def open(self, bids: dict[int, dict[str, str]], *, verdict: str = "valid", shown_as: str = "") -> int:
        shown: list[dict[str, Any]] = [
            {"id": f"bid-{i}", "index": i, "preimage": p, "verdict": verdict} for i, p in bids.items()
        ]
        minutes = {"bids": shown, "received": len(shown)}
        details = [{"id": row["id"], "tenderers": [{"id": shown_as or row["preimage"]["bidder"]}]} for row in shown]
        return self.logged_minutes(minutes, details=details)

    def logged_minutes(self, minutes: dict[str, Any], *, details: Sequence[dict[str, Any]] = ()) -> int:
        self.add("opening.done/v1", tender=OCID, sha256=hashed(minutes))
        tender = {"id": "t", "openingRecord": minutes, "value": {"amount": 1250.5}}
        return self.release(2, tender=tender, bids={"details": list(details)})

    def publish(self, *, time: int = NOON, size: int | None = None) -> None:
        """Write the log, signed and cosigned at this time."""
        entries = self.entries[:size]
        for piece in tiles.pieces(len(entries)):
            if piece.level is None:
                path = self.folder / "log" / piece.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(tiles.bundle(entries[piece.number * 256 : piece.number * 256 + piece.width]))
        (self.folder / "log/checkpoint").write_text(str(self.note(entries, time=time)))
        (self.folder / "log/policy").write_text(POLICY)

    def note(self, entries: list[bytes], *, time: int = NOON) -> note.Note:
        text = Checkpoint(ORIGIN, len(entries), definition(entries)).text
        return note.signed(text, [*log_keys(), WITNESS], time=time)

    def receipt(self, index: int, hidden: dict[str, str]) -> Path:
        return self.proof(index, rfc8785.dumps(hidden), to=self.folder / f"{index}.tlog-proof")

    def proof(self, index: int, extra: bytes, *, to: Path, time: int = NOON) -> Path:
        path = tree.inclusion_proof(index, len(self.entries), hashes=hashes_over(self.entries))
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(str(Proof(index, tuple(path), self.note(self.entries, time=time), extra)))
        return to

    def publish_proofs(self, *indexes: int, time: int = NOON) -> None:
        """When witnesses saw these entries, as the site shows it."""
        for index in indexes:
            to = self.folder / f"processes/{OCID}/proofs/{index}.tlog-proof"
            self.proof(index, self.entries[index], to=to, time=time)


def honest(folder: Path) -> Site:
    """A tender with two bids, closed and opened, and somebody else's bid that is still shut."""
    site = Site(folder)
    site.release(1, tender={"id": "t"})
    site.name_committee()
    first, second = site.seal(bid(1)), site.seal(bid(2))
    site.seal({"tender": "another"})
    site.close()
    site.share(bid(1))
    site.share(bid(2), "m1", "m3")
    site.open({first: bid(1), second: bid(2)})
    site.publish()
    site.publish_proofs(first, second)
    return site


def policy_file(folder: Path) -> str:
    path = folder / "policy.txt"
    path.write_text(POLICY)
    return str(path)


def as_json(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found

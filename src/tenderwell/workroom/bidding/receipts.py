"""What a bidder takes home: the proof that a bid was logged, or the signed refusal of a late one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785

from tenderwell.core.command import timestamp
from tenderwell.core.models import ActRecord
from tenderwell.ledger import store
from tenderwell.ledger.models import Entry
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.process.models import Process

REFUSAL = "tenderwell/refusal/v1"


@dataclass(frozen=True)
class Receipt:
    """Shows that a bid with this commitment is leaf `index` of the log. preimage: what opens the blind leaf."""

    bid: SealedBid
    index: int
    preimage: dict[str, Any]

    @property
    def file_name(self) -> str:
        return f"{self.bid.process.ocid}-bid-{self.bid.seq}.tlog-proof"

    @property
    def proof(self) -> str:
        """Format: c2sp.org/tlog-proof, with the leaf's preimage as `extra`."""
        return store.proof(self.index, extra=rfc8785.dumps(self.preimage))

    def shown(self) -> dict[str, Any]:
        """As JSON, for programs. No amounts: the server cannot read them."""
        bid = self.bid
        return {
            "ocid": bid.process.ocid,
            "bidder": bid.bidder.identifier,
            "commitment": bid.commitment,
            "seq": bid.seq,
            "replaces": bid.replaces or None,
            "state": bid.state,
            "received": timestamp(bid.received_at),
            "delivered": timestamp(bid.delivered_at) if bid.delivered_at else None,
            "payload": {"sha256": bid.payload_sha256, "size": bid.payload_size},
            "index": self.index,
            "preimage": self.preimage,
        }


def receipt_of(bid: SealedBid) -> Receipt:
    """The receipt of a bid that is in the log."""
    act = queries.act_of(bid.process, event="bid.received", commitment=bid.commitment)
    assert act, "a bid is logged in the transaction that keeps it"
    return Receipt(bid, index_of(act), act.preimage or {})


def index_of(act: ActRecord) -> int:
    return Entry.objects.values_list("idx", flat=True).get(ref=act.ref)


def closing_proof_of(process: Process) -> str:
    """The proof that the end of the period stands in the ledger."""
    act = ActRecord.objects.filter(subject=process.ocid, event="tender.closed").latest("at")
    return store.proof(index_of(act))


def refusal_note(
    process: Process,
    *,
    bidder: str,
    commitment: str,
    received: datetime,
    end: datetime,
    announced: datetime | None,
    payload_until: datetime | None = None,
) -> str:
    """A note signed with the log's key. Format: c2sp.org/signed-note; one fact a line.

    announced: when the end was announced, if it was; a server whose clock is slow then says why it refuses.
    payload_until: of a bid whose header came in time, when the time for its payload was over.
    """
    lines = [REFUSAL, process.ocid, bidder, commitment, f"received {timestamp(received)}", f"closed {timestamp(end)}"]
    lines += [f"announced {timestamp(announced)}"] if announced else []
    lines += [f"payload until {timestamp(payload_until)}"] if payload_until else []
    return store.sign("".join(f"{line}\n" for line in lines))

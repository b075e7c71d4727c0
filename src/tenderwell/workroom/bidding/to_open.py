"""bids.json: which bids stand and which do not, each with its proof, for the members' own programs."""

import json

from tenderwell.core.models import ActRecord
from tenderwell.ledger import identity, publishing, tree
from tenderwell.ledger.note import to_base64
from tenderwell.ledger.proof import Proof, parse_proof
from tenderwell.ledger.sealing.bids_to_open import BidsToOpen, Ended, Leaf, ToOpen, encode_bids, tree_size
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.receipts import closing_proof_of, index_of
from tenderwell.workroom.process.models import Process

STANDING = ("submitted", "opened", "rejected")
ENDS = {"declared": "lapsed"}  # opening waits for announced payloads, so what is only announced then did not come


def bids_file(process: Process) -> bytes:
    """The file's bytes, for a process whose end of the period is announced."""
    closing = closing_proof_of(process)
    proof = parse_proof(closing)
    every = list(process.sealed_bids.select_related("process").order_by("received_at", "pk"))
    return encode_bids(
        BidsToOpen(
            tender=process.ocid,
            closing=closing,
            policy=str(identity.policy()),
            bids=tuple(to_open(bid, closing=proof) for bid in every if bid.state in STANDING),
            ended=tuple(ended(bid, closing=proof) for bid in every if bid.state not in STANDING),
        )
    )


def to_open(bid: SealedBid, *, closing: Proof) -> ToOpen:
    return ToOpen(header=json.loads(bytes(bid.header)), leaf=leaf(bid, event="bid.received", closing=closing))


def ended(bid: SealedBid, *, closing: Proof) -> Ended:
    withdrawal = leaf(bid, event="bid.withdrawn", closing=closing) if bid.state == "withdrawn" else None
    end = ENDS.get(bid.state, bid.state)
    received = leaf(bid, event="bid.received", closing=closing)
    return Ended(end=end, leaf=received, withdrawal=withdrawal)  # type: ignore[arg-type]  # a state is one of the ends


def leaf(bid: SealedBid, *, event: str, closing: Proof) -> Leaf:
    """The bid's blind leaf under the checkpoint that proves the end of the period."""
    act = queries.act_of(bid.process, event=event, commitment=bid.commitment)
    assert act, "what happens to a bid is logged in the transaction that does it"
    return proved(act, closing=closing)


def proved(act: ActRecord, *, closing: Proof) -> Leaf:
    index = index_of(act)
    path = tree.inclusion_proof(index, tree_size(closing), hashes=publishing.hashes())
    return Leaf(index=index, path=tuple(map(to_base64, path)), preimage=act.preimage or {})

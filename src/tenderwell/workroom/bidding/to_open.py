"""bids.json: which bids stand and which do not, each with its proof, for the members' own programs."""

import json
from collections.abc import Collection, Sequence

from tenderwell.core.models import ActRecord
from tenderwell.ledger import identity, publishing, store, tree
from tenderwell.ledger.note import to_base64
from tenderwell.ledger.proof import Proof, parse_proof
from tenderwell.ledger.sealing.bids_to_open import BidsToOpen, Ended, Leaf, ToOpen, encode_bids, tree_size
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.receipts import closing_proof_of, index_of
from tenderwell.workroom.process.models import Process

OPENED = ("opened", "rejected")
ENDS = {"declared": "lapsed", "rejected": "opened"}  # opening waits for announced payloads: this one did not come


def bids_file(process: Process) -> bytes:
    """The file's bytes, once the end of the period is announced: what the next opening opens, or the last opened."""
    closing = closing_proof_of(process)
    proof, stage = parse_proof(closing), queries.envelope_to_open(process)
    every = list(process.sealed_bids.select_related("process").order_by("received_at", "pk"))
    standing = {bid.pk for bid in queries.current_bids(process)}
    standing |= {bid.pk for bid in every if bid.stage == stage and bid.state in OPENED}
    rest = [bid for bid in every if bid.pk not in standing]
    return encode_bids(
        BidsToOpen(
            tender=process.ocid,
            stage=stage,
            closing=closing,
            permit=permit_of(process),
            policy=str(identity.policy()),
            bids=tuple(to_open(bid, closing=proof) for bid in every if bid.pk in standing),
            ended=tuple(ended(bid, bids=every, standing=standing, closing=proof) for bid in rest),
        )
    )


def permit_of(process: Process) -> str:
    """The proof of the entry that admits envelopes to this opening; "" before it is made, and for the first one."""
    act = queries.admission(process)
    return store.proof(index_of(act)) if act else ""


def to_open(bid: SealedBid, *, closing: Proof) -> ToOpen:
    return ToOpen(header=json.loads(bytes(bid.header)), leaf=leaf(bid, event="bid.received", closing=closing))


def ended(bid: SealedBid, *, bids: Sequence[SealedBid], standing: Collection[object], closing: Proof) -> Ended:
    """A bid that this opening leaves shut, and why."""
    withdrawal = leaf(bid, event="bid.withdrawn", closing=closing) if bid.state == "withdrawn" else None
    received = leaf(bid, event="bid.received", closing=closing)
    return Ended(end=end_of(bid, bids, standing), leaf=received, withdrawal=withdrawal)  # type: ignore[arg-type]


def end_of(bid: SealedBid, bids: Sequence[SealedBid], standing: Collection[object]) -> str:
    """Its state; of an envelope that nobody opened yet: whether its turn comes, or it came alone, or did not pass."""
    if bid.state != "submitted":
        return ENDS.get(bid.state, bid.state)
    stages = queries.envelopes_of(bid.process)
    if queries.envelope_to_open(bid.process) != stages[0]:
        return "shut"
    is_whole = any(each.bidder_id == bid.bidder_id for each in bids if each.pk in standing)
    return "later" if is_whole else "lapsed"


def leaf(bid: SealedBid, *, event: str, closing: Proof) -> Leaf:
    """The bid's blind leaf under the checkpoint that proves the end of the period."""
    act = queries.act_of(bid.process, event=event, commitment=bid.commitment)
    assert act, "what happens to a bid is logged in the transaction that does it"
    return proved(act, closing=closing)


def proved(act: ActRecord, *, closing: Proof) -> Leaf:
    index = index_of(act)
    path = tree.inclusion_proof(index, tree_size(closing), hashes=publishing.hashes())
    return Leaf(index=index, path=tuple(map(to_base64, path)), preimage=act.preimage or {})

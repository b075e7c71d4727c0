"""What a bidder's and a member's own programs do, for those who play parties: the demo, the replay and tests.

A real bidder seals on a device of its own and the server never has what this module holds in memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from tenderwell.core import files
from tenderwell.core.command import Actor, Command, perform
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.ledger.sealing.package import BidFacts, File, SealedPackage, seal_in_memory
from tenderwell.ledger.sealing.response import (
    NAME,
    PRICE,
    BidResponse,
    ItemPrice,
    LotOffer,
    Party,
    encode_response,
    part_for,
)
from tenderwell.ledger.sealing.shares import release
from tenderwell.workroom.bidding import commands, possession, queries
from tenderwell.workroom.bidding.inputs import RegisterMemberKey, ReleaseShares, ShareOfBid, SubmitBid
from tenderwell.workroom.bidding.models import MemberKey, ReleasedShare, SealedBid
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.models import Process


@dataclass(frozen=True)
class KeyRing:
    """A committee member with the secret key that would be on his or her own device."""

    actor: Actor
    identity: str = field(repr=False)

    @classmethod
    def new(cls, actor: Actor, *, suite: Suite = Suite.X25519) -> "KeyRing":
        return cls(actor, new_identity(suite))

    @property
    def recipient(self) -> str:
        return recipient_of(self.identity)


def register(ring: KeyRing, process: Process, *, now: datetime) -> MemberKey:
    """Ask for a challenge, decrypt it, and register the key."""
    person, ocid = ring.actor.id, process.ocid
    sealed = possession.challenge(ocid=ocid, person=person, recipient=ring.recipient, now=now)
    proof = possession.answer(sealed, identity=ring.identity)
    data = RegisterMemberKey(recipient=ring.recipient, proof=proof)
    key: MemberKey = perform(commands.register_member_key, ring.actor, ocid, data, now=now)
    return key


def offer(
    bidder: Organisation,
    *,
    currency: str,
    amounts: Mapping[str, Decimal],
    items: Mapping[str, Sequence[ItemPrice]] | None = None,
    answers: Mapping[str, str] | None = None,
) -> BidResponse:
    """A bid of one organisation. amounts: by lot id, "" for a tender without lots; items: their prices by lot id."""
    priced = items or {}
    lots = tuple(
        LotOffer(lot_id=lot, amount=f"{amount:f}", currency=currency, items=tuple(priced.get(lot, ())))
        for lot, amount in sorted(amounts.items())
    )
    tenderer = Party(id=bidder.identifier, name=bidder.name)
    return BidResponse(lots=lots, tenderers=(tenderer,), answers=dict(answers or {}))


def seal_for(
    process: Process, response: BidResponse, *, attachments: Sequence[File] = (), stage: str = "bid"
) -> SealedPackage:
    """Seal the leading tenderer's next envelope of this stage: it replaces the one before, if there is one."""
    named = queries.current_committee(process, stage=stage)
    assert named, "the committee is named before bids are sealed"
    bidder = response.tenderers[0].id
    last = queries.latest_bid(process, bidder=bidder, stage=stage)
    facts = BidFacts(
        tender=process.ocid,
        bidder=bidder,
        lots=tuple(lot.lot_id for lot in response.lots if lot.lot_id),
        stage=stage,
        seq=last.seq + 1 if last else 1,
        replaces=last.commitment if last else None,
    )
    content = encode_response(part_for(response, stage=stage), stage=stage)
    sealed_files = [File.of(NAME, content), *(attachments if stage != PRICE else ())]
    return seal_in_memory(facts, committee=named.committee, files=sealed_files)


def uploaded(package: SealedPackage) -> SubmitBid:
    """Put the two files of the package where uploads go; returns what submitting asks for."""
    raw = package.header.raw
    header = files.store([raw], limit=len(raw))
    payload = files.store([package.payload], limit=len(package.payload))
    return SubmitBid(header=header.sha256, payload=payload.sha256)


def submit(actor: Actor, process: Process, response: BidResponse, *, now: datetime) -> SealedBid:
    """Seal and submit a bid of the leading tenderer, for whom `actor` acts; returns its last envelope."""
    for stage in queries.envelopes_of(process):
        data = uploaded(seal_for(process, response, stage=stage))
        bid: SealedBid = perform(commands.submit_bid, actor, process.ocid, data, now=now)
    return bid


def shares_of(ring: KeyRing, process: Process) -> ReleaseShares:
    """The member's share of every bid that is to be opened."""
    member = queries.member_of(process, ring.actor.id)
    assert member, "only a member has shares"
    held = [release(bid.parsed, member=member.code, identity=ring.identity) for bid in queries.current_bids(process)]
    return ReleaseShares(shares=[ShareOfBid(commitment=share.commitment, share=share.share) for share in held])


def release_all(ring: KeyRing, process: Process, *, now: datetime) -> list[ReleasedShare]:
    """Release the member's shares; with the last one needed, the bids open."""
    return released_by(ring, process, commands.release_shares, now=now)


def release_prices(ring: KeyRing, process: Process, *, now: datetime) -> list[ReleasedShare]:
    """Release the member's shares of the price envelopes of those who passed."""
    return released_by(ring, process, commands.release_price_shares, now=now)


def released_by(ring: KeyRing, process: Process, cmd: Command, *, now: datetime) -> list[ReleasedShare]:
    data = shares_of(ring, process)
    released: list[ReleasedShare] = perform(cmd, ring.actor, process.ocid, data, now=now)
    return released

"""Bids made to mislead: each is refused at the door, or rejected at the opening with a reason, and the others open."""

from hashlib import sha256
from typing import Any

import pytest
from msgspec.structs import replace

from tenderwell.core import files
from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.sealing import shamir
from tenderwell.ledger.sealing.header import Core
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.ledger.sealing.package import BidFacts, File, SealedPackage, seal_in_memory
from tenderwell.ledger.sealing.shares import complain
from tenderwell.ledger.sealing.tests import forgery
from tenderwell.workroom.bidding import commands, queries, sealer
from tenderwell.workroom.bidding.inputs import ReleaseShares, ShareOfBid, SubmitBid
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.journey import (
    MINUTE,
    Sealed,
    announced,
    bid_of,
    handed_in,
    open_for_bids,
    opened,
    sealed_by,
)
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, CLEO_WORKS, personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


def committee_of(tender: Sealed) -> Any:
    named = queries.current_committee(tender.process)
    assert named
    return named.committee


def forged(tender: Sealed, *, shares: Any, secret: str) -> SealedPackage:
    """Bob's honest payload under envelopes of the forger's making."""
    honest = sealed_by(tender, personas().bob).header
    core = replace(honest.core, recipient=recipient_of(secret))
    payload = forgery.payload_of(core, {"core": core.ctx.hex(), "files": []}, b"")
    return SealedPackage(forgery.header_of(core, payload, shares(core)), payload)


def verdicts(tender: Sealed) -> dict[str, str]:
    return dict(tender.process.bids.values_list("bidder__identifier", "verdict"))


def test_a_bid_whose_shares_do_not_belong_together_is_rejected_whoever_opens(tender: Sealed) -> None:
    secret = new_identity(Suite.X25519)

    def unlike(core: Core) -> list[dict[str, Any]]:
        members = committee_of(tender).members
        right = shamir.split(secret.encode(), k=2, xs=(1, 2, 3))
        wrong = shamir.split(new_identity(Suite.X25519).encode(), k=2, xs=(1, 2, 3))
        dealt = (right[0], right[1], wrong[2])
        return [
            forgery.envelope(core, share, member=member.id, recipient=member.recipient)
            for share, member in zip(dealt, members, strict=True)
        ]

    handed_in(tender, personas().bob, forged(tender, shares=unlike, secret=secret))
    bid_of(tender, personas().cleo)
    opened(tender)
    assert verdicts(tender) == {BOB_ROOFS: "bidder-equivocates", CLEO_WORKS: ""}


def test_a_rivals_payload_under_ones_own_header_is_found_out(tender: Sealed) -> None:
    """Cleo seals what she copied from Bob: inside it still says that it was made for Bob's bid."""
    bobs = sealed_by(tender, personas().bob).header
    secret = new_identity(Suite.X25519)
    core = replace(sealed_by(tender, personas().cleo).header.core, recipient=recipient_of(secret))
    empty = {"name": "bid.json", "size": 0, "sha256": sha256(b"").hexdigest()}
    inner = {"core": bobs.ctx.hex(), "files": [empty]}
    payload = forgery.payload_of(core, inner, b"")
    header = forgery.header_of(core, payload, forgery.envelopes_for(core, secret.encode(), committee_of(tender)))
    handed_in(tender, personas().cleo, SealedPackage(header, payload))
    opened(tender)
    assert verdicts(tender) == {CLEO_WORKS: "bid-copied"}


def test_a_bid_without_its_price_is_rejected_and_says_why_in_public(tender: Sealed) -> None:
    facts = BidFacts(tender=tender.process.ocid, bidder=BOB_ROOFS)
    package = seal_in_memory(facts, committee=committee_of(tender), files=[File.of("brochure.pdf", b"We are the best")])
    handed_in(tender, personas().bob, package)
    process = opened(tender)
    assert verdicts(tender) == {BOB_ROOFS: "response-malformed"}
    assert "bid.json" in process.bids.get().verdict_text
    assert not process.bids.get().files.exists()


def contesting(ring: KeyRing, tender: Sealed) -> ReleaseShares:
    member = queries.member_of(tender.process, ring.actor.id)
    assert member
    bids = [bid.parsed for bid in queries.current_bids(tender.process)]
    proofs = [complain(header, member=member.code, identity=ring.identity) for header in bids]
    return ReleaseShares(shares=[ShareOfBid(commitment=each.commitment, file_key=each.file_key) for each in proofs])


def release(ring: KeyRing, tender: Sealed, data: ReleaseShares) -> None:
    perform(commands.release_shares, ring.actor, tender.process.ocid, data, now=tender.end + MINUTE)


def empty_envelopes(tender: Sealed) -> SealedPackage:
    """Envelopes with the right length and nothing good in them."""
    secret = new_identity(Suite.X25519)

    def junk(core: Core) -> list[dict[str, Any]]:
        shares = shamir.split(secret.encode(), k=2, xs=(1, 2, 3))
        return [
            forgery.envelope(core, share, member=member.id, recipient=member.recipient, inside=bytes(32 + len(share)))
            for share, member in zip(shares, committee_of(tender).members, strict=True)
        ]

    return forged(tender, shares=junk, secret=secret)


def test_broken_envelopes_are_proved_and_the_bid_rejected(tender: Sealed) -> None:
    handed_in(tender, personas().bob, empty_envelopes(tender))
    announced(tender)
    for ring in tender.rings[:2]:
        release(ring, tender, contesting(ring, tender))
    assert tender.again().state == "evaluation"
    assert verdicts(tender) == {BOB_ROOFS: "envelope-of-another-bid"}


def test_a_complaint_about_a_good_envelope_is_refused(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    announced(tender)
    with pytest.raises(Refused, match="wrong_share"):
        release(tender.rings[0], tender, contesting(tender.rings[0], tender))


def test_a_header_that_is_not_canonical_is_no_header(tender: Sealed) -> None:
    package = sealed_by(tender, personas().bob)
    spaced = files.store([package.header.raw.replace(b":", b": ", 1)], limit=10**6).sha256
    payload = sealer.uploaded(package).payload
    data = SubmitBid(header=spaced, payload=payload)
    with pytest.raises(Refused, match="header_malformed"):
        perform(commands.submit_bid, personas().bob, tender.process.ocid, data, now=tender.end - MINUTE)

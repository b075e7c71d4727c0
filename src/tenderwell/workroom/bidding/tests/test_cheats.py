"""Bids made to mislead: each is refused at the door, or rejected at the opening with a reason, and the others open."""

from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from msgspec.structs import replace

from tenderwell.core import files
from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.ledger.sealing import shamir
from tenderwell.ledger.sealing.findings import PackageError
from tenderwell.ledger.sealing.header import Core, Header
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.ledger.sealing.package import BidFacts, File, SealedPackage, seal_in_memory
from tenderwell.ledger.sealing.shares import Complaint, Share, Unreadable, complain, contest, encode_shares
from tenderwell.ledger.sealing.shares import release as take_out
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
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in
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


def envelopes_for_nobody(tender: Sealed) -> SealedPackage:
    """Good shares, encrypted to keys that no member holds: not even the envelopes' own keys can be shown."""
    secret = new_identity(Suite.X25519)

    def astray(core: Core) -> list[dict[str, Any]]:
        shares = shamir.split(secret.encode(), k=2, xs=(1, 2, 3))
        return [
            forgery.envelope(core, share, member=member.id, recipient=recipient_of(new_identity(Suite.X25519)))
            for share, member in zip(shares, committee_of(tender).members, strict=True)
        ]

    return forged(tender, shares=astray, secret=secret)


def with_the_program(ring: KeyRing, tender: Sealed) -> None:
    """What the member's own program makes of the bids, sent by page."""
    member = queries.member_of(tender.process, ring.actor.id)
    assert member
    facts = {"member": member.code, "identity": ring.identity}
    given = [given_for(bid.parsed, **facts) for bid in queries.current_bids(tender.process)]
    sent = {"shares": SimpleUploadedFile("shares.json", encode_shares(given))}
    answer = signed_in(ring.actor).post(address("release", tender), sent)
    assert answer.status_code == 302, answer.content.decode()


def given_for(header: Header, *, member: str, identity: str) -> Share | Complaint | Unreadable:
    try:
        return take_out(header, member=member, identity=identity)
    except PackageError:
        return contest(header, member=member, identity=identity)


@pytest.mark.parametrize(
    ("made", "verdict", "leaf"),
    [
        (empty_envelopes, "envelope-of-another-bid", "opening.complaint/v1"),
        (envelopes_for_nobody, "envelope-unreadable", "opening.unreadable/v1"),
    ],
)
def test_no_bidder_keeps_the_other_bids_shut_with_bad_envelopes(
    tender: Sealed, made: Any, verdict: str, leaf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in(tender, personas().bob, made(tender))
    bid_of(tender, personas().cleo)
    announced(tender)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tender.end + MINUTE)
    for ring in tender.rings[:2]:
        with_the_program(ring, tender)
    assert verdicts(tender) == {BOB_ROOFS: verdict, CLEO_WORKS: ""}
    assert Entry.objects.filter(kind=leaf).count() == 2


def test_one_members_word_alone_keeps_no_bid_shut(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    announced(tender)
    word = ReleaseShares(shares=[ShareOfBid(commitment=bid.commitment, is_unreadable=True)])
    release(tender.rings[0], tender, word)
    for ring in tender.rings[1:]:
        sealer.release_all(ring, tender.process, now=tender.end + MINUTE)
    assert verdicts(tender) == {BOB_ROOFS: ""}


def test_a_share_and_ones_word_against_it_are_not_given_together(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    announced(tender)
    (share,) = sealer.shares_of(tender.rings[0], tender.process).shares
    both = ReleaseShares(shares=[share.model_copy(update={"is_unreadable": True})])
    with pytest.raises(Refused, match="share_or_key"):
        release(tender.rings[0], tender, both)


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

"""Committees and bids for the tests: five members with fixed names, Bob who bids and Cleo, his rival."""

from functools import cache
from io import BytesIO

from tenderwell.ledger.sealing.committee import Committee, Member, committee
from tenderwell.ledger.sealing.header import Header
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.ledger.sealing.opening import Opened, open_in_memory
from tenderwell.ledger.sealing.package import BidFacts, File, SealedPackage, seal_in_memory
from tenderwell.ledger.sealing.shares import Share, release

NAMES = ("audit-office", "buyer-chair", "city-clerk", "district", "engineer")
TENDER = "ocds-pa-0001"
PRICE = b"CANARY-we-ask-1250-euro"
BOB = BidFacts(tender=TENDER, bidder="BOB-7", lots=("lot-1", "lot-2"))
CLEO = BidFacts(tender=TENDER, bidder="CLEO-8", lots=("lot-1",))


_KEYS: dict[tuple[str, Suite], str] = {}


def identity(name: str, suite: Suite = Suite.X25519) -> str:
    """The member's secret key, the same all through a test run."""
    return _KEYS.setdefault((name, suite), new_identity(suite))


@cache
def committee_of(k: int, n: int, suite: Suite = Suite.X25519, tender: str = TENDER) -> Committee:
    """The first n members, any k of whom open."""
    members = [Member(id=name, recipient=recipient_of(identity(name, suite))) for name in NAMES[:n]]
    return committee(members, id="opening-1", tender=tender, k=k)


@cache
def sealed_by(bid: BidFacts = BOB, k: int = 2, n: int = 3, suite: Suite = Suite.X25519) -> SealedPackage:
    """A bid of two small files."""
    files = [File.of("bid.json", PRICE), File.of("plan.pdf", b"%PDF" + bytes(90_000))]
    return seal_in_memory(bid, committee=committee_of(k, n, suite), files=files)


def shares_of(header: Header, *names: str, suite: Suite = Suite.X25519) -> tuple[Share, ...]:
    """What these members release."""
    return tuple(release(header, member=name, identity=identity(name, suite)) for name in names)


def opened(
    header: Header, payload: bytes, *shares: Share, committee: Committee | None = None
) -> tuple[Opened, dict[str, bytes]]:
    """Open with these shares, by default for the committee of 2 of 3."""
    return open_in_memory(header, BytesIO(payload), shares=shares, committee=committee or committee_of(2, 3))

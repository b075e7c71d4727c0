"""What happens to committees and bids. Until the opening all that concerns a bid is blind."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core.events import BlindEvent, LeafEvent, PublicEvent

KEYS_ONLY = "Keys and organisations of the members, no names of people."
ORGANISATIONS_ONLY = "Public numbers of organisations and hashes; no personal data. Deleting the journal row shreds it."
SOLE_TRADERS = "Organisations that bid; a sole trader's name can be withheld in the register of organisations."
SEALED = (
    "sealed/v1"  # one kind of leaf for all that concerns a sealed bid: the ledger does not tell bids from withdrawals
)


# What several of them hide, publish and say


def the_bid(event: Any) -> dict[str, Any]:
    """received: RFC 3339, the instant that counts."""
    return {
        "commitment": event.commitment,
        "received": event.received,
        "tender": event.tender,
        "bidder": event.bidder,
    }


def the_tender(event: Any) -> dict[str, Any]:
    """tender: the tender part of the release, its id and committee."""
    return {"tender": event.tender}


def the_release(event: Any) -> dict[str, Any]:
    """release: bids, parties and tender parts of the release."""
    return dict(event.release)


def the_member(event: Any) -> dict[str, str]:
    return {"member": event.member}


def the_threshold(event: Any) -> dict[str, str]:
    return {"k": str(event.k), "n": str(event.n)}


def the_reason(event: Any) -> dict[str, str]:
    return {"reason": event.reason}


def the_count(event: Any) -> dict[str, str]:
    return {"count": str(event.count)}


# The committee


@dataclass(frozen=True, kw_only=True)
class MemberKeyRegistered(BlindEvent):
    name = "member_key.registered"
    says = _("A member of the opening committee proved possession of a key.")
    privacy = "The person's random id and a public key; deleting the journal row shreds it."
    person: str
    recipient: str

    def preimage(self) -> dict[str, Any]:
        return {"person": self.person, "recipient": self.recipient}


@dataclass(frozen=True, kw_only=True)
class CommitteeLogged(LeafEvent):
    """The record itself as a leaf: bids name its hash, members' and bidders' programs look for it."""

    name = "committee.logged"
    kind = "committee/v1"
    says = _("The record of the opening committee was written into the ledger.")
    privacy = KEYS_ONLY
    record: dict[str, Any]  # the committee/v1 record without its type

    def body(self) -> dict[str, Any]:
        return self.record


@dataclass(frozen=True, kw_only=True)
class CommitteeNamed(PublicEvent):
    name = "committee.named"
    tag = ("planningUpdate",)
    says = _("The opening committee was named: any {k} of {n} members open the bids together.")
    privacy = KEYS_ONLY
    k: int
    n: int
    tender: dict[str, Any]

    words, fragment = the_threshold, the_tender


@dataclass(frozen=True, kw_only=True)
class CommitteeReplaced(PublicEvent):
    name = "committee.replaced"
    tag = ("tenderUpdate",)
    says = _("The opening committee was replaced, so bids must be sealed again. The reason: {reason}")
    privacy = KEYS_ONLY
    tender: dict[str, Any]
    reason: str

    words, fragment = the_reason, the_tender


@dataclass(frozen=True, kw_only=True)
class PriceCommitteeNamed(PublicEvent):
    name = "price_committee.named"
    tag = ("planningUpdate",)
    says = _("A committee of its own was named for the prices: any {k} of {n} members open them together.")
    privacy = KEYS_ONLY
    k: int
    n: int
    tender: dict[str, Any]

    words, fragment = the_threshold, the_tender


@dataclass(frozen=True, kw_only=True)
class PriceCommitteeReplaced(PublicEvent):
    name = "price_committee.replaced"
    tag = ("tenderUpdate",)
    says = _("The committee for the prices was replaced, so prices must be sealed again. The reason: {reason}")
    privacy = KEYS_ONLY
    tender: dict[str, Any]
    reason: str

    words, fragment = the_reason, the_tender


@dataclass(frozen=True, kw_only=True)
class OpeningRehearsed(LeafEvent):
    name = "opening.rehearsed"
    kind = "opening.rehearsal/v1"
    says = _("{member} of the opening committee rehearsed the opening with a test envelope.")
    privacy = "The member's number in the committee and a hash; no names of people."
    member: str
    committee: str

    words = the_member

    def body(self) -> dict[str, Any]:
        return {"member": self.member, "committee": self.committee}


@dataclass(frozen=True, kw_only=True)
class BidReceived(BlindEvent):
    name = "bid.received"
    kind = SEALED
    says = _("A sealed bid was received.")
    privacy = ORGANISATIONS_ONLY
    commitment: str
    received: str
    tender: str
    bidder: str

    preimage = the_bid


@dataclass(frozen=True, kw_only=True)
class BidDelivered(BlindEvent):
    name = "bid.delivered"
    kind = SEALED
    says = _("The payload of an announced bid came in.")
    privacy = ORGANISATIONS_ONLY
    commitment: str
    received: str
    tender: str
    bidder: str

    preimage = the_bid


@dataclass(frozen=True, kw_only=True)
class BidWithdrawn(BlindEvent):
    name = "bid.withdrawn"
    kind = SEALED
    says = _("A sealed bid was withdrawn.")
    privacy = ORGANISATIONS_ONLY
    commitment: str
    received: str
    tender: str
    bidder: str

    preimage = the_bid


@dataclass(frozen=True, kw_only=True)
class BidRefused(BlindEvent):
    name = "bid.refused"
    kind = SEALED
    says = _("A bid came after the end of the period and was refused.")
    privacy = ORGANISATIONS_ONLY
    commitment: str
    received: str
    tender: str
    bidder: str

    preimage = the_bid


@dataclass(frozen=True, kw_only=True)
class ExtendedForOutage(PublicEvent):
    name = "period.extended_for_outage"
    tag = ("tenderAmendment",)
    says = _("The service failed, so bids close later: {reason}")
    privacy = "No personal data."
    parts: dict[str, Any]
    reason: str

    words = the_reason

    def fragment(self) -> dict[str, Any]:
        return self.parts


@dataclass(frozen=True, kw_only=True)
class TenderClosed(LeafEvent):
    name = "tender.closed"
    kind = "tender.closed/v1"
    says = _("The tender period ended; bids after this entry cannot be valid.")
    privacy = "No personal data."
    tender: str
    period_end: str

    def body(self) -> dict[str, Any]:
        return {"tender": self.tender, "end": self.period_end}


@dataclass(frozen=True, kw_only=True)
class ShareReleased(LeafEvent):
    """Logged in the clear, so that a member who refuses to open is named by the missing leaf."""

    name = "share.released"
    kind = "opening.share/v1"
    says = _("{member} of the opening committee released a share of a bid.")
    privacy = "The member's number in the committee and hashes; no names of people."
    member: str
    commitment: str
    sha256: str

    words = the_member

    def body(self) -> dict[str, Any]:
        return {"member": self.member, "commitment": self.commitment, "sha256": self.sha256}


@dataclass(frozen=True, kw_only=True)
class SharesHandedOver(LeafEvent):
    """In the clear: whoever releases under a member's number may be the deputy whose key stands here."""

    name = "shares.handed_over"
    kind = "share.handover/v1"
    says = _("{member} of the opening committee handed its shares over to a deputy.")
    privacy = "The member's number in the committee, the deputy's public key and a hash; no names of people."
    tender: str
    member: str
    recipient: str
    sha256: str

    words = the_member

    def body(self) -> dict[str, Any]:
        named = {"tender": self.tender, "member": self.member}
        return {**named, "recipient": self.recipient, "sha256": self.sha256}


@dataclass(frozen=True, kw_only=True)
class EnvelopeContested(LeafEvent):
    """The published key opens this one envelope only, so that everybody can see that it holds no good share."""

    name = "envelope.contested"
    kind = "opening.complaint/v1"
    says = _("{member} of the opening committee proved that the envelope in a bid is broken.")
    privacy = "The member's number in the committee, hashes, and the key of a broken envelope."
    member: str
    commitment: str
    file_key: str

    words = the_member

    def body(self) -> dict[str, Any]:
        return {"member": self.member, "commitment": self.commitment, "file_key": self.file_key}


@dataclass(frozen=True, kw_only=True)
class EnvelopeUnreadable(LeafEvent):
    """A member's word, in the clear: whoever doubts it complains, and the review body asks the member for the key."""

    name = "envelope.unreadable"
    kind = "opening.unreadable/v1"
    says = _("{member} of the opening committee says that the envelope in a bid does not open with the member’s key.")
    privacy = "The member's number in the committee and a hash."
    member: str
    commitment: str

    words = the_member

    def body(self) -> dict[str, Any]:
        return {"member": self.member, "commitment": self.commitment}


@dataclass(frozen=True, kw_only=True)
class EnvelopesAdmitted(LeafEvent):
    """Members' programs release shares of a later envelope only of those that this entry names. Hashes, in order."""

    name = "envelopes.admitted"
    kind = "opening.next/v1"
    says = _("{open} envelopes may be opened next; {shut} stay shut, because their bids did not pass.")
    privacy = "Hashes."
    tender: str
    stage: str
    open: tuple[str, ...]
    shut: tuple[str, ...]

    def words(self) -> dict[str, str]:
        return {"open": str(len(self.open)), "shut": str(len(self.shut))}

    def body(self) -> dict[str, Any]:
        return {"tender": self.tender, "stage": self.stage, "open": list(self.open), "shut": list(self.shut)}


@dataclass(frozen=True, kw_only=True)
class OpeningDone(LeafEvent):
    name = "opening.done"
    kind = "opening.done/v1"
    says = _("The opening record was written into the ledger.")
    privacy = "A hash."
    tender: str
    sha256: str

    def body(self) -> dict[str, Any]:
        return {"tender": self.tender, "sha256": self.sha256}


@dataclass(frozen=True, kw_only=True)
class BidsOpened(PublicEvent):
    name = "bids.opened"
    tag = ("tenderUpdate",)
    says = _("The committee opened the bids. Number of bids: {count}.")
    privacy = SOLE_TRADERS
    count: int
    release: dict[str, Any]

    words, fragment = the_count, the_release


@dataclass(frozen=True, kw_only=True)
class NoBidsReceived(PublicEvent):
    name = "bids.none"
    tag = ("tenderUpdate",)
    says = _("No bid was received, so the procedure ended without an award.")
    privacy = "Public numbers of organisations whose bids were withdrawn or late; no personal data."
    tender: str
    record: dict[str, Any]  # the opening record, which accounts for bids that were withdrawn or came late

    def fragment(self) -> dict[str, Any]:
        statistics = [{"id": "bids", "measure": "bids", "value": 0}]
        tender = {"id": self.tender, "status": "unsuccessful", "openingRecord": self.record}
        return {"tender": tender, "bids": {"statistics": statistics}}


@dataclass(frozen=True, kw_only=True)
class PricesOpened(PublicEvent):
    name = "prices.opened"
    tag = ("tenderUpdate",)
    says = _("The committee opened the prices of the bids that had passed. Number of bids: {count}.")
    privacy = SOLE_TRADERS
    count: int
    release: dict[str, Any]

    words, fragment = the_count, the_release

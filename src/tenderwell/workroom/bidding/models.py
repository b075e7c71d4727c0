"""Committee keys and records, sealed bids with what was refused, released shares, and bids once opened."""

import uuid
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenderwell.core.identifiers import uuid7
from tenderwell.ledger.sealing.committee import Committee, parse_committee
from tenderwell.ledger.sealing.header import Header, parse_header
from tenderwell.workroom.parties.models import Organisation, Person
from tenderwell.workroom.process.models import Process


class MemberKey(models.Model):
    """A committee member's public age key for one process, whose possession the member has proved.

    recipient: age1... of suite x25519 or pq. signing_key: base64 of an Ed25519 public key, or empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(Process, models.PROTECT, related_name="member_keys")
    person = models.ForeignKey(Person, models.PROTECT)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    recipient = models.TextField()
    signing_key = models.CharField(max_length=64, blank=True)
    proved_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "bidding"
        constraints = [
            models.UniqueConstraint(
                fields=["process", "person"], condition=models.Q(replaced_at=None), name="one_key_a_member"
            )
        ]


class CommitteeRecord(models.Model):
    """A named committee; `record` holds the logged bytes of its committee/v1 leaf, `hash` their SHA-256.

    stage: the envelope that this committee opens; "" for every envelope that has no committee of its own.
    """

    process = models.ForeignKey(Process, models.PROTECT, related_name="committees")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=32, blank=True)
    record = models.TextField()
    hash = models.CharField(max_length=64, unique=True)
    named_at = models.DateTimeField()

    class Meta:
        app_label = "bidding"
        unique_together = [("process", "number")]

    @property
    def committee(self) -> Committee:
        return parse_committee(self.record.encode())


class CommitteeMember(models.Model):
    """Which key stands behind a member id of a committee record; the record itself names no person."""

    committee = models.ForeignKey(CommitteeRecord, models.PROTECT, related_name="members")
    code = models.CharField(max_length=20)
    key = models.ForeignKey(MemberKey, models.PROTECT)

    class Meta:
        app_label = "bidding"
        unique_together = [("committee", "code")]


class Rehearsal(models.Model):
    """The test envelope of a committee, sealed by us when it was named; it holds no bid. shares: hex, by member."""

    committee = models.OneToOneField(CommitteeRecord, models.PROTECT, related_name="rehearsal")
    header = models.BinaryField()
    payload = models.BinaryField()
    shares = models.JSONField(default=dict)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "bidding"

    @property
    def parsed(self) -> Header:
        return parse_header(bytes(self.header))


class SealedBid(models.Model):
    """A bid as it came: ciphertext that nobody here can read, and what was promised for it.

    header: its exact bytes. commitment: their SHA-256. received_at: when the header had arrived in full.
    stage: "bid", or which envelope of a bid it is. state: declared (the payload is still to come), submitted, replaced,
    withdrawn, void (its committee was replaced), opened, rejected, shut (its bid did not pass an earlier envelope), or
    lapsed (the payload, or another envelope of the bid, never came).
    """

    STATES = (
        ("declared", _("Announced, payload to come")),
        ("submitted", _("Submitted")),
        ("replaced", _("Replaced by a later bid")),
        ("withdrawn", _("Withdrawn")),
        ("void", _("Sealed to a committee that was replaced: seal it again")),
        ("opened", _("Opened")),
        ("rejected", _("Rejected at opening")),
        ("shut", _("Its bid did not pass, so it stays shut")),
        ("lapsed", _("Not complete at the end")),
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    process = models.ForeignKey(Process, models.PROTECT, related_name="sealed_bids")
    bidder = models.ForeignKey(Organisation, models.PROTECT, related_name="sealed_bids")
    person_id = models.CharField(max_length=60)
    header = models.BinaryField()
    commitment = models.CharField(max_length=64)
    payload_sha256 = models.CharField(max_length=64)
    payload_size = models.PositiveBigIntegerField()
    stage = models.CharField(max_length=32)
    seq = models.PositiveIntegerField()
    replaces = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=STATES)

    class Meta:
        app_label = "bidding"
        unique_together = [
            ("process", "bidder", "stage", "seq"),
            ("process", "commitment"),
        ]

    @property
    def parsed(self) -> Header:
        return parse_header(bytes(self.header))


class LateBid(models.Model):
    """An attempt after the period; nothing of the bid is kept but its commitment. note: our signed refusal."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="late_bids")
    bidder = models.ForeignKey(Organisation, models.PROTECT)
    commitment = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        app_label = "bidding"
        unique_together = [("process", "bidder", "commitment")]


class Closing(models.Model):
    """The announcement that the tender period is over: the leaf after which no valid bid can stand."""

    process = models.OneToOneField(Process, models.PROTECT, related_name="closing")
    period_end = models.DateTimeField()
    announced_at = models.DateTimeField()

    class Meta:
        app_label = "bidding"


class ReleasedShare(models.Model):
    """A member's checked share of one bid in hex, or the checked complaint that the envelope holds none.

    Neither: the member says that the envelope does not open with the key that the committee's record names.
    """

    bid = models.ForeignKey(SealedBid, models.PROTECT, related_name="released_shares")
    member = models.CharField(max_length=20)
    share = models.CharField(max_length=400, blank=True)
    file_key = models.CharField(max_length=32, blank=True)
    released_at = models.DateTimeField()

    class Meta:
        app_label = "bidding"
        unique_together = [("bid", "member")]


class HandedOver(models.Model):
    """A member's shares of one envelope for a deputy. body: handover.json, which only the deputy's key opens."""

    member = models.ForeignKey(CommitteeMember, models.PROTECT, related_name="handed_over")
    stage = models.CharField(max_length=32)
    deputy = models.ForeignKey(MemberKey, models.PROTECT)
    body = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        app_label = "bidding"
        unique_together = [("member", "stage")]


class Opening(models.Model):
    """The opening of a process's bids, once an envelope. record: JSON, by which outsiders see that none is missing."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="openings")
    stage = models.CharField(max_length=32, default="bid")
    opened_at = models.DateTimeField()
    record = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        app_label = "bidding"
        unique_together = [("process", "stage")]


class Bid(models.Model):
    """An opened bid. What it says is what the bidder sealed; nobody edits it.

    code: its public id, "bid-1" in the order of arrival. status: valid, or invalid with a verdict of the opening
    check. amount: sum of its lots without VAT; None while its price is in another envelope. response: bid.json as read.
    identity: the bid's own age key, with which an auditor can repeat the opening. priced: the envelope with its price,
    once that was opened, and its key.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    process = models.ForeignKey(Process, models.PROTECT, related_name="bids")
    sealed = models.OneToOneField(SealedBid, models.PROTECT, related_name="bid")
    code = models.CharField(max_length=20)
    bidder = models.ForeignKey(Organisation, models.PROTECT, related_name="bids")
    received_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=(("valid", _("Valid")), ("invalid", _("Invalid"))))
    verdict = models.CharField(max_length=40, blank=True)
    verdict_text = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    currency = models.CharField(max_length=3, blank=True)
    response = models.JSONField(null=True)
    identity = models.CharField(max_length=80, blank=True)
    priced = models.OneToOneField(SealedBid, models.PROTECT, null=True, related_name="priced_bid")
    priced_identity = models.CharField(max_length=80, blank=True)

    class Meta:
        app_label = "bidding"
        unique_together = [("process", "code")]

    def __str__(self) -> str:
        return self.code


class BidLot(models.Model):
    """What a bid offers for one lot; lot "" when the tender is not divided. amount: without VAT, None as in the bid."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="lots")
    lot = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=21, decimal_places=6, null=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        app_label = "bidding"
        unique_together = [("bid", "lot")]


class BidItem(models.Model):
    """The price of one item in a bid. unit_amount: without VAT."""

    lot = models.ForeignKey(BidLot, models.PROTECT, related_name="items")
    item = models.CharField(max_length=200)
    unit_amount = models.DecimalField(max_digits=21, decimal_places=6)
    quantity = models.DecimalField(max_digits=21, decimal_places=6)

    class Meta:
        app_label = "bidding"
        unique_together = [("lot", "item")]

    @property
    def amount(self) -> Decimal:
        return self.unit_amount * self.quantity


class BidFile(models.Model):
    """A file of an opened bid, kept by its hash; its name is only ever shown, never used as a path."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="files")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        app_label = "bidding"
        unique_together = [("bid", "position")]


class Heartbeat(models.Model):
    """A sign of life of the service, as its leaf says. index: of its entry in the ledger; due: when the next is due."""

    index = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    due = models.DateTimeField()

    class Meta:
        app_label = "bidding"


class OutageExtension(models.Model):
    """Outages let the bids of a process close later. last_index: the last heartbeat that has been counted."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="outage_extensions")
    code = models.CharField(max_length=30)
    before = models.DateTimeField()
    after = models.DateTimeField()
    last_index = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        app_label = "bidding"
        unique_together = [("process", "code")]

"""A test envelope for each committee, so that every member tries the opening before it counts, and no bid is touched.

What makes it a test stands in its header, under its seal: stage "rehearsal". No procedure takes a bid of that stage,
and members' programs open nothing else in a rehearsal.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from tenderwell.core.errors import Reason, refuse_any
from tenderwell.ledger.sealing.inner import FileFacts
from tenderwell.ledger.sealing.opening import open_package
from tenderwell.ledger.sealing.package import BidFacts, File, seal_in_memory
from tenderwell.ledger.sealing.rehearsal import BIDDER, STAGE, TestEnvelope, encode_rehearsal
from tenderwell.ledger.sealing.shares import Share, check_share
from tenderwell.workroom.bidding.models import CommitteeRecord, Rehearsal

TEXT = b"This is a rehearsal. The committee can open what is sealed to it.\n"


def prepare(named: CommitteeRecord) -> Rehearsal:
    """Seal the test envelope of a committee that was just named."""
    record = named.committee
    facts = BidFacts(tender=record.tender, bidder=BIDDER, stage=STAGE)
    package = seal_in_memory(facts, committee=record, files=[File.of("rehearsal.txt", TEXT)])
    return Rehearsal.objects.create(committee=named, header=package.header.raw, payload=package.payload)


def file_of(named: CommitteeRecord) -> bytes:
    """rehearsal.json, for a member's own program."""
    header = json.loads(bytes(named.rehearsal.header))
    return encode_rehearsal(TestEnvelope(committee=json.loads(named.record), header=header))


def take(test: Rehearsal, share: str, *, member: str, now: datetime) -> bool:
    """Keep a member's share of the test envelope; returns whether the envelope is open now. Raises Refused."""
    header = test.parsed
    given = Share(member=member, commitment=header.commitment, share=share)
    flaw = check_share(given, header=header)
    text = "This is not your share of the test envelope: {problem} Take it out again with the key that you registered."
    wrong = Reason("wrong_share", text, field="share", values={"problem": (flaw.text,)}) if flaw else None
    refuse_any(wrong)
    test.shares = {**test.shares, member: share}
    if test.opened_at is None and len(test.shares) >= header.core.committee.k:
        open_test(test)
        test.opened_at = now
    test.save(update_fields=["shares", "opened_at"])
    return test.opened_at is not None


def open_test(test: Rehearsal) -> None:
    """As at the real opening; shares that were checked one by one open the envelope that we sealed."""
    header = test.parsed
    shares = [
        Share(member=member, commitment=header.commitment, share=share) for member, share in sorted(test.shares.items())
    ]
    payload = BytesIO(bytes(test.payload))
    open_package(header, payload, shares=shares, committee=test.committee.committee, sink=read)


def read(facts: FileFacts, pieces: Iterator[bytes]) -> None:
    """Nothing of a test is kept."""
    for _ in pieces:
        pass

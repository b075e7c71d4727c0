"""Where bids are handed in: the same bid twice gives one receipt, a late one is refused with a signed note."""

from datetime import datetime
from typing import cast

from pydantic import BaseModel

from tenderwell.core.command import Actor, Command, perform, refusals
from tenderwell.core.errors import Reason, Refused
from tenderwell.workroom.bidding import commands, extending, rules
from tenderwell.workroom.bidding.inputs import DeclareBid, DeliverPayload, RefuseLateBid, SubmitBid, WithdrawBid
from tenderwell.workroom.bidding.models import LateBid, SealedBid
from tenderwell.workroom.process.models import Process


class TooLate(Refused):
    """The bid came after the period. note: our signed refusal, which the bidder keeps."""

    def __init__(self, note: str, *reasons: Reason) -> None:
        super().__init__(*reasons)
        self.note = note


def hand_in(cmd: Command, actor: Actor, ocid: str, data: SubmitBid | DeclareBid, *, now: datetime) -> SealedBid:
    """Submit or announce a bid. A bid received before is given again, also after the deadline.

    Before a bid is called late, the server looks whether its own failure has moved the end (see `extending`).

    now: when the header had arrived in full.
    Raises: Refused; TooLate, when the refusal has been recorded and signed.
    """
    try:
        return cast(SealedBid, perform(cmd, actor, ocid, data, now=now))
    except Refused as refused:
        known = received_before(actor, ocid, data.header)
        if known and (known.delivered_at or isinstance(data, DeclareBid)):
            return known
        if known and isinstance(data, SubmitBid):
            follows = DeliverPayload(commitment=known.commitment, payload=data.payload)
            return follow(commands.deliver_payload, actor, ocid, follows, now=now)
        if not is_late(refused):
            raise
        if extending.extended(ocid, now=now):
            return cast(SealedBid, perform(cmd, actor, ocid, data, now=now))
        raise refused_late(refused, actor, ocid, data.header, now=now) from refused


def follow(cmd: Command, actor: Actor, ocid: str, data: DeliverPayload, *, now: datetime) -> SealedBid:
    """Take the payload of a bid that was announced in time. Raises as `hand_in`: after the grace it is late as well."""
    try:
        return cast(SealedBid, perform(cmd, actor, ocid, data, now=now))
    except Refused as refused:
        known = received_before(actor, ocid, data.commitment)
        if known is None or known.delivered_at or not is_late(refused):
            raise
        raise refused_late(refused, actor, ocid, data.commitment, now=now) from refused


def take_back(cmd: Command, actor: Actor, ocid: str, data: WithdrawBid, *, now: datetime) -> SealedBid:
    """Withdraw a bid. As with a late bid, the server's own failure may have moved the end. Raises Refused."""
    try:
        return cast(SealedBid, perform(cmd, actor, ocid, data, now=now))
    except Refused as refused:
        if not is_late(refused) or not extending.extended(ocid, now=now):
            raise
    return cast(SealedBid, perform(cmd, actor, ocid, data, now=now))


def is_past_grace(actor: Actor, process: Process, header: str, *, now: datetime) -> bool:
    """Whether this bid was announced in time and its payload would now come too late, whatever has arrived of it."""
    period = process.periods_held().get("tenderPeriod")
    if period is None or not period.is_over(now):
        return False
    known = received_before(actor, process.ocid, header)
    if known is None or known.delivered_at:
        return False
    reasons = refusals(commands.deliver_payload, actor, process, now=now)
    return any(reason.code == rules.GRACE_OVER for reason in reasons)


def is_late(refused: Refused) -> bool:
    return any(reason.code in (rules.LATE, rules.GRACE_OVER) for reason in refused.reasons)


def received_before(actor: Actor, ocid: str, header: str) -> SealedBid | None:
    """The acting organisation's own bid with this header."""
    held = SealedBid.objects.filter(process__ocid=ocid, bidder__identifier=actor.organisation, commitment=header)
    return held.select_related("process", "bidder").first()


def refused_late(refused: Refused, actor: Actor, ocid: str, header: str, *, now: datetime) -> Refused:
    """Record the attempt and sign the refusal; when even that is not allowed, the reasons of the first attempt."""
    commands.readable_header(header)
    try:
        late = perform(commands.refuse_late_bid, actor, ocid, RefuseLateBid(header=header), now=now)
    except Refused:
        return refused
    return TooLate(late.note, *refused.reasons)


def taken_or_refused(cmd: Command, actor: Actor, key: str, data: BaseModel, *, now: datetime) -> SealedBid | LateBid:
    """For pages: the bid, or the recorded refusal to show. Raises Refused for any other reason."""
    assert isinstance(data, SubmitBid | DeclareBid | DeliverPayload)
    number = data.commitment if isinstance(data, DeliverPayload) else data.header
    try:
        if isinstance(data, DeliverPayload):
            return follow(cmd, actor, key, data, now=now)
        return hand_in(cmd, actor, key, data, now=now)
    except TooLate:
        return LateBid.objects.get(process__ocid=key, bidder__identifier=actor.organisation, commitment=number)

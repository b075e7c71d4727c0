"""A member who cannot be there hands the shares over to a deputy, who releases them under the member's number.

Only shares of bids that are to be opened now are handed over, and only once the ledger has the end of the period:
before it nobody may know which bids there are. On the member's device they are encrypted to the deputy's proved key.
"""

from hashlib import sha256

from pydantic import BaseModel, Field

from tenderwell.core import files
from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, Refused, refuse_any
from tenderwell.ledger.sealing.handover import LIMIT, Handover, parse_handover
from tenderwell.workroom.bidding import events, queries, rules
from tenderwell.workroom.bidding.inputs import HandoverFile
from tenderwell.workroom.bidding.models import HandedOver
from tenderwell.workroom.process.models import Process


class HandOverShares(BaseModel):
    handover: HandoverFile = Field(
        title="handover.json", description="Your shares, encrypted to the deputy’s key by your browser or program"
    )


@command(on=Process, input=HandOverShares)
def hand_over_shares(act: Act, process: Process, data: HandOverShares) -> HandedOver:
    """Hand your shares over to a deputy

    The deputy releases them under your number. You may still release them yourself; whoever comes first counts.
    """
    raw = stored(data.handover)
    given, member = parsed(raw), queries.member_of(process, act.actor.id)
    assert member  # the guard is_committee_member said so
    keys = queries.deputy_keys(process)
    deputy = keys.filter(recipient=given.recipient).first()
    refuse_any(
        rules.is_own_number(given.member, member=member.code),
        rules.deputy_known(is_known=deputy is not None),
        rules.is_nobodys_deputy(queries.stands_in_for(process, deputy, apart_from=member)),
        *rules.handed_over_right(given, headers={bid.commitment: bid.parsed for bid in queries.current_bids(process)}),
    )
    assert deputy
    kept, _ = HandedOver.objects.update_or_create(
        member=member,
        stage=queries.envelope_to_open(process),
        defaults={"deputy": deputy, "body": raw.decode(), "made_at": act.now},
    )
    digest = sha256(raw).hexdigest()
    act.record(
        events.SharesHandedOver(tender=process.ocid, member=member.code, recipient=given.recipient, sha256=digest)
    )
    return kept


def stored(name: str) -> bytes:
    """The uploaded file; raises Refused."""
    text = "Upload the file handover.json first."
    if not files.is_stored(name) or (files.size_of(name) or 0) > LIMIT:
        raise Refused(Reason("no_such_file", text, field="handover"))
    with files.open_stored(name) as file:
        return file.read(LIMIT + 1)


def parsed(raw: bytes) -> Handover:
    text = "This is no handover.json. Make it with your browser on this page, or with “tenderwell hand-over”."
    try:
        return parse_handover(raw)
    except ValueError as error:
        raise Refused(Reason("no_handover", text, field="handover")) from error

"""tender.json: what a bidder's or member's own program needs to know of a tender."""

from tenderwell.ledger.sealing.tender_file import TenderFile, encode_tender_file
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.process.models import Process

LONGEST_TITLE = 300


def tender_file(process: Process) -> bytes:
    """The file's bytes, for a process whose committee is named."""
    named, period = queries.current_committee(process), process.periods_held().get("tenderPeriod")
    assert named and period, "the tender is published"
    facts = TenderFile(
        tender=process.ocid,
        title=" ".join(process.title.split())[:LONGEST_TITLE],
        stage="bid",
        closes=period.end,
        currency=process.value_currency,
        committee=named.committee,
        lots=tuple(sorted(queries.lots_of(process))),
    )
    return encode_tender_file(facts)

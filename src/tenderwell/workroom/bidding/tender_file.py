"""tender.json: what a bidder's or member's own program needs to know of a tender."""

from tenderwell.ledger.sealing.tender_file import Item, Lot, TenderFile, encode_tender_file
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.eligibility import declarations, one_line, questions
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering.models import Item as TenderItem


def tender_file(process: Process) -> bytes:
    """The file's bytes, for a process whose committee is named."""
    (named, *own), period = queries.current_committees(process), process.periods_held().get("tenderPeriod")
    assert period, "the tender is published"
    facts = TenderFile(
        tender=process.ocid,
        title=one_line(process.title),
        stage=queries.envelopes_of(process)[0],
        envelopes=queries.envelopes_of(process),
        closes=period.end,
        currency=process.value_currency,
        committee=named.committee,
        price_committee=own[0].committee if own else None,
        lots=tuple(Lot(id=lot.code, title=lot.title) for lot in process.lots.order_by("pk")),
        items=tuple(item_of(item) for item in process.items.order_by("pk")),
        questions=questions(process),
        declarations=declarations(process),
    )
    return encode_tender_file(facts)


def item_of(item: TenderItem) -> Item:
    """quantity: plain digits, without trailing zeroes."""
    quantity = f"{item.quantity.normalize():f}"
    return Item(id=item.code, lot_id=item.lot, description=item.description, unit=item.unit, quantity=quantity)

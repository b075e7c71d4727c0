"""The OCDS parts that awarding publishes."""

from collections.abc import Sequence
from typing import Any

from tenderwell.public.ocds import Award as OcdsAward
from tenderwell.public.ocds import OrganizationReference, Period, Value, plain
from tenderwell.workroom.awarding.models import Award
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.parties.queries import ocds_party
from tenderwell.workroom.planning.notices import document
from tenderwell.workroom.process.models import Document, Process


def tender_id(process: Process) -> dict[str, Any]:
    return {"id": process.ocid}


def award_notice(award: Award, process: Process, files: Sequence[Document]) -> dict[str, Any]:
    """One award as OCDS. files: what belongs to the decision."""
    notice = OcdsAward(
        id=award.code,
        title=award.title or None,
        status="active",
        date=award.decided_at,
        value=Value(amount=award.amount, currency=award.currency) if award.amount is not None else None,
        suppliers=tuple(OrganizationReference(id=each.identifier, name=each.name) for each in award.suppliers.all()),
        related_lots=(award.lot,) if award.lot else (),
        related_bids=(award.bid.code,) if award.bid else (),
        documents=tuple(document(each, process) for each in files),
        rationale=award.rationale,
        standstill_period=period_held(process, "standstillPeriod"),
        complaint_period=period_held(process, "complaintPeriod"),
        date_letters_sent=award.decided_at if award.bid else None,
    )
    return {**plain(notice), **({"items": award.items} if award.items else {})}


def period_held(process: Process, name: str) -> Period | None:
    held = process.periods_held().get(name)
    return Period(start_date=held.start, end_date=held.end) if held else None


def winning_parties(process: Process, winners: Sequence[Organisation]) -> tuple[dict[str, Any], ...]:
    """The winners with all roles they hold now; whoever bid stays a tenderer."""
    bidders = set(process.bids.values_list("bidder_id", flat=True))
    return tuple(ocds_party(each, ["tenderer", "supplier"] if each.pk in bidders else ["supplier"]) for each in winners)


def tender_after_award(process: Process) -> dict[str, Any]:
    """The tender is complete once it is decided who gets the contract."""
    return {**tender_id(process), "status": "complete"}


def cancelled_awards(codes: Sequence[str]) -> list[dict[str, Any]]:
    return [{"id": code, "status": "cancelled"} for code in codes]


def cancelled_drafts(drafts: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """drafts: (contract, award) of contracts that not both have signed."""
    return [{"id": contract, "awardID": award, "status": "cancelled"} for contract, award in drafts]

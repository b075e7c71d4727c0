"""Decide the award, award directly, end without an award, cancel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field

from tenderwell.core.command import Act, command, facts_of
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.core.periods import Period, end_of_days
from tenderwell.public.ocds import instant
from tenderwell.workroom.awarding import notices, queries, rules
from tenderwell.workroom.awarding.events import AwardDecided, AwardedDirectly, EndedWithoutAward, ProcessCancelled
from tenderwell.workroom.awarding.models import Award, Ending
from tenderwell.workroom.bidding.models import Bid
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.commands import told_now
from tenderwell.workroom.process.models import Process


class AwardRow(BaseModel):
    """One award. value: without tax; empty takes the bid's own amount. reason: why this bid."""

    bid: Annotated[str, ChoicesFrom(queries.bid_choices)] = Field(title="Winning bid", max_length=20)
    lot: str = Field("", title="Lot", description="Empty when the tender has no lots", max_length=200)
    more_bids: list[str] = Field([], title="Further bids that share this award", description="One a line")
    value: Decimal | None = Field(
        None,
        title="Value",
        description="Empty: the amount of the bid, when it gets one award",
        ge=0,
        max_digits=24,
        decimal_places=6,
    )
    reason: str = Field(
        "",
        title="Why this bid",
        description="Published; needed when it does not rank first or gets more than it offers",
    )


class DecideAward(BaseModel):
    awards: list[AwardRow] = Field(
        title="Awards",
        description="One for each lot that is awarded; several for one bid when it is awarded in parts",
        min_length=1,
    )
    reason: Text = Field(title="Reasons for the decision", description="Published", min_length=10, max_length=4000)


class AwardDirectly(BaseModel):
    supplier: str = Field(title="Registration number of the supplier", max_length=80)
    title: str = Field("", title="What is awarded", max_length=250)
    value: Decimal = Field(title="Value", description="Without tax", gt=0, max_digits=24, decimal_places=6)
    reason: Text = Field(title="Why there is no competition", description="Published", max_length=4000)


class EndWithoutAward(BaseModel):
    reason: Text = Field(title="Why nobody gets the contract", description="Published", max_length=4000)


class CancelProcess(BaseModel):
    reason: Text = Field(title="Why the process is cancelled", description="Published", max_length=4000)


@command(on=Process, input=DecideAward)
def decide_award(act: Act, process: Process, data: DecideAward) -> list[Award]:
    """Decide who gets the contract"""
    rows, bids = data.awards, queries.bids_with_prices(process)
    check_rows(process, rows, bids)
    until = open_windows(act, process)
    awards = [make_award(act, row, bids[row.bid], data.reason, is_part=is_parted(row, rows)) for row in rows]
    announce(act, process, awards, kind=AwardDecided, tender=notices.tender_after_award(process), until=until)
    return awards


def check_rows(process: Process, rows: Sequence[AwardRow], bids: Mapping[str, Bid]) -> None:
    """Every reason against any of the awards."""
    offers = queries.offers(process)
    refuse_any(
        rules.known_lots([row.lot for row in rows], queries.lot_ids(process)),
        *(
            rules.says_its_part(row.value, is_shared=is_parted(row, rows), field=f"awards.{at}.value")
            for at, row in enumerate(rows)
        ),
        *(
            rules.known_offer(bid, row.lot, offers, field=f"awards.{at}.bid")
            for at, row in enumerate(rows)
            for bid in (row.bid, *row.more_bids)
        ),
        *(
            rules.reason_for_other(row.bid, row.lot, row.reason, offers, field=f"awards.{at}.reason")
            for at, row in enumerate(rows)
        ),
        *(above_bid(bids.get(row.bid), row, rows, field=f"awards.{at}.value") for at, row in enumerate(rows)),
    )


def above_bid(bid: Bid | None, row: AwardRow, rows: Sequence[AwardRow], *, field: str) -> Reason | None:
    """Why one bid cannot get so much in a lot; what several bids share has no single offer to be compared with."""
    if bid is None or row.value is None or row.more_bids:
        return None
    parts = (each.value or Decimal(0) for each in rows if (each.bid, each.lot) == (row.bid, row.lot))
    return rules.within_bid(sum(parts, Decimal(0)), queries.amount_offered(bid, row.lot), row.reason, field=field)


def is_parted(row: AwardRow, rows: Sequence[AwardRow]) -> bool:
    """Whether the same bid gets several awards in the same lot, each for a part of it."""
    return sum((each.bid, each.lot) == (row.bid, row.lot) for each in rows) > 1


def make_award(act: Act, row: AwardRow, bid: Bid, reason: str, *, is_part: bool) -> Award:
    """The items are awarded at the bid's prices; which of them a part covers nobody has said, so it names none."""
    process = act.subject
    winners = Organisation.objects.filter(bids__process=process, bids__code__in=[row.bid, *row.more_bids])
    award = Award.objects.create(
        process=process,
        code=f"award-{process.awards.count() + 1}",
        title=process.title,
        lot=row.lot,
        bid=bid,
        amount=row.value if row.value is not None or row.more_bids else queries.amount_offered(bid, row.lot),
        currency=bid.currency or process.value_currency,
        items=[] if is_part else queries.items_offered(bid, row.lot),
        rationale=row.reason or reason,
        decided_at=act.now,
    )
    award.suppliers.set(winners)
    return award


def open_windows(act: Act, process: Process) -> datetime | None:
    """Begin the standstill and the time for complaints, where the law has them; returns when the longer ends."""
    standstill = open_window(act, process, "standstillPeriod", days=act.jurisdiction.standstill_days.days)
    complaints = open_window(act, process, "complaintPeriod", days=act.jurisdiction.complaint_days.days)
    act.move("standstill" if standstill else "awarded")
    return max((end for end in (standstill, complaints) if end), default=None)


def open_window(act: Act, process: Process, name: str, *, days: int) -> datetime | None:
    """Begin one period, unless the law has none; returns when it ends."""
    if not days:
        return None
    end = end_of_days(act.now, days, act.jurisdiction.calendar)
    process.set_period(name, Period(act.now, end))
    return end


def announce(
    act: Act,
    process: Process,
    awards: Sequence[Award],
    *,
    kind: type[AwardDecided | AwardedDirectly],
    tender: dict[str, Any],
    until: datetime | None,
) -> None:
    """Publish the awards, and let the winners act as suppliers from now on."""
    winners = sorted({each for award in awards for each in award.suppliers.all()}, key=lambda each: each.identifier)
    process.supplier_ids = sorted({*process.supplier_ids, *(each.identifier for each in winners)})
    process.save(update_fields=["supplier_ids"])
    files = told_now(process, part="award", now=act.now)
    act.record(
        kind(
            awards=tuple(notices.award_notice(award, process, files) for award in awards),
            parties=notices.winning_parties(process, winners),
            tender=tender,
            suppliers=", ".join(each.name for each in winners),
            until=instant(until) if until else "",
        )
    )


@command(on=Process, input=AwardDirectly)
def award_directly(act: Act, process: Process, data: AwardDirectly) -> Award:
    """Award without competition"""
    supplier = Organisation.objects.filter(identifier=data.supplier, kind="supplier").first()
    text = "No supplier with this number is registered. Ask the firm to register first."
    refuse_any(
        None if supplier else Reason("no_such_supplier", text, field="supplier"),
        rules.within_estimate(data.value, process.value_amount or Decimal(0)),
        rules.says_why(data.reason),
    )
    assert supplier
    award = Award.objects.create(
        process=process,
        code=f"award-{process.awards.count() + 1}",
        title=data.title or process.title,
        amount=data.value,
        currency=process.value_currency,
        items=queries.items_wanted(process),
        rationale=data.reason,
        decided_at=act.now,
    )
    award.suppliers.set([supplier])
    until = open_window(act, process, "complaintPeriod", days=act.jurisdiction.complaint_days.days)
    tender = {**notices.tender_after_award(process), "items": queries.items_wanted(process)}
    announce(act, process, [award], kind=AwardedDirectly, tender=tender, until=until)
    return award


@command(on=Process, input=EndWithoutAward)
def end_without_award(act: Act, process: Process, data: EndWithoutAward) -> Ending:
    """End without an award"""
    refuse_any(rules.says_why(data.reason))
    tender = {**notices.tender_id(process), "status": "unsuccessful", "statusDetails": data.reason}
    act.record(EndedWithoutAward(tender=tender, reason=data.reason))
    return Ending.objects.create(process=process, kind="unsuccessful", reason=data.reason, ended_at=act.now)


def taken_back(act: Act, process: Process) -> dict[str, Any]:
    """Take every award back, and the contracts drawn up from them; returns what is published of it."""
    drafts = facts_of(process, act.actor, act.now)[rules.DRAFTED]
    codes = list(process.awards.filter(status="active").order_by("code").values_list("code", flat=True))
    process.awards.filter(code__in=codes).update(status="cancelled")
    awards, contracts = notices.cancelled_awards(codes), notices.cancelled_drafts(drafts)
    return {**({"awards": awards} if awards else {}), **({"contracts": contracts} if contracts else {})}


@command(on=Process, input=CancelProcess)
def cancel_process(act: Act, process: Process, data: CancelProcess) -> Ending:
    """Cancel the whole process"""
    refuse_any(rules.says_why(data.reason))
    tender: dict[str, Any] = {**notices.tender_id(process), "title": process.title, "status": "cancelled"}
    tender["cancellationRationale"] = data.reason
    taken = taken_back(act, process)
    act.record(ProcessCancelled(tender=tender, reason=data.reason, taken_back=taken))
    return Ending.objects.create(process=process, kind="cancelled", reason=data.reason, ended_at=act.now)

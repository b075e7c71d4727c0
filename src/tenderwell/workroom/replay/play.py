"""One process lived again: every step is an ordinary command at the source's time; a rule that refuses ends it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tenderwell.core.command import perform
from tenderwell.core.errors import refuse_any
from tenderwell.workroom.bidding import commands as bidding
from tenderwell.workroom.bidding import sealer
from tenderwell.workroom.bidding.inputs import NameCommittee
from tenderwell.workroom.bidding.queries import current_keys
from tenderwell.workroom.planning import commands as planning
from tenderwell.workroom.process.commands import (
    AssignRole,
    BeginReplay,
    DeclareInterest,
    assign_role,
    begin_process,
    declare_interest,
)
from tenderwell.workroom.replay import funds, results
from tenderwell.workroom.replay.cast import MEMBERS, STAFF, Cast, email
from tenderwell.workroom.replay.fitness import estimate_of, is_direct, unfit
from tenderwell.workroom.replay.scene import PREPARED, REASON, UNSAID, Play, opening
from tenderwell.workroom.replay.source import Item, Lot, Source
from tenderwell.workroom.tendering.commands import drafting
from tenderwell.workroom.tendering.commands.publishing import PublishTender, publish_tender

ROLES = {"approver": "approver", "budget": "budget_holder", "evaluator": "evaluator"}
UNSAID_FIELDS = (
    "users",
    "skills",
    "standards",
    "work_stage",
    "payment_approach",
    "incentives",
    "expected_length",
    "questions",
)
UNSAID_CATEGORY = "goods"  # every process of ours has one; it is compared only where the source states one
LEFT_OUT = "The source of this replay does not say anything about this step."


def live(source: Source, cast: Cast, *, jurisdiction: str) -> str:
    """Live the process again as far as its source goes; returns the ocid here.

    Raises:
        Refused: a rule does not allow what the source says happened.
        pydantic.ValidationError: the source says something that no input takes.
    """
    play = Play(source, cast, jurisdiction)
    refuse_any(*unfit(source))
    if is_direct(source):
        live_directly(play)
    else:
        begin(play)
        plan(play)
        tender(play)
        results.send_bids(play)
        results.finish(play)
    return play.ocid


def live_directly(play: Play) -> None:
    """A firm was chosen without competition: planned and approved, awarded, signed."""
    now = begun_at(play.source)
    begin(play)
    for item in play.source.items:
        play.do(drafting.add_item, "lead", item_input(item, lots={}), now)
    plan(play)
    results.award_directly(play, now + PREPARED)
    if play.source.status == "cancelled":
        results.cancel(play, now + PREPARED)


def begun_at(source: Source) -> datetime:
    """An hour before the call; a direct award without one begins an hour before the first thing that is dated."""
    dates = (*(award.date for award in source.awards), *(contract.signed_at for contract in source.contracts))
    first = min((each for each in dates if each), default=None) if is_direct(source) else None
    found = first or source.opens_at
    assert found
    return found - PREPARED


def currency_of(source: Source) -> str:
    """The tender's, else that of what was offered or agreed; empty takes that of the law."""
    stated = (source.currency, *(bid.currency for bid in source.bids), *(award.currency for award in source.awards))
    return next(filter(None, stated), "")


def begin(play: Play) -> None:
    """A procurer begins; everybody gets a role and declares that there is no interest."""
    source, now = play.source, begun_at(play.source)
    play.buyer = play.cast.buyer(source.buyer)
    data = BeginReplay(
        title=source.title,
        description=source.description,
        category=source.category or UNSAID_CATEGORY,
        estimate=estimate_of(source),
        jurisdiction=play.jurisdiction,
        currency=currency_of(source),
    )
    play.process = perform(begin_process, play.actor("lead"), play.buyer, data, now=now)
    for name, role in ROLES.items():
        play.do(assign_role, "lead", AssignRole(email=email(name), role=role), now)
    for name in MEMBERS:
        play.do(assign_role, "lead", AssignRole(email=email(name), role="committee"), now)
    declared = DeclareInterest(has_interest=False)
    for name in STAFF:
        play.do(declare_interest, name, declared, now)
    for name in MEMBERS:
        play.do(declare_interest, play.cast.keeper(name, play.buyer).actor, declared, now)


def plan(play: Play) -> None:
    """The plan: funds and route; what the source does not tell is marked as left out, with that reason.

    The funds are the budget of the source; what is missing to invite bids is confirmed when the plan is published.
    """
    source, now = play.source, begun_at(play.source)
    for step in ("4.1.2", "4.1.3", "4.1.4", "4.1.5"):
        play.do(planning.mark_not_applicable, "lead", planning.MarkNotApplicable(step=step, reason=LEFT_OUT), now)
    estimate = estimate_of(source)
    assert estimate
    funds.confirmed(play, source.budget if source.budget and source.budget > 0 else estimate, now)
    procedure = procedure_of(source)
    is_open = procedure == "open_1"
    route = planning.DecideRoute(
        make=UNSAID,
        reuse=UNSAID,
        join=UNSAID,
        procedure=procedure,
        reason=REASON,
        legal_ground="" if is_open else f"procurementMethod {source.method} in the source",
    )
    play.do(planning.decide_route, "lead", route, now)
    if not is_open:
        play.do(planning.approve_route, "approver", planning.ApproveRoute(agreed=True), now)
    play.do(planning.publish_plan, "lead", planning.PublishPlan(), now)
    play.process = play.fresh()  # its procedure was decided above
    funds.enough(play, estimate, now)


def procedure_of(source: Source) -> str:
    """A call without a stated method was open to whoever read it."""
    if is_direct(source):
        return "direct_1"
    return "open_1" if source.method in ("open", "") else "limited_1"


def tender(play: Play) -> None:
    """Requirements, lots, items, criteria, dates, committee; published at the instant the source says."""
    source, now = play.source, begun_at(play.source)
    play.do(drafting.set_requirements, "lead", requirements(source), now)
    for lot in source.lots:
        play.lots[lot.id] = play.do(drafting.add_lot, "lead", lot_input(lot, source), now).code
    for item in source.items:
        play.do(drafting.add_item, "lead", item_input(item, lots=play.lots), now)
    play.do(drafting.set_criteria, "lead", criteria(), now)
    play.do(drafting.set_dates, "lead", dates(source), now)
    name_committee(play, now)
    play.do(publish_tender, "approver", PublishTender(), opening(play))


def lot_input(lot: Lot, source: Source) -> drafting.AddLot:
    """A single lot is the whole tender, so it has its value and title where it states none."""
    is_single = len(source.lots) == 1
    amount = lot.amount if lot.amount is not None or not is_single else estimate_of(source)
    title = lot.title or (source.title if is_single else lot.description)
    return drafting.AddLot(title=title, description=lot.description, amount=amount)


def item_input(item: Item, *, lots: Mapping[str, str]) -> drafting.AddItem:
    """lots: the source's id of a lot -> its id here. A code of a scheme that we do not take is refused by the form."""
    return drafting.AddItem(
        description=item.description,
        scheme=item.scheme.upper(),
        classification=item.code,
        classification_text=item.code_text,
        quantity=item.quantity,
        unit=item.unit,
        lot=lots.get(item.lot, item.lot),
    )


def dates(source: Source) -> drafting.SetDates:
    return drafting.SetDates(closes_at=source.closes_at, contract_start=source.starts_at, contract_end=source.ends_at)


def name_committee(play: Play, now: datetime) -> None:
    """Three members with keys of their own, of whom two are needed to open."""
    for name in MEMBERS:
        sealer.register(play.cast.keeper(name, play.buyer), play.subject, now=now)
    keys = [str(key.pk) for key in current_keys(play.subject)]
    play.do(bidding.name_committee, "lead", NameCommittee(k=2, members=keys), now)


def requirements(source: Source) -> drafting.SetRequirements:
    budget = estimate_of(source)
    assert source.closes_at
    assert budget
    return drafting.SetRequirements(
        problem="The title and the items say what is bought.",
        latest_start=(source.closes_at + timedelta(days=365)).date(),
        budget=funds.cents(budget),
        **dict.fromkeys(UNSAID_FIELDS, UNSAID),
    )


def criteria() -> drafting.SetCriteria:
    """The source gives results, not criteria: one gate for what it disqualified, quality above price for the rest."""
    rows = [
        {"title": "As judged in the source", "kind": "quality", "weight": "60"},
        {"title": "Price", "kind": "price", "weight": "40"},
        {"title": "Admitted in the source", "kind": "pass_fail"},
    ]
    return drafting.SetCriteria(criteria=[drafting.CriterionRow(**row) for row in rows])

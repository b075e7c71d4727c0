"""One process lived again: every step is an ordinary command at the source's time; a rule that refuses ends it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from tenderwell.core.command import Actor, perform
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.ledger.sealing.response import BidResponse, LotOffer, Party
from tenderwell.workroom.awarding import commands as awarding
from tenderwell.workroom.bidding import commands as bidding
from tenderwell.workroom.bidding import sealer
from tenderwell.workroom.bidding.inputs import AnnounceClosing, NameCommittee, RecordNoBids
from tenderwell.workroom.bidding.queries import current_keys
from tenderwell.workroom.bidding.rules import DRAIN
from tenderwell.workroom.delivery.commands import contracting
from tenderwell.workroom.evaluation import commands as evaluation
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.planning import commands as planning
from tenderwell.workroom.process.commands import (
    AssignRole,
    BeginReplay,
    DeclareInterest,
    assign_role,
    begin_process,
    declare_interest,
)
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.replay.cast import MEMBERS, STAFF, Cast, email
from tenderwell.workroom.replay.source import Award, Bid, Source
from tenderwell.workroom.tendering.commands import drafting
from tenderwell.workroom.tendering.commands.publishing import PublishTender, publish_tender

ROLES = {"approver": "approver", "budget": "budget_holder", "evaluator": "evaluator"}
PREPARED = timedelta(hours=1)
SECOND = timedelta(seconds=1)
UNSAID = "The source does not say."
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
MOST = Decimal(10) ** 13  # an amount that any of our inputs takes
SCHEMES = {"": "UNSPSC", "UNSPSC": "UNSPSC", "CPV": "CPV"}
LEFT_OUT = "The source of this replay does not say anything about this step."
REASON = "Decided as the source of this replay says."


@dataclass
class Play:
    """One process in the making."""

    source: Source
    cast: Cast
    jurisdiction: str
    buyer: str = ""
    process: Process | None = None

    @property
    def ocid(self) -> str:
        assert self.process
        return self.process.ocid

    def actor(self, name: str) -> Actor:
        return self.cast.staff(name, self.buyer)

    def do(self, command: Any, who: str | Actor, data: BaseModel, now: datetime) -> Any:
        """Perform a command on the process, as somebody of the staff or as a given actor."""
        actor = self.actor(who) if isinstance(who, str) else who
        return perform(command, actor, self.ocid, data, now=now)

    def fresh(self) -> Process:
        return Process.objects.select_related("buyer").get(ocid=self.ocid)


def live(source: Source, cast: Cast, *, jurisdiction: str) -> str:
    """Live the process again as far as its source goes; returns the ocid here.

    Raises:
        Refused: a rule does not allow what the source says happened.
        pydantic.ValidationError: the source says something that no input takes.
    """
    play = Play(source, cast, jurisdiction)
    refuse_any(*unfit(source))
    begin(play)
    plan(play)
    tender(play)
    send_bids(play)
    finish(play)
    return play.ocid


def unfit(source: Source) -> Iterator[Reason | None]:
    """What the source leaves out and no process can do without, or what our rules can never take."""
    if source.opens_at is None or source.closes_at is None:
        yield Reason("no_tender_period", "The source states no tender period.")
    elif source.closes_at <= source.opens_at:
        yield Reason("period_backwards", "The tender period of the source ends before it begins.")
    elif not (source.opens_at.year >= 1990 and source.closes_at.year <= 2100):
        yield Reason("period_unreal", "The tender period of the source is not of our time.")
    if source.amount is None or source.amount <= 0:
        yield Reason("no_value", "The source states no value of the tender.")
    if not source.items:
        yield Reason("nothing_to_buy", "The source names no item.", "2014/24/EU Art. 46; U4SSC 4.2.1")
    bidders = [bid.tenderers[0] for bid in source.bids if bid.tenderers]
    if len(bidders) < len(source.bids) or any(not (each.id or each.name) for each in bidders):
        yield Reason("bid_of_nobody", "The source names no tenderer of a bid.")
    if len({each.id or each.name for each in bidders}) < len(bidders):
        yield Reason("two_bids_of_one", "A later bid of the same bidder replaces the earlier one.")
    if any(bid.amount is None for bid in source.bids):
        yield Reason("bid_without_price", "A bid without a price cannot be sealed.")


def begin(play: Play) -> None:
    """A procurer begins; everybody gets a role and declares that there is no interest."""
    source = play.source
    assert source.opens_at and source.amount
    now = source.opens_at - PREPARED
    play.buyer = play.cast.buyer(source.buyer)
    data = BeginReplay(
        title=source.title,
        description=source.description,
        category=source.category,
        estimate=source.amount,
        jurisdiction=play.jurisdiction,
        currency=source.currency,
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
    """The plan: funds and route; what the source does not tell is marked as left out, with that reason."""
    source, now = play.source, opening(play) - PREPARED
    for step in ("4.1.2", "4.1.3", "4.1.4", "4.1.5"):
        play.do(planning.mark_not_applicable, "lead", planning.MarkNotApplicable(step=step, reason=LEFT_OUT), now)
    amount = source.budget if source.budget and source.budget > 0 else source.amount
    funds = planning.ConfirmFunds(budget_line="source", amount=cents(amount), source=UNSAID)
    play.do(planning.confirm_funds, "budget", funds, now)
    is_open = source.method == "open"
    route = planning.DecideRoute(
        make=UNSAID,
        reuse=UNSAID,
        join=UNSAID,
        procedure="open_1" if is_open else "limited_1",
        reason=REASON,
        legal_ground="" if is_open else f"procurementMethod {source.method} in the source",
    )
    play.do(planning.decide_route, "lead", route, now)
    if not is_open:
        play.do(planning.approve_route, "approver", planning.ApproveRoute(agreed=True), now)
    play.do(planning.publish_plan, "lead", planning.PublishPlan(), now)


def cents(amount: Decimal | None) -> Decimal:
    """Budgets are kept to the cent; it is not compared."""
    assert amount is not None
    if amount > MOST:
        return MOST
    return max(amount.quantize(Decimal("0.01")), Decimal("0.01"))


def opening(play: Play) -> datetime:
    assert play.source.opens_at
    return play.source.opens_at


def closing(play: Play) -> datetime:
    assert play.source.closes_at
    return play.source.closes_at


def tender(play: Play) -> None:
    """Requirements, items, criteria, dates, committee; published at the instant the source says."""
    source, now = play.source, opening(play) - PREPARED
    play.do(drafting.set_requirements, "lead", requirements(source), now)
    for item in source.items:
        data = drafting.AddItem(
            description=item.description,
            scheme=SCHEMES.get(item.scheme.upper(), item.scheme),
            classification=item.code,
            classification_text=item.code_text,
            quantity=item.quantity,
            unit=item.unit,
        )
        play.do(drafting.add_item, "lead", data, now)
    play.do(drafting.set_criteria, "lead", criteria(source), now)
    play.do(drafting.set_dates, "lead", drafting.SetDates(closes_at=closing(play)), now)
    for name in MEMBERS:
        sealer.register(play.cast.keeper(name, play.buyer), play.fresh(), now=now)
    keys = [str(key.pk) for key in current_keys(play.fresh())]
    play.do(bidding.name_committee, "lead", NameCommittee(k=2, members=keys), now)
    play.do(publish_tender, "approver", PublishTender(), opening(play))


def requirements(source: Source) -> drafting.SetRequirements:
    assert source.amount and source.closes_at
    texts = dict.fromkeys(
        (
            "users",
            "skills",
            "standards",
            "work_stage",
            "payment_approach",
            "incentives",
            "expected_length",
            "questions",
        ),
        UNSAID,
    )
    day = (source.closes_at + timedelta(days=365)).date()
    return drafting.SetRequirements(
        problem="The title and the items say what is bought.", latest_start=day, budget=cents(source.amount), **texts
    )


def criteria(source: Source) -> drafting.SetCriteria:
    """The source gives results, not criteria: one gate for what it disqualified, quality above price for the rest."""
    rows = [
        {"title": "As judged in the source", "kind": "quality", "weight": "60"},
        {"title": "Price", "kind": "price", "weight": "40"},
        {"title": "Admitted in the source", "kind": "pass_fail"},
    ]
    return drafting.SetCriteria(criteria=[drafting.CriterionRow(**row) for row in rows])


def send_bids(play: Play) -> None:
    """Every bid is really sealed and handed in when the source says, or inside the period when it does not."""
    typed_in = opening(play) + (closing(play) - opening(play)) / 2
    for bid in sorted(play.source.bids, key=lambda each: each.sent_at or typed_in):
        agents = [play.cast.supplier(tenderer) for tenderer in bid.tenderers]
        sealer.submit(agents[0], play.fresh(), response(bid, agents), now=bid.sent_at or typed_in)


def response(bid: Bid, agents: list[Actor]) -> BidResponse:
    assert bid.amount is not None
    parties = [Organisation.objects.get(identifier=agent.organisation) for agent in agents]
    offer = LotOffer(lot_id="", amount=f"{bid.amount:f}", currency=bid.currency, items=())
    tenderers = tuple(Party(id=each.identifier, name=each.name) for each in parties)
    return BidResponse(lots=(offer,), tenderers=tenderers)


def finish(play: Play) -> None:
    """Whatever the source says came after the bids."""
    source = play.source
    if source.status == "cancelled" and not source.bids:
        cancel(play, opening(play) + (closing(play) - opening(play)) / 2)
        return
    if source.status in ("", "active", "planned") and not source.bids:
        return
    after = closing(play) + DRAIN + SECOND
    play.do(bidding.announce_closing, "lead", AnnounceClosing(), after)
    if not source.bids:
        play.do(bidding.record_no_bids, "lead", RecordNoBids(), after + SECOND)
        refuse_any(no_bid_to_award(source))
        return
    open_bids(play, after + SECOND)
    judge(play, after + 2 * SECOND)
    if source.awards:
        decide(play, after + 3 * SECOND)
    if source.status == "cancelled":
        cancel(play, after + timedelta(days=3650))
    if source.status == "unsuccessful":
        give_up(play, after + 3 * SECOND)


def no_bid_to_award(source: Source) -> Reason | None:
    if not source.awards:
        return None
    return Reason("award_without_bid", "The source awards though nobody bid.", "2014/24/EU Art. 56(1)")


def open_bids(play: Play, now: datetime) -> None:
    for name in MEMBERS[:2]:
        sealer.release_all(play.cast.keeper(name, play.buyer), play.fresh(), now=now)


def judge(play: Play, now: datetime) -> None:
    """Score as the source's result wants it; when the source judged nothing, nothing is judged."""
    source = play.source
    if not any(bid.status in ("valid", "disqualified") for bid in source.bids) and not source.awards:
        return
    codes = bid_codes(play)
    winners = {supplier.id for award in source.awards for supplier in award.suppliers}
    rejected = {codes[bid.id] for bid in source.bids if bid.status == "disqualified"}
    checks = [
        evaluation.CheckRow(bid=code, requirement="criterion-3", score=0 if code in rejected else 2, reason=REASON)
        for code in codes.values()
    ]
    few = "As many bids as the source says."
    play.do(evaluation.shortlist_bids, "evaluator", evaluation.ShortlistBids(rows=checks, few_reason=few), now)
    points = {codes[bid.id]: "4" if won(bid, winners) else "1" for bid in source.bids}
    rows = [
        evaluation.ScoreRow(bid=code, criterion="criterion-1", points=mark, reason=REASON)
        for code, mark in points.items()
        if code not in rejected
    ]
    if rows:
        play.do(evaluation.submit_scores, "evaluator", evaluation.SubmitScores(scores=rows), now)
        agreed = [evaluation.AgreedRow(**row.model_dump()) for row in rows]
        play.do(evaluation.agree_scores, "lead", evaluation.AgreeScores(scores=agreed), now)
    play.do(evaluation.publish_evaluation, "lead", evaluation.PublishEvaluation(), now)


def won(bid: Bid, winners: set[str]) -> bool:
    return any(tenderer.id in winners for tenderer in bid.tenderers)


def bid_codes(play: Play) -> dict[str, str]:
    """The source's id of a bid -> its public id here."""
    here = dict(play.fresh().bids.values_list("bidder__identifier", "code"))
    return {bid.id: here[play.cast.ids[bid.tenderers[0].id]] for bid in play.source.bids}


def decide(play: Play, earliest: datetime) -> None:
    """All awards at once, at the source's first date; then the contracts in the order they were signed."""
    codes = bid_codes(play)
    rows = [award_row(award, play.source, codes) for award in play.source.awards]
    dates = [award.date for award in play.source.awards if award.date]
    decided = max(earliest, min(dates, default=earliest))
    play.do(awarding.decide_award, "approver", awarding.DecideAward(awards=rows, reason=REASON), decided)
    sign_contracts(play)


def award_row(award: Award, source: Source, codes: dict[str, str]) -> awarding.AwardRow:
    """An award names the bids of its suppliers; a supplier that did not bid stays "none", which the rule refuses."""
    made = {tenderer.id: codes[bid.id] for bid in source.bids for tenderer in bid.tenderers}
    first, *more = [made.get(supplier.id, "none") for supplier in award.suppliers] or ["none"]
    return awarding.AwardRow(bid=first, more_bids=more, value=award.amount, reason=REASON)


def sign_contracts(play: Play) -> None:
    awards = {award.id: f"award-{place}" for place, award in enumerate(play.source.awards, 1)}
    signed = sorted(play.source.contracts, key=lambda each: (each.signed_at is None, each.signed_at, each.id))
    for place, contract in enumerate(signed, 1):
        now = contract.signed_at or closing(play) + timedelta(days=1)
        refuse_any(before_decision(play, now))
        data = contracting.DraftContract(
            award=awards.get(contract.award, contract.award),
            title=contract.title,
            value=contract.amount,
            starts_at=contract.starts_at,
            ends_at=contract.ends_at,
        )
        play.do(contracting.draft_contract, "lead", data, now)
        agreed = contracting.SignContract(contract=f"contract-{place}", agreed=True)
        play.do(contracting.sign_for_buyer, "approver", agreed, now)
        play.do(contracting.sign_for_supplier, supplier_of(play, contract.award), agreed, now)


def before_decision(play: Play, now: datetime) -> Reason | None:
    """A contract is signed after the decision it follows from."""
    decided = play.fresh().awards.order_by("decided_at").values_list("decided_at", flat=True).first()
    if decided is None or now >= decided:
        return None
    return Reason("signed_before_award", "The source signs the contract before the award is decided.", "U4SSC 4.3.3")


def supplier_of(play: Play, award: str) -> Actor:
    """Somebody of the first supplier of the award."""
    found = next((each for each in play.source.awards if each.id == award), None)
    unknown = Reason("contract_without_award", "The source names no award for this contract.")
    refuse_any(None if found and found.suppliers else unknown)
    assert found
    return play.cast.supplier(found.suppliers[0])


def cancel(play: Play, now: datetime) -> None:
    play.do(awarding.cancel_process, "lead", awarding.CancelProcess(reason=REASON), now)


def give_up(play: Play, now: datetime) -> None:
    play.do(awarding.end_without_award, "lead", awarding.EndWithoutAward(reason=REASON), now)

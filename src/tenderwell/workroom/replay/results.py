"""The second half of a process lived again: bids, opening, evaluation, award, contracts, or how else it ended."""

from datetime import datetime, timedelta
from itertools import groupby

from tenderwell.core.command import Actor
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.ledger.sealing.response import BidResponse, LotOffer, Party
from tenderwell.workroom.awarding import commands as awarding
from tenderwell.workroom.bidding import commands as bidding
from tenderwell.workroom.bidding import sealer
from tenderwell.workroom.bidding.inputs import AnnounceClosing, RecordNoBids
from tenderwell.workroom.bidding.rules import DRAIN
from tenderwell.workroom.delivery.commands import contracting
from tenderwell.workroom.delivery.queries import committed
from tenderwell.workroom.evaluation import commands as evaluation
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.replay import fitness, funds
from tenderwell.workroom.replay.cast import MEMBERS
from tenderwell.workroom.replay.scene import REASON, SECOND, Play, closing, opening
from tenderwell.workroom.replay.source import Award, Bid, Source

JUDGED = ("valid", "disqualified")


def send_bids(play: Play) -> None:
    """Every bid is really sealed and handed in when the source says, or inside the period when it does not."""
    typed_in = opening(play) + (closing(play) - opening(play)) / 2
    packages = [list(bids) for _, bids in groupby(sorted(play.source.bids, key=leader), key=leader)]
    for bids in sorted(packages, key=lambda each: received(each) or typed_in):
        agents = [play.cast.supplier(tenderer) for tenderer in bids[0].tenderers]
        sent = response(bids, agents, play.source, lots=play.lots)
        sealer.submit(agents[0], play.subject, sent, now=received(bids) or typed_in)


def leader(bid: Bid) -> str:
    return bid.tenderers[0].key


def received(bids: list[Bid]) -> datetime | None:
    """When the last part of what one bidder offers came; None when the source does not say."""
    return max((bid.sent_at for bid in bids if bid.sent_at), default=None)


def response(bids: list[Bid], agents: list[Actor], source: Source, *, lots: dict[str, str]) -> BidResponse:
    """All that one bidder offers in one bid; lots: the source's id of a lot -> its id here."""
    parties = [Organisation.objects.get(identifier=agent.organisation) for agent in agents]
    offers = tuple(
        LotOffer(lot_id=lots.get(lot, ""), amount=f"{fitness.price_of(bid, lot):f}", currency=bid.currency, items=())
        for bid in bids
        for lot in fitness.lots_of(bid, source)
    )
    tenderers = tuple(Party(id=each.identifier, name=each.name) for each in parties)
    return BidResponse(lots=tuple(sorted(offers, key=lambda each: each.lot_id)), tenderers=tenderers)


def finish(play: Play) -> None:
    """Whatever the source says came after the bids."""
    source = play.source
    if source.status == "cancelled" and not source.bids:
        cancel(play, opening(play) + (closing(play) - opening(play)) / 2)
        return
    if source.status not in ("complete", "unsuccessful") and not source.bids:
        return
    after = closing(play) + DRAIN + SECOND
    play.do(bidding.announce_closing, "lead", AnnounceClosing(), after)
    if not source.bids:
        play.do(bidding.record_no_bids, "lead", RecordNoBids(), after + SECOND)
        return
    open_bids(play, after + SECOND)
    judge(play, after + 2 * SECOND)
    if source.awards:
        decide(play, after + 3 * SECOND)
    if source.status == "cancelled":
        cancel(play, after + timedelta(days=3650))
    if source.status == "unsuccessful":
        give_up(play, after + 3 * SECOND)


def open_bids(play: Play, now: datetime) -> None:
    for name in MEMBERS[:2]:
        sealer.release_all(play.cast.keeper(name, play.buyer), play.subject, now=now)


def judge(play: Play, now: datetime) -> None:
    """Score as the source's result wants it; when the source judged nothing, nothing is judged."""
    source = play.source
    if not any(bid.status in JUDGED for bid in source.bids) and not source.awards:
        return
    here = bid_codes(play)
    out = {here[leader(bid)] for bid in source.bids if bid.status == "disqualified"}
    checks = [
        evaluation.CheckRow(bid=code, requirement="criterion-3", score=0 if code in out else 2, reason=REASON)
        for code in here.values()
    ]
    few = "As many bids as the source says."
    play.do(evaluation.shortlist_bids, "evaluator", evaluation.ShortlistBids(rows=checks, few_reason=few), now)
    for lot in source.lots or ("",):
        score(play, now, lot=lot if isinstance(lot, str) else lot.id, out=out)
    play.do(evaluation.publish_evaluation, "lead", evaluation.PublishEvaluation(), now)


def score(play: Play, now: datetime, *, lot: str, out: set[str]) -> None:
    """One lot: high for whom the source awards, low for the others that it admits. out: codes of the others."""
    source, here = play.source, bid_codes(play)
    bids = [bid for bid in source.bids if lot in fitness.lots_of(bid, source) and here[leader(bid)] not in out]
    rows = [
        evaluation.ScoreRow(
            bid=here[leader(bid)], criterion="criterion-1", points="4" if won(bid, lot, source) else "1", reason=REASON
        )
        for bid in bids
    ]
    if rows:
        name = play.lots.get(lot, "")
        play.do(evaluation.submit_scores, "evaluator", evaluation.SubmitScores(lot=name, scores=rows), now)
        agreed = [evaluation.AgreedRow(**row.model_dump()) for row in rows]
        play.do(evaluation.agree_scores, "lead", evaluation.AgreeScores(lot=name, scores=agreed), now)


def won(bid: Bid, lot: str, source: Source) -> bool:
    """Whether the source gives the lot, or the undivided tender, to one of the bid's tenderers."""
    awards = [award for award in source.awards if not lot or lot in fitness.lots_awarded(award, source)]
    winners = {supplier.key for award in awards for supplier in award.suppliers}
    return any(tenderer.key in winners for tenderer in bid.tenderers)


def bid_codes(play: Play) -> dict[str, str]:
    """The source's id of the leading tenderer -> the public id of the bid here."""
    codes = dict(play.subject.bids.values_list("bidder__identifier", "code"))
    return {leader(bid): codes[play.cast.firms[leader(bid)]] for bid in play.source.bids}


def decide(play: Play, earliest: datetime) -> None:
    """All awards at once, at the source's first date; then the contracts in the order they were signed."""
    codes = bid_codes(play)
    rows = [award_row(play, award, codes) for award in play.source.awards]
    dates = [award.date for award in play.source.awards if award.date]
    decided = max(earliest, min(dates, default=earliest))
    play.do(awarding.decide_award, "approver", awarding.DecideAward(awards=rows, reason=REASON), decided)
    sign_contracts(play)


def award_row(play: Play, award: Award, codes: dict[str, str]) -> awarding.AwardRow:
    """An award names the bids of its suppliers; a supplier that did not bid stays "none", which the rule refuses."""
    made = {tenderer.key: codes[leader(bid)] for bid in play.source.bids for tenderer in bid.tenderers}
    first, *more = dict.fromkeys(made.get(supplier.key, "none") for supplier in award.suppliers)
    lot = next(iter(fitness.lots_awarded(award, play.source)), "")
    name = play.lots.get(lot, lot)
    return awarding.AwardRow(bid=first, lot=name, more_bids=more, value=award.amount, reason=REASON)


def award_directly(play: Play, now: datetime) -> None:
    """Awards without competition; each at its own time, in the order of their dates."""
    for award in play.source.awards:
        supplier = play.cast.supplier(award.suppliers[0]).organisation
        data = awarding.AwardDirectly(supplier=supplier, title=award.title, value=award.amount, reason=REASON)
        play.do(awarding.award_directly, "approver", data, max(now, award.date or now))
    sign_contracts(play)


def sign_contracts(play: Play) -> None:
    for place, contract in enumerate(fitness.in_order(play.source.contracts), 1):
        now = contract.signed_at or decided_at(play)
        refuse_any(before_decision(play, now))
        award = fitness.award_of(contract, play.source)
        assert award
        data = contracting.DraftContract(
            award=f"award-{play.source.awards.index(award) + 1}",
            title=contract.title,
            value=contract.amount,
            value_reason=REASON,
            starts_at=contract.starts_at,
            ends_at=contract.ends_at,
        )
        drafted = play.do(contracting.draft_contract, "lead", data, now)
        if contract.signed_at or contract.status != "pending":
            funds.enough(play, committed(play.subject) + drafted.amount, now)
            sign(play, f"contract-{place}", play.cast.supplier(award.suppliers[0]), now)


def sign(play: Play, code: str, supplier: Actor, now: datetime) -> None:
    agreed = contracting.SignContract(contract=code, agreed=True)
    play.do(contracting.sign_for_buyer, "approver", agreed, now)
    play.do(contracting.sign_for_supplier, supplier, agreed, now)


def decided_at(play: Play) -> datetime:
    """When the first award was decided here."""
    found = play.subject.awards.earliest("decided_at").decided_at
    assert isinstance(found, datetime)
    return found


def before_decision(play: Play, now: datetime) -> Reason | None:
    """A contract is signed after the decision it follows from."""
    if now >= decided_at(play):
        return None
    return Reason("signed_before_award", "The source signs the contract before the award is decided.", "U4SSC 4.3.3")


def cancel(play: Play, now: datetime) -> None:
    play.do(awarding.cancel_process, "lead", awarding.CancelProcess(reason=REASON), now)


def give_up(play: Play, now: datetime) -> None:
    play.do(awarding.end_without_award, "lead", awarding.EndWithoutAward(reason=REASON), now)

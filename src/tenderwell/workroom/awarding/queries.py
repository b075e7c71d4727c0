"""What a decision can choose from, and what each bidder is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tenderwell.core.command import Moment, provides
from tenderwell.public.ocds import number
from tenderwell.public.portal.sentences import entry
from tenderwell.ui.formats import money_text
from tenderwell.workroom.awarding import rules
from tenderwell.workroom.awarding.models import Award, Ending
from tenderwell.workroom.awarding.rules import Offer
from tenderwell.workroom.bidding.models import Bid, BidLot
from tenderwell.workroom.bidding.queries import valid_bids
from tenderwell.workroom.evaluation.queries import Ranked, ranking_of
from tenderwell.workroom.planning.queries import route_is_approved
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering.queries import lot_ids, ocds_items

__all__ = [
    "Letter",
    "amount_offered",
    "bid_choices",
    "bids_with_prices",
    "items_offered",
    "items_wanted",
    "letter_of",
    "lot_ids",
    "offers",
]


def offers(process: Process) -> list[Offer]:
    """Every ranked bid in each lot; what was excluded or failed cannot win."""
    bidders = dict(valid_bids(process).values_list("code", "bidder__identifier"))
    return [Offer(each.bid, each.lot, bidders[each.bid], each.rank) for each in ranking_of(process)]


def bid_choices(process: Process, actor: object) -> list[tuple[str, str]]:
    """The evaluated bids, best first, for the form; each with its rank and price in every lot that ranks it."""
    ranking = ranking_of(process)
    ranks = {each.bid: each.rank for each in ranking}
    bids = valid_bids(process).prefetch_related("lots")
    ordered = sorted(bids, key=lambda bid: (ranks.get(bid.code) or 10_000, bid.code))
    return [(bid.code, entry(bid.code, text=choice_text(bid, ranking))) for bid in ordered]


def choice_text(bid: Bid, ranking: Iterable[Ranked]) -> str:
    """Who bids and how the bid stands: "Bob Roofs (rank 1, EUR 4,200)"; without a rank only the price."""
    prices = {each.lot: each.amount for each in bid.lots.all()}
    places = [place_text(bid, each, prices.get(each.lot, bid.amount)) for each in ranking if each.bid == bid.code]
    if not places and bid.amount is not None:
        places = [money_text(bid.amount, currency=bid.currency)]
    return f"{bid.bidder.name} ({' · '.join(places)})" if places else bid.bidder.name


def place_text(bid: Bid, place: Ranked, amount: Decimal | None) -> str:
    text = _("rank {rank}").format(rank=place.rank)
    if amount is not None:
        text = _("rank {rank}, {price}").format(rank=place.rank, price=money_text(amount, currency=bid.currency))
    return entry(place.lot, text=text) if place.lot else text


def bids_with_prices(process: Process) -> dict[str, Bid]:
    """Every bid by its code, with its bidder and what it asks in each lot: for all rows of a decision at once."""
    found = process.bids.select_related("bidder").prefetch_related("lots__items")
    return {bid.code: bid for bid in found}


def bid_lot(bid: Bid, lot: str) -> BidLot | None:
    return next((each for each in bid.lots.all() if each.lot == lot), None)


def amount_offered(bid: Bid, lot: str) -> Decimal | None:
    found = bid_lot(bid, lot)
    return found.amount if found else bid.amount


def items_offered(bid: Bid, lot: str) -> list[dict[str, Any]]:
    """The tender's items at the bid's unit prices."""
    found = bid_lot(bid, lot)
    prices = {each.item: each for each in found.items.all()} if found else {}
    return [
        priced(item, prices[item["id"]], bid.currency) for item in items_wanted(bid.process) if item["id"] in prices
    ]


def priced(item: dict[str, Any], price: Any, currency: str) -> dict[str, Any]:
    value = {"amount": number(price.unit_amount), "currency": currency}
    return {**item, "quantity": number(price.quantity), "unit": {**item.get("unit", {}), "value": value}}


def items_wanted(process: Process) -> list[dict[str, Any]]:
    """The tender's items as they are published."""
    return ocds_items(process)


@dataclass(frozen=True)
class Letter:
    """What one bidder is told: its own result, and the winner's by the same criteria; nobody else's.

    No awards: the process ended without one.

    Source: 2014/24/EU Art. 55(2); guidelines 4.3.3.
    """

    bid: Bid
    has_won: bool
    own: tuple[Ranked, ...]
    winner: tuple[Ranked, ...]
    awards: tuple[Award, ...]

    @property
    def is_cancelled(self) -> bool:
        return bool(self.awards) and all(award.status == "cancelled" for award in self.awards)


def told_awards(process: Process) -> list[Award]:
    """The awards in force; when all were taken back, those that were, for a letter stays readable."""
    awards = list(process.awards.select_related("bid").prefetch_related("suppliers").order_by("code"))
    return [award for award in awards if award.status == "active"] or awards


def without_award(process: Process) -> Ending | None:
    """That bids were opened and nobody gets the contract."""
    return Ending.objects.filter(process=process, kind="unsuccessful").first()


def is_told(bid: Bid, award: Award) -> bool:
    """A bidder reads of the lots it bid for, and of a tender without lots."""
    return not award.lot or any(each.lot == award.lot for each in bid.lots.all())


def bids_to_tell(process: Process) -> list[Bid]:
    """The opened bids that get a letter."""
    awards = told_awards(process)
    bids = process.bids.select_related("bidder").prefetch_related("lots").order_by("code")
    tells_all = not awards and without_award(process)
    return [bid for bid in bids if tells_all or any(is_told(bid, award) for award in awards)]


def letter_of(process: Process, bidder: str) -> Letter | None:
    """The letter to one bidder; None when it made no bid that was opened, or none on what was decided."""
    bid = process.bids.select_related("bidder").filter(bidder__identifier=bidder).first()
    awards = tuple(award for award in told_awards(process) if is_told(bid, award)) if bid else ()
    if bid is None or not (awards or (not process.awards.exists() and without_award(process))):
        return None
    ranking = ranking_of(process)
    winners = {(award.lot, award.bid.code) for award in awards if award.bid}
    return Letter(
        bid=bid,
        has_won=any(bid.bidder in award.suppliers.all() for award in awards),
        own=tuple(each for each in ranking if each.bid == bid.code),
        winner=tuple(each for each in ranking if (each.lot, each.bid) in winners),
        awards=awards,
    )


@provides(rules.DIRECT_BELOW)
def direct_below(moment: Moment) -> tuple[Decimal, str] | None:
    law = moment.jurisdiction.direct_below
    return (law.value, law.source) if law else None


@provides(rules.ROUTE_APPROVED)
def route_approved(moment: Moment) -> bool:
    return route_is_approved(moment.subject)

"""What keeps a process of another publisher from being lived again at all, read from its data alone. Pure.

Every reason says what the source states or leaves out; nothing here guesses what may have happened.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from tenderwell.core.errors import Reason
from tenderwell.core.inputs import is_long
from tenderwell.workroom.replay.source import Award, Bid, Contract, Source

CANNOT_WIN = "2014/24/EU Art. 56(1)"
NOT_GIVEN = ("pending", "unsuccessful")  # an award of this status gives nothing to anybody
SCHEMES = ("", "CPV", "UNSPSC")
DIRECT = ("direct", "limited")  # methods under which a firm may be chosen without bids


def is_direct(source: Source) -> bool:
    """Whether a firm was chosen without competition: the method allows it, no bid is told, and nobody was called.

    A limited process with a whole tender period called firms to bid, even when the source does not tell their bids.
    """
    called = source.method != "direct" and bool(source.opens_at and source.closes_at)
    return source.method in DIRECT and not called and not source.bids and bool(source.awards)


def unfit(source: Source) -> Iterator[Reason | None]:
    """What the source leaves out and no process can do without, or what our rules can never take."""
    if not source.title:
        yield Reason("no_title", "The source gives the process no title.")
    if not source.buyer.key:
        yield Reason("no_buyer", "The source names no buyer.")
    if not is_direct(source):
        yield from unfit_call(source)
    if estimate_of(source) is None:
        yield Reason("no_value", "The source states no value of the tender, or none above zero.")
    if any(is_long(number) for number in numbers_in(source)):
        yield Reason("too_many_digits", "A number of the source has more than 15 digits, or is no real amount.")
    yield from unfit_items(source)
    yield from unfit_bids(source)
    yield from unfit_awards(source)


def numbers_in(source: Source) -> Iterator[Decimal]:
    amounts = (
        source.amount,
        source.budget,
        *(lot.amount for lot in source.lots),
        *(item.quantity for item in source.items),
        *(bid.amount for bid in source.bids),
        *(offered for bid in source.bids for offered in bid.offers.values()),
        *(award.amount for award in source.awards),
        *(contract.amount for contract in source.contracts),
    )
    yield from (each for each in amounts if each is not None)


def unfit_call(source: Source) -> Iterator[Reason | None]:
    """What a call for bids cannot do without."""
    if source.opens_at is None or source.closes_at is None:
        yield Reason("no_tender_period", "The source states no tender period, or only one end of it.")
    elif source.closes_at <= source.opens_at:
        yield Reason("period_backwards", "The tender period of the source ends before it begins.")
    elif not (source.opens_at.year >= 1990 and source.closes_at.year <= 2100):
        yield Reason("period_unreal", "The tender period of the source is not of our time.")
    if not source.items and not source.lots:
        yield Reason("nothing_to_buy", "The source names neither an item nor a lot.", "2014/24/EU Art. 46; U4SSC 4.2.1")
    if len(source.lots) > 1 and any(lot.amount is None or lot.amount <= 0 for lot in source.lots):
        yield Reason("lot_without_value", "The source states no value of a lot, or none above zero.")


def unfit_items(source: Source) -> Iterator[Reason | None]:
    if any(item.quantity is None or item.quantity <= 0 for item in source.items):
        yield Reason("item_without_quantity", "The source does not say how many of an item are bought, or none.")
    if any(item.scheme.upper() not in SCHEMES for item in source.items):
        yield Reason("scheme_unknown", "The source classifies an item by a scheme other than CPV or UNSPSC.")


def estimate_of(source: Source) -> Decimal | None:
    """The value of the tender, else the budget, else what a direct award agreed; None when it is not above zero."""
    agreed = sum((award.amount or Decimal(0) for award in source.awards), Decimal(0)) if is_direct(source) else None
    found = next((each for each in (source.amount, source.budget, agreed) if each is not None), None)
    return found if found and found > 0 else None


def unfit_bids(source: Source) -> Iterator[Reason | None]:
    leaders = [bid.tenderers[0].key for bid in source.bids if bid.tenderers]
    if len(leaders) < len(source.bids) or not all(leaders):
        yield Reason("bid_of_nobody", "The source names no tenderer of a bid.")
    offered = Counter(
        (bid.tenderers[0].key, lot) for bid in source.bids if bid.tenderers for lot in lots_of(bid, source)
    )
    if any(count > 1 for count in offered.values()):
        yield Reason("two_bids_of_one", "A later bid of the same bidder replaces the earlier one.")
    for bid in source.bids:
        yield from unfit_bid(bid, source)


def unfit_bid(bid: Bid, source: Source) -> Iterator[Reason | None]:
    """One reason of a kind is enough."""
    lots = lots_of(bid, source)
    if bid.status == "withdrawn":
        yield Reason(
            "bid_withdrawn", "The source publishes a withdrawn bid; a sealed bid that is withdrawn stays shut."
        )
    elif lots == () or not set(lots) <= {"", *(lot.id for lot in source.lots)}:
        yield Reason("bid_without_lot", "The source does not say for which lot a bid is.")
    elif any(price_of(bid, lot) is None for lot in lots) and (len(lots) == 1 or bid.amount is None):
        yield Reason("bid_without_price", "A bid without a price cannot be sealed.")
    elif any(price_of(bid, lot) is None for lot in lots):
        yield Reason("one_price_for_lots", "A bid gives one price for several lots; a sealed bid prices each.")


def lots_of(bid: Bid, source: Source) -> tuple[str, ...]:
    """The lots of a bid: as it says, else the only one; ("",) for a tender without lots, () when nothing tells."""
    if not source.lots:
        return ("",)
    return bid.lots or ((source.lots[0].id,) if len(source.lots) == 1 else ())


def price_of(bid: Bid, lot: str) -> Decimal | None:
    """What the bid asks for a lot; None when the source does not say."""
    return bid.offers.get(lot) if bid.offers else bid.amount if len(bid.lots) < 2 else None


def unfit_awards(source: Source) -> Iterator[Reason | None]:
    if source.awards and not source.bids and not is_direct(source):
        yield no_bid_to_award(source)
    if is_direct(source) and (len(source.awards) > 1 or len(source.awards[0].suppliers) > 1):
        yield Reason("several_direct", "The source awards directly to several; here each is a process of its own.")
    if is_direct(source) and (source.opens_at or source.closes_at):
        yield Reason("direct_with_period", "The source gives a direct award a period for bids; here it has none.")
    if is_direct(source) and not source.awards[0].amount:
        yield Reason("award_without_value", "The source states no value of a direct award.")
    for award in source.awards:
        yield from unfit_award(award, source)
    if any(award_of(contract, source) is None for contract in source.contracts):
        yield Reason("contract_without_award", "The source names no award for a contract.")


def award_of(contract: Contract, source: Source) -> Award | None:
    """The award a contract follows from: the one it names, else the only one."""
    named = [award for award in source.awards if award.id == contract.award]
    only = source.awards if len(source.awards) == 1 and not contract.award else ()
    return next(iter((*named, *only)), None)


def in_order(contracts: tuple[Contract, ...]) -> list[Contract]:
    """As they were signed; those without a date last."""
    return sorted(contracts, key=lambda each: (each.signed_at is None, each.signed_at, each.id))


def lots_awarded(award: Award, source: Source) -> tuple[str, ...]:
    """The lots of an award: as it says, else the only one; empty for a tender without lots."""
    return award.lots or (tuple(lot.id for lot in source.lots) if len(source.lots) == 1 else ())


def no_bid_to_award(source: Source) -> Reason:
    """An award follows from a bid: either there was none, or the publisher does not tell."""
    if source.bidders == 0:
        return Reason("award_without_bid", "The source awards though it counts no bidder.", CANNOT_WIN)
    return Reason("bids_not_told", "The source tells an award but none of the bids that it follows from.", CANNOT_WIN)


def unfit_award(award: Award, source: Source) -> Iterator[Reason | None]:
    if not award.suppliers or not award.suppliers[0].key:
        yield Reason("award_to_nobody", "The source names no supplier of an award.")
    if award.status in NOT_GIVEN:
        yield Reason("award_not_given", "The source lists an award that was not given, or not yet.")
    if award.status == "cancelled" and source.status != "cancelled":
        yield Reason("award_taken_back", "The source takes an award back without ending the process.")
    if len(award.lots) > 1:
        yield Reason("award_over_lots", "The source gives several lots in one award; here each lot has its own.")
    if not lots_awarded(award, source) and source.lots and not is_direct(source):
        yield Reason("award_without_lot", "The source does not say which lot an award is for.")

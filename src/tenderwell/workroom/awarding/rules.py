"""What must hold of a decision to award, to end or to award directly. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Fact, Facts
from tenderwell.workroom.process.rules import ESTIMATE, TWO_PEOPLE_ABOVE

DIRECT_BELOW = Fact[tuple[Decimal, str] | None]("awarding.direct_below", None)
DRAFTED = Fact[tuple[tuple[str, str], ...]]("awarding.drafted", ())  # (contract, award), not signed by both
ROUTE_APPROVED = Fact[bool]("awarding.route_approved", False)
SHORTEST_REASON = 20  # characters; a reason that says something


@dataclass(frozen=True)
class Offer:
    """What a decision may choose: a valid bid, its bidder and its rank in a lot (1 is the best; 0: not ranked)."""

    bid: str
    lot: str
    bidder: str
    rank: int


def decided_by_second(facts: Facts) -> Reason | None:
    """Above the limit somebody other than the lead alone decides."""
    limit, source = facts[TWO_PEOPLE_ABOVE]
    if facts[ESTIMATE] <= limit or facts.roles & {"approver", "budget_holder"}:
        return None
    text = "Above {limit} an approver or the budget holder decides, not the lead alone."
    return Reason("needs_approver", text, source or "U4SSC 4.1.1", values={"limit": limit})


def known_offer(bid: str, lot: str, offers: Sequence[Offer], *, field: str) -> Reason | None:
    if any(offer.bid == bid and (not lot or offer.lot == lot) for offer in offers):
        return None
    text = "There is no valid bid “{bid}” for this lot. Choose one of the evaluated bids."
    return Reason("no_such_bid", text, field=field, values={"bid": bid})


def reason_for_other(bid: str, lot: str, reason: str, offers: Sequence[Offer], *, field: str) -> Reason | None:
    """Not taking the bid that ranks first needs a published reason."""
    rank = next((offer.rank for offer in offers if offer.bid == bid and offer.lot == lot), 0)
    if rank == 1 or len(reason.strip()) >= SHORTEST_REASON:
        return None
    text = "This bid does not rank first. Say why it is chosen; the reason is published."
    return Reason("not_the_best", text, "2014/24/EU Art. 67; U4SSC 4.3.2", field)


def suppliers_bid(suppliers: Sequence[str], bid: str, offers: Sequence[Offer], *, field: str) -> Reason | None:
    """Whoever wins has bid."""
    bidders = {offer.bidder for offer in offers if offer.bid == bid}
    if not suppliers or bidders & set(suppliers):
        return None
    text = "The supplier did not make this bid. Only tenderers can win."
    return Reason("supplier_without_bid", text, "2014/24/EU Art. 56(1)", field)


def known_lots(lots: Sequence[str], known: Sequence[str]) -> Reason | None:
    """Every award names a lot of this tender, when it has lots."""
    unknown = sorted(set(lots) - set(known)) if known else sorted(lot for lot in lots if lot)
    if not unknown:
        return None
    text = "There is no lot “{lot}” in this tender."
    return Reason("no_such_lot", text, field="awards", values={"lot": unknown[0]})


def says_its_part(value: Decimal | None, *, is_shared: bool, field: str) -> Reason | None:
    """A bid may get several awards in one lot, each for a part; else its whole amount would be awarded twice.

    OCDS has one award for each decision, and several for one supplier where a purchase is decided in parts.
    """
    if value is not None or not is_shared:
        return None
    text = "This bid stands in several awards of the same lot. Give each the value of its part, or leave one of them."
    return Reason("awarded_twice", text, "OCDS 1.1 awards; 2014/24/EU Art. 46", field)


def within_bid(total: Decimal, offered: Decimal | None, reason: str, *, field: str) -> Reason | None:
    """What is awarded is what was offered, or the reason why it is more is published. total: of all parts."""
    if offered is None or total <= offered or len(reason.strip()) >= SHORTEST_REASON:
        return None
    text = "The awards to this bid come to {total}; it offers {offered}. Award what it offers, or say why it is more."
    values = {"total": f"{total:f}", "offered": f"{offered:f}"}
    return Reason("above_bid", text, "2014/24/EU Art. 56(1) and 67; U4SSC 4.3.3", field, values)


def says_why(reason: str, *, field: str = "reason") -> Reason | None:
    if len(reason.strip()) >= SHORTEST_REASON:
        return None
    text = "Give the reason in a sentence or two; it is published."
    return Reason("reason_too_short", text, "UNCITRAL Model Law 2011 Art. 19; U4SSC 4.3.3", field)


def within_estimate(value: Decimal, estimate: Decimal) -> Reason | None:
    """A direct award stays within the value on which its route was decided."""
    if value <= estimate:
        return None
    text = "The route was decided for at most {estimate}. Cancel, and plan again with an estimate that fits."
    values = {"estimate": f"{estimate:f}"}
    return Reason("above_estimate", text, "2014/24/EU Art. 5 and 32; U4SSC 4.1.8", "value", values)


def has_ground(facts: Facts) -> Reason | None:
    """Awarding without competition needs an approved reason, or a value below the law's limit."""
    below = facts[DIRECT_BELOW]
    if facts[ROUTE_APPROVED] or (below and facts[ESTIMATE] < below[0]):
        return None
    text = "A direct award needs a route decision with its reason, approved by a second person."
    return Reason("no_ground", text, "2014/24/EU Art. 32; U4SSC 4.1.8")

"""From frozen criteria, prices and agreed points to a ranking, in exact fractions. Pure.

Each criterion's weighted score is rounded once, half up, to the published number of places; totals are sums of
rounded scores. Nothing depends on the order in which bids are given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import sha256
from math import floor

from tenderwell.workroom.evaluation.rules import Scale


@dataclass(frozen=True)
class Criterion:
    """One frozen criterion. kind: quality | price | pass_fail. weight: its share of 100. floor: fewer points fail."""

    id: str
    title: str
    kind: str
    weight: Fraction
    scale: Scale | None = None
    floor: Fraction | None = None
    formula: str = ""


@dataclass(frozen=True)
class Scheme:
    """One frozen tree. lot: "" when it holds for all lots. low_share: of the mean price, below it a price is marked."""

    lot: str
    criteria: tuple[Criterion, ...]
    places: int = 2
    tie_break: tuple[str, ...] = ()
    low_share: Fraction | None = None

    def of_kind(self, kind: str) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.kind == kind)

    @property
    def quality(self) -> tuple[Criterion, ...]:
        return self.of_kind("quality")

    @property
    def gates(self) -> tuple[Criterion, ...]:
        return self.of_kind("pass_fail")

    @property
    def scales(self) -> dict[str, Scale]:
        """What people score, with the points allowed."""
        return {criterion.id: criterion.scale for criterion in self.quality if criterion.scale}


@dataclass(frozen=True)
class Offer:
    """One bid in one lot. points: agreed, by criterion. price: None for one that failed and whose price stays shut."""

    bid: str
    price: Fraction | None
    points: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Scored:
    """A bid's result on one criterion; points None for a price."""

    criterion: str
    points: Fraction | None
    weighted: Fraction


@dataclass(frozen=True)
class Placed:
    """How one bid came out. rank None: below the floor of the criteria in `failed`. is_low: abnormally low price."""

    bid: str
    rank: int | None
    total: Fraction
    scores: tuple[Scored, ...]
    failed: tuple[str, ...] = ()
    is_low: bool = False


def half_up(value: Fraction, places: int) -> Fraction:
    """Rounded to so many places; a half goes up."""
    unit = 10**places
    return Fraction(floor(value * unit + Fraction(1, 2)), unit)


def share_relative(price: Fraction, prices: Sequence[Fraction]) -> Fraction:
    """The lowest price divided by the price; a price of nothing gets everything."""
    return min(prices) / price if price else Fraction(1)


def share_linear(price: Fraction, prices: Sequence[Fraction]) -> Fraction:
    """Everything for the lowest price, nothing for twice the lowest and above, a straight line between."""
    low = min(prices)
    return max(Fraction(0), 2 - price / low) if low else Fraction(not price)


FORMULAS: dict[str, Callable[[Fraction, Sequence[Fraction]], Fraction]] = {
    "price_relative": share_relative,
    "linear": share_linear,
}


def rank(scheme: Scheme, offers: Sequence[Offer], *, seed: str, lot: str) -> tuple[Placed, ...]:
    """Every bid of a lot, best first; those that fail come last. seed: hex; draws where nothing else decides."""
    standing = [offer for offer in offers if not failures(scheme, offer)]
    prices = {offer.bid: price_of(offer) for offer in standing}
    low = abnormally_low(scheme, prices)
    scored = [placed(scheme, offer, tuple(prices.values()), is_low=offer.bid in low) for offer in standing]
    scored.sort(key=lambda each: order_of(scheme, each, price=prices[each.bid], seed=seed, lot=lot))
    ranked = tuple(replace(each, rank=number) for number, each in enumerate(scored, 1))
    failed = sorted((offer.bid, failures(scheme, offer)) for offer in offers if offer.bid not in prices)
    return ranked + tuple(Placed(bid, None, Fraction(0), (), why) for bid, why in failed)


def price_of(offer: Offer) -> Fraction:
    assert offer.price is not None, f"{offer.bid} has not failed, so its price is open"
    return offer.price


def failures(scheme: Scheme, offer: Offer) -> tuple[str, ...]:
    """Criteria on which the bid stays below the lowest points allowed."""
    return tuple(
        criterion.id
        for criterion in scheme.quality
        if criterion.floor is not None and offer.points[criterion.id] < criterion.floor
    )


def placed(scheme: Scheme, offer: Offer, prices: Sequence[Fraction], *, is_low: bool) -> Placed:
    """The bid's score on each criterion that counts, and their sum; not ranked yet."""
    counting = (*scheme.quality, *scheme.of_kind("price"))
    scores = tuple(scored(criterion, offer, prices, places=scheme.places) for criterion in counting)
    return Placed(offer.bid, None, sum((each.weighted for each in scores), Fraction(0)), scores, is_low=is_low)


def scored(criterion: Criterion, offer: Offer, prices: Sequence[Fraction], *, places: int) -> Scored:
    """Weight times the share reached, rounded once."""
    if criterion.kind == "price":
        share = FORMULAS[criterion.formula](price_of(offer), prices)
        return Scored(criterion.id, None, half_up(criterion.weight * share, places))
    assert criterion.scale
    points = offer.points[criterion.id]
    return Scored(criterion.id, points, half_up(criterion.weight * points / criterion.scale.top, places))


def abnormally_low(scheme: Scheme, prices: Mapping[str, Fraction]) -> frozenset[str]:
    """Bids whose price is below the published share of the mean of all ranked prices; a mark, no verdict."""
    if scheme.low_share is None or not prices:
        return frozenset()
    limit = scheme.low_share * sum(prices.values(), Fraction(0)) / len(prices)
    return frozenset(bid for bid, price in prices.items() if price < limit)


def order_of(scheme: Scheme, each: Placed, *, price: Fraction, seed: str, lot: str) -> tuple[object, ...]:
    """What bids are sorted by: the total, then the published tie-break, at last the draw."""
    points = {one.criterion: one.weighted for one in each.scores}
    keys = {
        "lowest_price": price,
        "highest_quality": -sum((points[one.id] for one in scheme.quality), Fraction(0)),
    }
    return (-each.total, *(keys[rule] for rule in scheme.tie_break if rule in keys), draw(seed, lot, each.bid))


def draw(seed: str, lot: str, bid: str) -> str:
    """The bid's ticket; the lowest wins."""
    return sha256(bytes.fromhex(seed) + f"{lot}\n{bid}".encode()).hexdigest()

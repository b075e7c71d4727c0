"""Random published packages for the tests of the ranking and of the checker."""

from fractions import Fraction
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st

from tenderwell.workroom.evaluation.frozen import scheme_in
from tenderwell.workroom.evaluation.package import Judged, ranking_rows
from tenderwell.workroom.evaluation.ranking import Offer, Placed, rank

SCALE = [{"points": points, "meaning": "as published"} for points in ("0", "0.5", "2", "4")]
CENTS = st.integers(0, 10**9).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
FEW_PRICES = st.sampled_from(["0", "100", "100.00", "150", "199.99", "200"])  # so that bids tie


@st.composite
def trees(draw: Any, *, lot: str = "") -> dict[str, Any]:
    """A frozen tree with one to four scored criteria and, mostly, a price; weights make 100."""
    count = draw(st.integers(1, 4))
    cuts = sorted(draw(st.sets(st.integers(1, 999), min_size=count, max_size=count)))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 1000], strict=True)]
    leaves = [quality(draw, place, weight) for place, weight in enumerate(weights[:-1], 1)]
    last = {"id": f"criterion-{count + 1}", "title": "Price", "weight": tenth(weights[-1])}
    formula = draw(st.sampled_from(["price_relative", "linear", ""]))
    scored = {"kind": "quality", "scale": SCALE}
    leaves.append({**last, **({"kind": "price", "formula": formula} if formula else scored)})
    tree: dict[str, Any] = {"lot": lot, "places": draw(st.integers(0, 6)), "criteria": draw(st.permutations(leaves))}
    tree["tieBreak"] = draw(st.sampled_from([[], ["lowest_price"], ["highest_quality", "lowest_price"]]))
    low: dict[str, str] = draw(st.sampled_from([{}, {"lowShare": "0.7"}, {"lowShare": "0.95"}]))
    return tree | low


def quality(draw: Any, place: int, weight: int) -> dict[str, Any]:
    leaf = {"id": f"criterion-{place}", "title": "Quality", "kind": "quality", "weight": tenth(weight), "scale": SCALE}
    floor: dict[str, str] = draw(st.sampled_from([{}, {}, {"floor": "0.5"}, {"floor": "2"}]))
    return leaf | floor


def tenth(weight: int) -> str:
    return f"{weight // 10}.{weight % 10}".removesuffix(".0")


@st.composite
def packages(draw: Any) -> dict[str, Any]:
    """The parts of a package from which a ranking follows; the ranking is the product's own."""
    tree = draw(trees())
    prices = draw(st.lists(st.one_of(FEW_PRICES, CENTS), min_size=1, max_size=6))
    bids = [f"bid-{place}" for place in range(1, len(prices) + 1)]
    scored = [leaf["id"] for leaf in tree["criteria"] if leaf["kind"] == "quality"]
    points = {(bid, each): draw(st.sampled_from(["0", "0.5", "2", "4"])) for bid in bids for each in scored}
    agreed = [{"bid": bid, "criterion": each, "points": given} for (bid, each), given in points.items()]
    found = {
        "frozen": {"criteria": [tree]},
        "seed": {"value": sha256(draw(st.binary(max_size=8))).hexdigest()},
        "bids": [{"id": bid, "lots": [{"lot": "", "amount": price}]} for bid, price in zip(bids, prices, strict=True)],
        "shortlist": None,
        "agreed": [{"lot": "", "scores": agreed}],
    }
    return {**found, "ranking": ranking_rows([Judged("", scheme_in(tree), ranked(found))])}


def offers_in(package: dict[str, Any]) -> list[Offer]:
    rows = package["agreed"][0]["scores"]
    return [
        Offer(
            bid["id"],
            Fraction(bid["lots"][0]["amount"]),
            {row["criterion"]: Fraction(row["points"]) for row in rows if row["bid"] == bid["id"]},
        )
        for bid in package["bids"]
    ]


def ranked(package: dict[str, Any], offers: list[Offer] | None = None) -> tuple[Placed, ...]:
    """As the product ranks."""
    scheme = scheme_in(package["frozen"]["criteria"][0])
    return rank(scheme, offers or offers_in(package), seed=package["seed"]["value"], lot="")

"""The ranking that follows from a published evaluation package, computed again by a second program.

Nothing but Python's own library, and no code of the program that made the ranking.
Format: docs/reference/evaluation-package.md.
"""

import json
from collections import defaultdict
from fractions import Fraction
from hashlib import sha256
from typing import Any

Part = dict[str, Any]
Pair = tuple[str, str]  # bid, criterion


class Unreadable(ValueError):
    """The file is no evaluation package."""


# Canonical JSON (RFC 8785) and hashes


def canonical(value: Any) -> bytes:
    """RFC 8785, for values that JSON can hold."""
    return written(value).encode()


def written(value: Any) -> str:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: str(name).encode("utf-16-be"))
        return "{" + ",".join(f"{written(name)}:{written(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return json.dumps(value, ensure_ascii=False)


def hex_hash(raw: bytes) -> str:
    return sha256(raw).hexdigest()


def exact(text: Any) -> Fraction:
    """The number in a text such as "12.5" or "7/2"."""
    if not isinstance(text, str) or text.strip() != text or "e" in text.lower() or "_" in text:
        raise Unreadable(f"{text!r} is no number written as text")
    return Fraction(text)


# The frozen criteria


def tree_for(package: Part, lot: str) -> Part:
    """The criteria of a lot: its own, else those for all."""
    trees = {tree.get("lot", ""): tree for tree in package["frozen"]["criteria"]}
    if lot not in trees and "" not in trees:
        raise Unreadable(f"there are no criteria for lot {lot!r}")
    found: Part = trees.get(lot) or trees[""]
    return found


def leaves(package: Part, lot: str, kind: str) -> list[Part]:
    return [leaf for leaf in tree_for(package, lot)["criteria"] if leaf["kind"] == kind]


def allowed(leaf: Part) -> list[Fraction]:
    """The points of the scale, rising."""
    return [exact(step["points"]) for step in leaf["scale"]]


# Which bids are compared


def offers(package: Part) -> dict[str, dict[str, Fraction | None]]:
    """Lot -> bid -> price, of the bids that the shortlist left in; None when its envelope stayed shut."""
    gone = {(row["bid"], gate_lot(row["requirement"])) for row in shortlist_rows(package) if row["score"] == 0}
    found: dict[str, dict[str, Fraction | None]] = defaultdict(dict)
    for bid in package["bids"]:
        for offer in bid["lots"]:
            if (bid["id"], "") not in gone and (bid["id"], offer["lot"]) not in gone:
                found[offer["lot"]][bid["id"]] = None if offer["amount"] is None else exact(offer["amount"])
    return dict(found)


def shortlist_rows(package: Part) -> list[Part]:
    return package["shortlist"]["rows"] if package["shortlist"] else []


def gate_lot(requirement: str) -> str:
    """ "lot-2/criterion-3" concerns lot-2 alone."""
    return requirement[: requirement.rindex("/")] if "/" in requirement else ""


def agreed(package: Part, lot: str) -> dict[Pair, Fraction]:
    rows = [row for each in package["agreed"] if each["lot"] == lot for row in each["scores"]]
    return {(row["bid"], row["criterion"]): exact(row["points"]) for row in rows}


# The ranking


def computed(package: Part) -> list[Part]:
    """The ranking of every lot, as it follows from criteria, prices and agreed points."""
    found = offers(package)
    return [row for lot in sorted(found) for row in computed_lot(package, lot, found[lot])]


def computed_lot(package: Part, lot: str, prices: dict[str, Fraction | None]) -> list[Part]:
    points, seed = agreed(package, lot), bytes.fromhex(package["seed"]["value"])
    tree, quality = tree_for(package, lot), leaves(package, lot, "quality")
    below = {bid: below_floor(bid, quality, points) for bid in prices}
    ranked = {bid: shown(bid, price) for bid, price in prices.items() if not below[bid]}
    weighted = {bid: weights_of(bid, tree, points, ranked) for bid in ranked}
    marked = low_prices(tree, ranked)
    keys = {bid: sort_key(bid, lot, tree, weighted[bid], ranked[bid], seed) for bid in ranked}
    rows = [
        result(lot, bid, place, points, weighted[bid], is_low=bid in marked)
        for place, bid in enumerate(sorted(ranked, key=keys.__getitem__), 1)
    ]
    failed = [result(lot, bid, None, points, {}, is_low=False) for bid in sorted(prices) if below[bid]]
    return rows + [{**row, "failed": below[row["bid"]]} for row in failed]


def shown(bid: str, price: Fraction | None) -> Fraction:
    if price is None:
        raise Unreadable(f"{bid} passes, but the package shows no price of it")
    return price


def result(
    lot: str, bid: str, place: int | None, points: dict[Pair, Fraction], weighted: dict[str, Fraction], *, is_low: bool
) -> Part:
    scores = [
        {"criterion": each, "points": str(points[bid, each]) if (bid, each) in points else None, "weighted": str(value)}
        for each, value in weighted.items()
    ]
    total = sum(weighted.values(), Fraction(0))
    marks = ["abnormally_low"] if is_low else []
    return {
        "lot": lot, "bid": bid, "rank": place, "total": str(total), "scores": scores, "failed": [], "marks": marks
    }  # fmt: skip


def below_floor(bid: str, quality: list[Part], points: dict[Pair, Fraction]) -> list[str]:
    return [leaf["id"] for leaf in quality if "floor" in leaf and given(points, bid, leaf) < exact(leaf["floor"])]


def given(points: dict[Pair, Fraction], bid: str, leaf: Part) -> Fraction:
    if (bid, leaf["id"]) not in points:
        raise Unreadable(f"{bid} has no agreed points on {leaf['id']}")
    return points[bid, leaf["id"]]


def weights_of(bid: str, tree: Part, points: dict[Pair, Fraction], ranked: dict[str, Fraction]) -> dict[str, Fraction]:
    """Weight times share on each criterion, rounded once, half up; quality first, then the price."""
    found: dict[str, Fraction] = {}
    for leaf in sorted(tree["criteria"], key=lambda leaf: str(leaf["kind"] == "price")):
        if leaf["kind"] == "quality":
            share = given(points, bid, leaf) / allowed(leaf)[-1]
        elif leaf["kind"] == "price":
            share = price_share(leaf["formula"], ranked[bid], min(ranked.values()))
        else:
            continue
        found[leaf["id"]] = rounded(exact(leaf["weight"]) * share, tree["places"])
    return found


def price_share(formula: str, price: Fraction, lowest: Fraction) -> Fraction:
    if formula not in ("price_relative", "linear"):
        raise Unreadable(f"the price formula {formula!r} is not known")
    if price == lowest:
        return Fraction(1)
    if lowest == 0:
        return Fraction(0)
    return lowest / price if formula == "price_relative" else max(Fraction(0), (2 * lowest - price) / lowest)


def rounded(value: Fraction, places: int) -> Fraction:
    """Half up; no value here is negative."""
    scaled = value * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    return Fraction(whole + (2 * rest >= scaled.denominator), 10**places)


def low_prices(tree: Part, ranked: dict[str, Fraction]) -> set[str]:
    """Prices below the share of the mean that the criteria name."""
    if "lowShare" not in tree or not ranked:
        return set()
    limit = exact(tree["lowShare"]) * sum(ranked.values()) / len(ranked)
    return {bid for bid, price in ranked.items() if price < limit}


def sort_key(
    bid: str, lot: str, tree: Part, weighted: dict[str, Fraction], price: Fraction, seed: bytes
) -> tuple[Any, ...]:
    """The total, then what breaks ties in the order that was published, then the draw."""
    quality = sum((weighted[leaf["id"]] for leaf in tree["criteria"] if leaf["kind"] == "quality"), Fraction(0))
    ties = {"lowest_price": price, "highest_quality": -quality}
    ticket = hex_hash(seed + f"{lot}\n{bid}".encode())
    return (-sum(weighted.values(), Fraction(0)), *(ties[rule] for rule in tree.get("tieBreak", [])), ticket)

"""The frozen form of evaluation criteria: what is hashed at publication and ranked by later. Pure.

A list of trees, one for all lots (lot "") or one a lot. Numbers are decimal strings:

    {"lot": "", "places": 2, "tieBreak": ["lowest_price"], "lowShare": "0.7",
     "criteria": [
        {"id": "criterion-1", "title": "Method of work", "group": "Quality", "kind": "quality",
         "weight": "60", "floor": "1",
         "scale": [{"points": "0", "meaning": "Nothing is said"}, {"points": "4", "meaning": "Convincing"}]},
        {"id": "criterion-2", "title": "Price", "kind": "price", "weight": "40", "formula": "price_relative"},
        {"id": "criterion-3", "title": "Licence to build", "kind": "pass_fail", "weight": "0"}]}

kind: quality is scored by people on the scale (share = points / highest points of the scale); price by the formula:
price_relative (lowest / price) or linear (1 at the lowest price, 0 at twice the lowest); pass_fail throws out.
group: the heading a criterion stands under; it weighs what its criteria weigh together. floor: points below which a
bid fails. places: decimals of a weighted score, rounded once, half up. tieBreak: tried in order (lowest_price,
highest_quality), then a draw from the closing checkpoint. lowShare: a price below this share of the mean of all is
marked as abnormally low; absent: none is. Source: 2014/24/EU Art. 67 and 69; guidelines 4.2.2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tenderwell.core.errors import Reason
from tenderwell.core.words import marked as _

KINDS = ("quality", "price", "pass_fail")
FORMULAS = ("price_relative", "linear")
TIE_BREAKS = ("lowest_price", "highest_quality")
USUAL_SCALE = (
    ("0", _("Nothing, or nothing that helps")),
    ("1", _("Meets it in small part")),
    ("2", _("Meets it in part")),
    ("3", _("Meets it")),
    ("4", _("Meets it and convinces")),
)
SOURCE = "2014/24/EU Art. 67(5); U4SSC 4.2.2"


@dataclass(frozen=True)
class Row:
    """One criterion as it was typed. scale: (points, meaning); empty takes the usual one."""

    title: str
    kind: str
    weight: Decimal
    floor: Decimal | None
    formula: str
    scale: tuple[tuple[str, str], ...] = ()
    group: str = ""


class NoScale(ValueError):
    """A line of a scale is not "points: what they mean"."""


def read_scale(text: str) -> tuple[tuple[str, str], ...]:
    """Lines like "2: Meets it in part"; raises NoScale. Points rise from line to line."""
    rows = []
    for line in filter(str.strip, text.splitlines()):
        points, colon, meaning = line.partition(":")
        points = points.strip()
        if not colon or not meaning.strip() or not points.isascii() or not points.replace(".", "", 1).isdigit():
            raise NoScale(line)
        rows.append((plain(Decimal(points)), meaning.strip()))
    numbers = [Decimal(points) for points, _ in rows]
    if len(numbers) == 1 or numbers != sorted(set(numbers)):
        raise NoScale(text)
    return tuple(rows)


def plain(number: Decimal) -> str:
    """The one way to write a number: no exponent, no zeros behind the last digit."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def tree(
    rows: Sequence[Row], *, lot: str, places: int, tie_break: Sequence[str], low_share: Decimal | None
) -> dict[str, Any]:
    """The frozen form of one tree."""
    found: dict[str, Any] = {
        "lot": lot,
        "places": places,
        "tieBreak": list(tie_break),
        "criteria": [leaf(row, place) for place, row in enumerate(rows, 1)],
    }
    return found if low_share is None else {**found, "lowShare": plain(low_share)}


def leaf(row: Row, place: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": f"criterion-{place}",
        "title": row.title,
        "kind": row.kind,
        "weight": plain(row.weight),
    }
    if row.group.strip():
        found["group"] = row.group.strip()
    if row.kind == "quality":
        scale = row.scale or USUAL_SCALE
        found["scale"] = [{"points": points, "meaning": meaning} for points, meaning in scale]
        if row.floor is not None:
            found["floor"] = plain(row.floor)
    if row.kind == "price":
        found["formula"] = row.formula
    return found


def flaws(rows: Sequence[Row], *, price_reason: str) -> tuple[Reason | None, ...]:
    """Every reason against these criteria."""
    return (
        weights_make_100(rows),
        quality_above_price(rows, price_reason=price_reason),
        *(row_flaw(row, place) for place, row in enumerate(rows)),
        one_price(rows),
        titles_differ(rows),
    )


def weights_make_100(rows: Sequence[Row]) -> Reason | None:
    total = sum((row.weight for row in rows if row.kind != "pass_fail"), Decimal(0))
    if total == 100:
        return None
    text = "The weights add up to {total} %. They must add up to 100 %."
    return Reason("weights", text, SOURCE, "criteria", {"total": plain(total)})


def quality_above_price(rows: Sequence[Row], *, price_reason: str) -> Reason | None:
    """Price above quality needs a published reason."""
    by_kind = {kind: sum((row.weight for row in rows if row.kind == kind), Decimal(0)) for kind in KINDS}
    if by_kind["price"] <= by_kind["quality"] or price_reason.strip():
        return None
    text = "Price counts more than quality. Say why; the reason is published."
    return Reason("price_above_quality", text, "U4SSC 4.2.2", "price_reason")


def one_price(rows: Sequence[Row]) -> Reason | None:
    if sum(row.kind == "price" for row in rows) <= 1:
        return None
    return Reason("two_prices", "Only one criterion can be the price.", SOURCE, "criteria")


def titles_differ(rows: Sequence[Row]) -> Reason | None:
    """Evaluators and bidders tell criteria apart by their titles."""
    titles = [row.title.strip().casefold() for row in rows]
    double = next((row.title for place, row in enumerate(rows) if titles[place] in titles[:place]), None)
    if double is None:
        return None
    return Reason("same_title", "Two criteria are called “{title}”.", SOURCE, "criteria", {"title": double})


def group_weights(leaves: Sequence[Mapping[str, Any]]) -> dict[str, Decimal]:
    """What each heading of a frozen tree weighs, in the order in which they come."""
    found: dict[str, Decimal] = {}
    for each in leaves:
        if each.get("group"):
            found[each["group"]] = found.get(each["group"], Decimal(0)) + Decimal(each["weight"])
    return found


def row_flaw(row: Row, place: int) -> Reason | None:
    """What is wrong with one criterion by itself."""
    field = f"criteria.{place}"
    if row.kind == "pass_fail" and row.weight:
        return Reason("weight_of_gate", "What is passed or failed has no weight.", SOURCE, f"{field}.weight")
    if row.kind != "pass_fail" and row.weight <= 0:
        return Reason("no_weight", "Give it a weight above 0.", SOURCE, f"{field}.weight")
    top = Decimal((row.scale or USUAL_SCALE)[-1][0])
    if row.floor is not None and not 0 <= row.floor <= top:
        return Reason("floor_off_scale", "The lowest points allowed must lie on the scale.", SOURCE, f"{field}.floor")
    return None

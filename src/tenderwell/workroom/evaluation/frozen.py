"""The criteria frozen at publication, read into what the ranking computes with. Form: tendering.criteria."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tenderwell.workroom.evaluation.ranking import Criterion, Scheme
from tenderwell.workroom.evaluation.rules import Scale
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering.queries import frozen_criteria, lot_ids

__all__ = ["frozen_criteria", "schemes_of"]


def schemes_of(process: Process) -> dict[str, Scheme]:
    """The criteria of each lot; one entry "" for a tender that is not divided."""
    trees = {tree.get("lot", ""): tree for tree in frozen_criteria(process)}
    found = {lot: trees.get(lot) or trees.get("") for lot in lot_ids(process) or [""]}
    return {lot: scheme_in(tree) for lot, tree in found.items() if tree}


def scheme_in(tree: Mapping[str, Any]) -> Scheme:
    """One frozen tree; what is empty was left out of its canonical form."""
    return Scheme(
        lot=tree.get("lot", ""),
        criteria=tuple(criterion_in(leaf) for leaf in tree["criteria"]),
        places=tree["places"],
        tie_break=tuple(tree.get("tieBreak", ())),
        low_share=fraction(tree.get("lowShare")),
    )


def criterion_in(leaf: Mapping[str, Any]) -> Criterion:
    return Criterion(
        id=leaf["id"],
        title=leaf["title"],
        kind=leaf["kind"],
        weight=Fraction(leaf["weight"]),
        scale=scale_in(leaf) if leaf["kind"] == "quality" else None,
        floor=fraction(leaf.get("floor")),
        formula=leaf.get("formula", ""),
    )


def scale_in(leaf: Mapping[str, Any]) -> Scale:
    return Scale(tuple((Fraction(row["points"]), str(row["meaning"])) for row in leaf["scale"]))


def fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)

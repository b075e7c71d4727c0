"""The notice before its publication, drawn with the public site's own page, and criteria back in their form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tenderwell.core.command import timestamp
from tenderwell.public.ocds import merge_into
from tenderwell.public.playbook.standing import standing_of
from tenderwell.public.portal import notice
from tenderwell.public.portal.reading import instant
from tenderwell.public.portal.views import notice_parts, plan_parts, result_parts
from tenderwell.public.record.reading import record_of
from tenderwell.ui import parts
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering.criteria import USUAL_SCALE, group_weights, plain
from tenderwell.workroom.tendering.notices import draft_notice
from tenderwell.workroom.tendering.queries import frozen_criteria


@dataclass(frozen=True)
class Unpublished:
    """Stands where the public page expects a record."""

    ocid: str
    title: str
    description: str
    language: str
    source: str = ""


def page(process: Process, *, now: datetime) -> dict[str, Any]:
    """What the public page shows of the compiled record as it would be."""
    compiled = compiled_as_if(process, now=now)
    return {
        "record": Unpublished(process.ocid, process.title, process.description, process.main_language),
        "compiled": compiled,
        "now": now,
        "tag": notice.status_tag(compiled, now),
        "closes": instant(compiled, "tender", "tenderPeriod", "endDate"),
        "buyer": notice.buyer_name(compiled),
        "playbook": standing_of(compiled),
        "trees": [criteria_table(tree) for tree in compiled["tender"].get("evaluation", {}).get("criteria", [])],
        **notice_parts(compiled, now),
        **plan_parts(compiled),
        **result_parts(compiled),
    }


def compiled_as_if(process: Process, *, now: datetime) -> dict[str, Any]:
    """The compiled release with the notice in it, though nothing of it was published."""
    record = record_of(process.ocid)
    release = {"ocid": process.ocid, "date": timestamp(now), **draft_notice(process, now=now)}
    return merge_into(record.compiled if record else {}, release)


def criteria_table(tree: Mapping[str, Any]) -> parts.Table:
    """The criteria of one tree with their weights; headings with what they weigh together."""
    rows: list[tuple[object, ...]] = []
    headings = group_weights(tree["criteria"])
    for leaf in tree["criteria"]:
        heading = leaf.get("group")
        if heading in headings:
            rows.append((heading, "", f"{plain(headings.pop(heading))} %", ""))
        rows.append((leaf["title"], told_kind(leaf), f"{leaf['weight']} %", leaf.get("floor", "")))
    columns = (
        parts.Column(_("Criterion")),
        parts.Column(_("How it is judged")),
        parts.Column(_("Weight"), is_number=True),
        parts.Column(_("Lowest points allowed"), is_number=True),
    )
    caption = _("Criteria for lot {lot}").format(lot=tree["lot"]) if tree.get("lot") else _("Criteria")
    return parts.Table(caption, columns, rows)


def told_kind(leaf: Mapping[str, Any]) -> str:
    if leaf["kind"] == "quality":
        return "; ".join(f"{step['points']}: {_(step['meaning'])}" for step in leaf["scale"])
    texts = {
        "price_relative": _("Price: the lowest price divided by the price"),
        "linear": _("Price: everything for the lowest, nothing for twice the lowest"),
    }
    return texts.get(leaf.get("formula", ""), _("Passed or failed"))


def criteria_form(process: Process) -> dict[str, Any]:
    """The criteria for all lots as the form asks for them; nothing when none are set."""
    tree = next((tree for tree in frozen_criteria(process) if not tree.get("lot")), None)
    if tree is None:
        return {}
    return {
        "criteria": [row_of(leaf) for leaf in tree["criteria"]],
        "price_reason": process.criteria.price_reason,
        "tie_break": tree.get("tieBreak", []),
        "low_share": tree.get("lowShare"),
        "places": tree["places"],
    }


def row_of(leaf: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen criterion as a row of the form; the usual scale is left empty, for it is the same in every language."""
    steps = tuple((step["points"], step["meaning"]) for step in leaf.get("scale", ()))
    scale = "" if steps == USUAL_SCALE else "\n".join(f"{points}: {meaning}" for points, meaning in steps)
    kept = {name: leaf[name] for name in ("title", "group", "kind", "weight", "floor", "formula") if name in leaf}
    return {**kept, "scale": scale}

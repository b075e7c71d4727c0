"""The OCDS parts of a tender."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tenderwell.core import procedure
from tenderwell.core.periods import Period
from tenderwell.public import ocds
from tenderwell.public.ocds import criteria as judged
from tenderwell.public.ocds import frozen, plain
from tenderwell.public.ocds import tender as call
from tenderwell.workroom.planning.notices import document
from tenderwell.workroom.process.models import Document, Process
from tenderwell.workroom.process.queries import current_documents
from tenderwell.workroom.tendering.models import Amendment, Enquiry, Requirement
from tenderwell.workroom.tendering.queries import brief_of, frozen_criteria, ocds_items

BRIEF_TEXTS = (
    "problem",
    "users",
    "skills",
    "standards",
    "work_stage",
    "payment_approach",
    "incentives",
    "expected_length",
    "questions",
    "engagement_results",
    "working_arrangements",
    "handover",
    "security_clearance",
    "invoicing",
)


def released(**parts: Any) -> dict[str, Any]:
    found = plain({"tender": parts})
    assert isinstance(found, dict)
    return dict(found)


def tender_notice(process: Process) -> dict[str, Any]:
    """Everything that the call for bids says."""
    return notice_with(process, process.periods_held())


def draft_notice(process: Process, *, now: datetime) -> dict[str, Any]:
    """What the call for bids would say if it were published now; parts that are not written yet are absent."""
    dates = getattr(process, "dates", None)
    if dates is None:
        return notice_with(process, {})
    ends = {"tenderPeriod": dates.closes_at, "enquiryPeriod": dates.questions_until}
    return notice_with(process, {name: Period(now, max(now, end)) for name, end in ends.items()})


def amended_notice(process: Process, amendment: Amendment) -> dict[str, Any]:
    """The amendment and all that can be amended, as it stands now."""
    return released(
        id=process.ocid,
        title=process.title,
        description=process.description or None,
        tenderPeriod=period(process.periods_held()["tenderPeriod"]),
        enquiryPeriod=period(process.periods_held().get("enquiryPeriod")),
        amendments=[amendment_of(amendment)],
        documents=documents(current_documents(process, part="tender").exclude(published_at=None), process),
        lots=lots(process),
        items=ocds_items(process),
        criteria=requirements(process),
        brief=brief(process),
    )


def notice_with(process: Process, periods: Mapping[str, Period]) -> dict[str, Any]:
    law = procedure.get(process.procedure_key)
    notice = call.Tender(
        id=process.ocid,
        title=process.title,
        description=process.description or None,
        status="active",
        procuring_entity=ocds.OrganizationReference(id=process.buyer.identifier, name=process.buyer.name),
        value=money(process, process.value_amount),
        procurement_method=law.ocds_method,  # type: ignore[arg-type]
        procurement_method_details=law.title,
        main_procurement_category=process.category,  # type: ignore[arg-type]
        award_criteria=judged_by(process),
        submission_method=("electronicSubmission",),
        submission_method_details="Sealed by the bidder’s own program, opened by the committee after the deadline.",
        tender_period=period(periods.get("tenderPeriod")),
        enquiry_period=period(periods.get("enquiryPeriod")),
        contract_period=contract_period(process),
        documents=documents(current_documents(process, part="tender"), process),
        lots=lots(process),
        criteria=requirements(process),
        brief=brief(process),
        evaluation=evaluation(process),
    )
    shown = plain(notice)
    assert isinstance(shown, dict)
    items = ocds_items(process)
    return {"tender": {**shown, **({"items": items} if items else {})}}


def money(process: Process, amount: Any) -> ocds.Value:
    return ocds.Value(amount=amount, currency=process.value_currency)


def period(held: Period | None) -> ocds.Period | None:
    return ocds.Period(start_date=held.start, end_date=held.end) if held else None


def contract_period(process: Process) -> ocds.Period | None:
    dates = getattr(process, "dates", None)
    if dates is None or not (dates.contract_start or dates.contract_end):
        return None
    return ocds.Period(start_date=dates.contract_start, end_date=dates.contract_end)


def documents(found: Any, process: Process) -> tuple[ocds.Document, ...]:
    rows: Sequence[Document] = list(found)
    return tuple(document(each, process) for each in rows)


def lots(process: Process) -> tuple[call.Lot, ...]:
    return tuple(
        call.Lot(
            id=lot.code,
            title=lot.title,
            description=lot.description or None,
            status="active",
            value=money(process, lot.amount),
            other_requirements=call.OtherRequirements(reserved_participation=tuple(lot.reserved))
            if lot.reserved
            else None,
            sustainability=lot.sustainability or None,
            award_criteria=award_criteria(tree_for(process, lot.code)),
        )
        for lot in process.lots.order_by("pk")
    )


def most_words(process: Process, requirement: Requirement) -> int:
    """The limit of an answer: the buyer's for this requirement, else the jurisdiction's."""
    return requirement.words or int(process.jurisdiction.answer_words.value)


def requirements(process: Process) -> tuple[judged.Criterion, ...]:
    """The requirements as one OCDS criterion with one group."""
    rows = tuple(
        judged.Requirement(
            id=each.code,
            title=each.title,
            description=each.text,
            importance=each.importance,  # type: ignore[arg-type]
            rationale=each.reason,
            related_outcome=each.outcome or None,
            most_words=most_words(process, each),
        )
        for each in process.requirements.order_by("pk")
    )
    if not rows:
        return ()
    group = judged.RequirementGroup(id="requirements", requirements=rows)
    return (judged.Criterion(id="requirements", title="Requirements", requirement_groups=(group,)),)


def brief(process: Process) -> call.Brief | None:
    held = brief_of(process)
    if held is None:
        return None
    return call.Brief(
        latest_start_date=latest_start(process, held.latest_start),
        maximum_budget=money(process, held.budget) if held.budget is not None else None,
        **{name: getattr(held, name) or None for name in BRIEF_TEXTS},
    )


def latest_start(process: Process, day: date | None) -> datetime | None:
    """The start of that day where the buyer is."""
    return datetime.combine(day, time.min, ZoneInfo(process.jurisdiction.calendar.zone)) if day else None


def leaves(process: Process) -> list[dict[str, Any]]:
    return [leaf for tree in frozen_criteria(process) for leaf in tree["criteria"]]


def judged_by(process: Process) -> str | None:
    """OCDS awardCriteria: whether price, quality or both count; nothing while no criteria are set."""
    kinds = {leaf["kind"] for leaf in leaves(process)} - {"pass_fail"}
    return {"price": "priceOnly", "quality": "qualityOnly"}.get("".join(kinds), "ratedCriteria") if kinds else None


def tree_for(process: Process, lot: str) -> dict[str, Any]:
    """The criteria of a lot: its own, else those for all."""
    trees = {tree.get("lot", ""): tree for tree in frozen_criteria(process)}
    return trees.get(lot) or trees.get("", {})


def award_criteria(tree: Mapping[str, Any]) -> judged.AwardCriteria | None:
    """A frozen tree as the OCDS extension for lots writes it; what is passed or failed is no award criterion."""
    counted = [leaf for leaf in tree.get("criteria", ()) if leaf["kind"] != "pass_fail"]
    if not counted:
        return None
    return judged.AwardCriteria(criteria=tuple(award_criterion(leaf) for leaf in counted))


def award_criterion(leaf: Mapping[str, Any]) -> judged.AwardCriterion:
    weight = judged.CriterionNumber(number=Decimal(leaf["weight"]), weight="percentageExact")
    return judged.AwardCriterion(type=leaf["kind"], name=leaf["title"], numbers=(weight,))


def evaluation(process: Process) -> judged.Evaluation | None:
    """The criteria with their hash; before publication: as they would be frozen."""
    held = getattr(process, "criteria", None)
    if held is None:
        return None
    trees, sha256 = frozen(held.trees)
    return judged.Evaluation(
        criteria=tuple(trees),
        sha256=sha256,
        date_frozen=held.frozen_at,
        price_weight_rationale=held.price_reason or None,
    )


def enquiry(found: Enquiry) -> call.Enquiry:
    """A question with its answer, without its asker."""
    return call.Enquiry(
        id=found.code,
        date=found.asked_at,
        title=found.text[:120],
        description=found.text,
        answer=found.answer or None,
        date_answered=found.answered_at,
        related_lot=found.lot or None,
    )


def amendment_of(found: Amendment) -> ocds.Amendment:
    return ocds.Amendment(
        id=found.code,
        date=found.made_at,
        rationale=found.reason,
        differences=tuple(
            ocds.Difference(id=f"{found.code}-{place}", **difference)
            for place, difference in enumerate(found.differences, 1)
        ),
    )

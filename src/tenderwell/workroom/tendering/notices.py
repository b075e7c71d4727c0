"""The OCDS parts of a tender."""

from collections.abc import Sequence
from typing import Any

from tenderwell.core import procedure
from tenderwell.public import ocds
from tenderwell.public.ocds import criteria as judged
from tenderwell.public.ocds import plain
from tenderwell.public.ocds import tender as call
from tenderwell.workroom.planning.notices import document
from tenderwell.workroom.process.models import Document, Process
from tenderwell.workroom.process.queries import current_documents
from tenderwell.workroom.tendering.models import Amendment, Enquiry
from tenderwell.workroom.tendering.queries import brief_of, ocds_items

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
    law = procedure.get(process.procedure_key)
    periods = process.periods_held()
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
        award_criteria="ratedCriteria",
        submission_method=("electronicSubmission",),
        submission_method_details="Sealed by the bidder’s own program, opened by the committee after the deadline.",
        tender_period=period(periods["tenderPeriod"]),
        enquiry_period=period(periods["enquiryPeriod"]),
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


def period(held: Any) -> ocds.Period:
    return ocds.Period(start_date=held.start, end_date=held.end)


def contract_period(process: Process) -> ocds.Period | None:
    dates = process.dates
    if not dates.contract_start and not dates.contract_end:
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
        )
        for lot in process.lots.order_by("pk")
    )


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
        maximum_budget=money(process, held.budget) if held.budget is not None else None,
        **{name: getattr(held, name) or None for name in BRIEF_TEXTS},
    )


def evaluation(process: Process) -> judged.Evaluation:
    held = process.criteria
    return judged.Evaluation(
        criteria=tuple(held.trees),
        sha256=held.sha256,
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


def amendment(found: Amendment) -> ocds.Amendment:
    return ocds.Amendment(
        id=found.code,
        date=found.made_at,
        rationale=found.reason,
        differences=tuple(
            ocds.Difference(id=f"{found.code}-{place}", **difference)
            for place, difference in enumerate(found.differences, 1)
        ),
    )

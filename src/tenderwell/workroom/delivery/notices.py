"""The OCDS parts that delivery publishes; each names its contract and award, and only what changed."""

from decimal import Decimal
from typing import Any

from tenderwell.public import ocds
from tenderwell.public.ocds import plain
from tenderwell.workroom.delivery.models import Change, Closing, Contract, Invoice, Milestone, Result, Review


def money(amount: Decimal, contract: Contract) -> ocds.Value:
    return ocds.Value(amount=amount, currency=contract.currency)


def part_of(contract: Contract, **changed: Any) -> dict[str, Any]:
    """The contract with only these fields, as JSON."""
    found = plain(ocds.Contract(id=contract.code, award_id=contract.award.code, **changed))
    assert isinstance(found, dict)
    return dict(found)


def whole(contract: Contract) -> dict[str, Any]:
    """The contract as it is agreed, with what is bought and the documents that may be read."""
    suppliers = contract.award.suppliers.order_by("identifier")
    has_period = contract.starts_at or contract.ends_at
    found = part_of(
        contract,
        title=contract.title,
        status=contract.status,
        value=money(contract.amount, contract),
        period=ocds.Period(start_date=contract.starts_at, end_date=contract.ends_at) if has_period else None,
        date_signed=contract.supplier_signed_at if contract.is_signed else None,
        suppliers=tuple(ocds.OrganizationReference(id=each.identifier, name=each.name) for each in suppliers),
    )
    return {**found, **({"items": contract.award.items} if contract.award.items else {})}


def milestone(found: Milestone) -> ocds.Milestone:
    return ocds.Milestone(
        id=found.code,
        title=found.title,
        type="delivery",
        due_date=found.due_at,
        date_met=found.met_at,
        status="met" if found.met_at else "scheduled",
        evidence=found.evidence or None,
    )


def metric(found: Result) -> ocds.Metric:
    observation = ocds.Observation(
        id=found.code,
        measure=found.measured,
        period=ocds.Period(end_date=found.measured_at),
        notes=found.notes or None,
    )
    return ocds.Metric(
        id=f"{found.outcome}", title=found.title, related_outcome=found.outcome, observations=(observation,)
    )


def invoice(found: Invoice) -> ocds.Invoice:
    status = "paid" if found.paid_at else "rejected" if found.disputed_reason else "accepted"
    return ocds.Invoice(
        id=found.code,
        status=status if found.paid_at or found.accepted_at or found.disputed_reason else "submitted",  # type: ignore[arg-type]
        value=money(found.amount, found.contract),
        date_received=found.received_at,
        date_due=found.due_at,
        date_accepted=found.accepted_at,
        date_paid=found.paid_at,
        reason=found.disputed_reason or None,
    )


def payment(found: Invoice) -> ocds.Transaction:
    buyer = found.contract.process.buyer
    supplier = found.contract.award.suppliers.order_by("identifier").first()
    return ocds.Transaction(
        id=f"payment-{found.code}",
        date=found.paid_at,
        value=money(found.amount, found.contract),
        payer=ocds.OrganizationReference(id=buyer.identifier, name=buyer.name),
        payee=ocds.OrganizationReference(id=supplier.identifier, name=supplier.name) if supplier else None,
        related_invoice=found.code,
        days_to_pay=found.days_to_pay,
    )


def amendment(found: Change, *, share: Decimal, limit: Decimal, before: Decimal, by: str | None) -> ocds.Amendment:
    """by: the role of whoever approved or rejected it, if somebody has."""
    contract = found.contract
    differences = []
    if found.amount_change:
        after = before + found.amount_change
        differences.append(ocds.Difference(id="value", field="value", before=f"{before:f}", after=f"{after:f}"))
    if found.new_end:
        earlier = contract.ends_at.isoformat() if contract.ends_at else None
        later = found.new_end.isoformat()
        differences.append(ocds.Difference(id="period", field="period.endDate", before=earlier, after=later))
    return ocds.Amendment(
        id=found.code,
        date=found.approved_at or found.rejected_at or found.proposed_at,
        rationale=found.reason,
        description=found.description,
        user_impact=found.user_impact,
        approved_by=by if found.approved_at else None,
        rejected_by=by if found.rejected_at else None,
        rejection=found.rejection or None,
        value_change=money(found.amount_change, contract),
        cumulative_share=share.quantize(Decimal("0.0001")),
        limit_share=limit,
        differences=tuple(differences),
    )


def review(found: Review, place: int) -> ocds.Review:
    return ocds.Review(
        id=f"review-{place}", by=found.by, date=found.made_at, rating=found.rating, description=found.text
    )


def closing(found: Closing, *, role: str, details: str = "") -> ocds.Implementation:
    """role: of whoever accepted. details: why the final account is not what was paid here."""
    return ocds.Implementation(
        status="concluded",
        end_date=found.closed_at,
        final_value=money(found.final_amount, found.contract),
        final_value_details=details or None,
        acceptance=ocds.Acceptance(date=found.closed_at, accepted_by=role),
        closing_questions=ocds.ClosingQuestions(
            as_asked=found.as_asked, as_needed=found.as_needed, difference=found.difference
        ),
    )


def lessons(found: Closing) -> tuple[dict[str, Any], ...]:
    """What the next process should know, one lesson a line."""
    return tuple(
        {"id": f"{found.contract.code}-{place}", "description": text, "category": found.contract.process.category}
        for place, text in enumerate(found.lessons, 1)
    )

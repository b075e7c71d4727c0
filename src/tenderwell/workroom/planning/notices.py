"""The OCDS parts of a plan."""

from collections import Counter
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tenderwell.core import procedure
from tenderwell.public import ocds
from tenderwell.public.ocds import plain
from tenderwell.public.ocds import planning as plan
from tenderwell.workroom.parties.queries import ocds_party
from tenderwell.workroom.planning.models import CostLine, FundsConfirmation, Outcome, RouteDecision
from tenderwell.workroom.planning.queries import left_out, whole_life_cost
from tenderwell.workroom.process.models import Document, Process
from tenderwell.workroom.process.queries import current_documents, document_url


def plan_notice(process: Process) -> dict[str, Any]:
    """Everything the first release of a process says."""
    route = getattr(process, "route", None)
    law = procedure.get(process.procedure_key)
    tender = ocds.Tender(
        id=process.ocid,
        title=process.title,
        description=process.description or None,
        status="planned",
        procuring_entity=ocds.OrganizationReference(id=process.buyer.identifier, name=process.buyer.name),
        procurement_method=law.ocds_method,  # type: ignore[arg-type]
        procurement_method_details=law.title,
        procurement_method_rationale=route.reason if route else None,
        main_procurement_category=process.category,  # type: ignore[arg-type]
        value=ocds.Value(amount=process.value_amount, currency=process.value_currency),
    )
    found = plain(
        {
            "parties": [ocds_party(process.buyer, ["buyer", "procuringEntity"])],
            "buyer": ocds.OrganizationReference(id=process.buyer.identifier, name=process.buyer.name),
            "rules": rules_of(process),
            "planning": planning_part(process, route),
            "tender": tender,
            "notApplicable": [{"id": step, "rationale": reason} for step, reason in sorted(left_out(process).items())],
        }
    )
    assert isinstance(found, dict)
    return dict(found)


def rules_of(process: Process) -> ocds.Rules:
    """The law that was in force when the process began; how long its days are only where they are shortened."""
    law = process.jurisdiction
    length = int(law.calendar.day.total_seconds()) if law.is_practice else None
    return ocds.Rules(id=law.key, name=law.name, day_seconds=length)


def planning_part(process: Process, route: RouteDecision | None) -> plan.Planning:
    lines = list(process.cost_lines.prefetch_related("comparables").order_by("pk"))
    return plan.Planning(
        rationale=process.description or None,
        budget=budget(process),
        documents=tuple(document(each, process) for each in current_documents(process, part="planning")),
        user_needs=tuple(
            plan.UserNeed(
                id=need.code,
                who=need.who,
                need=need.need,
                source=need.source,
                method=need.method,
                has_consent=need.consent,
                participants=need.participants,
            )
            for need in process.user_needs.order_by("pk")
        ),
        assumptions=assumptions(process),
        outcomes=tuple(outcome(each, process) for each in process.outcomes.order_by("pk")),
        cost_lines=tuple(cost_line(each, process) for each in lines),
        whole_life_cost=money(process, whole_life_cost(process)) if lines else None,
        date_estimated=end_of(min(each.estimated_on for each in lines), process) if lines else None,
        route_decision=route_part(process, route) if route else None,
        team=team(process),
    )


def end_of(day: date, process: Process) -> datetime:
    """The last second of a day where the buyer works: OCDS has times, not days."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(process.jurisdiction.calendar.zone))


def start_of(day: date, process: Process) -> datetime:
    """The first instant of a day where the buyer works."""
    return datetime.combine(day, time.min, ZoneInfo(process.jurisdiction.calendar.zone))


def money(process: Process, amount: Any) -> ocds.Value:
    return ocds.Value(amount=amount, currency=process.value_currency)


def budget(process: Process) -> plan.Budget | None:
    funds = getattr(process, "funds", None)
    return budget_of(funds) if funds else None


def budget_of(funds: FundsConfirmation) -> plan.Budget:
    return plan.Budget(
        id=funds.budget_line,
        description=funds.source,
        amount=money(funds.process, funds.amount),
        confirmation=plan.FundsConfirmation(date=funds.confirmed_at, confirmed_by="budget_holder"),
    )


def budget_notice(funds: FundsConfirmation) -> dict[str, Any]:
    """What a release says of money that was confirmed after the plan was published."""
    found = plain({"planning": plan.Planning(budget=budget_of(funds))})
    assert isinstance(found, dict)
    return dict(found)


def assumptions(process: Process) -> tuple[plan.Assumption, ...]:
    return tuple(
        plan.Assumption(
            id=each.code,
            description=each.description,
            test=each.test or None,
            result=each.result or None,
            is_tested=bool(each.result),
        )
        for each in process.assumptions.order_by("pk")
    )


def outcome(found: Outcome, process: Process) -> plan.Outcome:
    return plan.Outcome(
        id=found.code,
        title=found.title,
        measure=found.measure,
        baseline=found.baseline,
        target=found.target,
        source=found.source,
        owner=found.owner,
        due_date=end_of(found.due_on, process) if found.due_on else None,
        sdgs=tuple(found.sdgs),
        social_values=tuple(found.social_values),
        related_needs=tuple(found.needs),
        is_payment_linked=found.is_payment_linked,
    )


def cost_line(found: CostLine, process: Process) -> plan.CostLine:
    return plan.CostLine(
        id=found.code,
        description=found.description,
        phase=found.phase,
        value=money(process, found.amount),
        years=found.years,  # type: ignore[arg-type]
        source=found.source,
        comparables=tuple(
            plan.Comparable(
                id=each.code,
                description=each.description,
                value=money(process, each.amount),
                source=each.source,
                ocid=each.ocid or None,
            )
            for each in found.comparables.all()
        ),
    )


def route_part(process: Process, route: RouteDecision) -> plan.RouteDecision:
    questions = (
        ("make", "Could we make it ourselves?", route.make),
        ("reuse", "Does something we have do it?", route.reuse),
        ("join", "Could we buy it together with others?", route.join),
    )
    return plan.RouteDecision(
        option=route.option,
        answers=tuple(plan.Answer(id=code, question=text, answer=answer) for code, text, answer in questions),
        procedure=process.procedure_key,
        procurement_method=procedure.get(process.procedure_key).ocds_method,  # type: ignore[arg-type]
        rationale=route.reason,
        legal_basis=ocds.Classification(scheme="law", description=route.legal_ground) if route.legal_ground else None,
        decided_by="lead",
        date_decided=route.decided_at,
        approved_by="approver" if route.approved_at else None,
        date_approved=route.approved_at,
    )


def team(process: Process) -> tuple[plan.TeamRole, ...]:
    """Roles and how many hold them; names are never published."""
    members = list(process.team.filter(until=None).values_list("role", "person_id"))
    declared = set(process.declarations.values_list("person_id", flat=True))
    counts = Counter(role for role, _ in members)
    done = Counter(role for role, person in members if person in declared)
    return tuple(plan.TeamRole(id=role, role=role, count=counts[role], declared=done[role]) for role in sorted(counts))


def document(found: Document, process: Process) -> ocds.Document:
    """A withheld one says why and until when; its hash is public at once, so that nothing else can appear later."""
    held = found.withheld_until
    return ocds.Document(
        id=f"{found.part}-{found.number}",
        document_type=found.kind,
        title=found.title,
        url=document_url(process, found),
        access_details=f"Withheld until {held}: {found.withheld_reason}" if held else None,
        available_date=start_of(held, process) if held else None,
        date_published=found.added_at,
        format=found.format,
        language=found.language,
        sha256=found.sha256,
        size=found.size,
        version=found.version,
    )

"""What rules and pages ask about a process: its team, declarations, documents, and a person's processes."""

from datetime import datetime
from decimal import Decimal
from urllib.parse import quote

from django.db.models import Max, QuerySet

from tenderwell.core import procedure
from tenderwell.core.command import Actor, Command, Moment, provides, refusals
from tenderwell.workroom.process import rules
from tenderwell.workroom.process.models import STILL_THERE, Declaration, Document, Process


def state_at(process: Process, now: datetime) -> str:
    """The state in force at `now`; asks no database."""
    return procedure.get(process.procedure_key).state_at(process.state, process.periods_held(), now)


def may_try(cmd: Command, actor: Actor, process: Process, *, now: datetime) -> bool:
    """Whether the actor's role is one that the step asks for, whatever else still speaks against it."""
    return not any(reason.code == "wrong_role" for reason in refusals(cmd, actor, process, now=now))


@provides(rules.TEAM)
def team(moment: Moment) -> tuple[tuple[str, str], ...]:
    rows = moment.subject.team.filter(until=None).filter(STILL_THERE).values_list("person_id", "role")
    return tuple((str(person), role) for person, role in rows)


@provides(rules.UNDECLARED)
def undeclared(moment: Moment) -> int:
    members = {person for person, _ in team(moment)}
    return len(members - {str(person) for person in moment.subject.declarations.values_list("person_id", flat=True)})


def latest_declaration(process: Process, person: str) -> Declaration | None:
    if person == "public":
        return None
    return process.declarations.filter(person_id=person).order_by("-made_at", "-pk").first()


def own_declaration(moment: Moment) -> Declaration | None:
    return latest_declaration(moment.subject, moment.actor.id)


@provides(rules.HAS_DECLARED)
def has_declared(moment: Moment) -> bool:
    declaration = moment.once(own_declaration)
    return bool(declaration and not declaration.has_interest)


@provides(rules.HAS_CONFLICT)
def has_conflict(moment: Moment) -> bool:
    declaration = moment.once(own_declaration)
    return bool(declaration and declaration.has_interest)


@provides(rules.TOOK_PART)
def took_part(moment: Moment) -> bool:
    declared = moment.subject.declarations.filter(has_interest=False)
    return moment.actor.is_person and declared.filter(person_id=moment.actor.id).exists()


@provides(rules.ESTIMATE)
def estimate(moment: Moment) -> Decimal:
    return moment.subject.value_amount or Decimal(0)


@provides(rules.TWO_PEOPLE_ABOVE)
def two_people_above(moment: Moment) -> tuple[Decimal, str]:
    law = moment.jurisdiction.two_people_above
    return law.value, law.source


def current_documents(process: Process, *, part: str) -> QuerySet[Document]:
    """The latest version of each document of one part, in order of their numbers."""
    latest = process.documents.filter(part=part).values("number").annotate(last=Max("pk")).values("last")
    return process.documents.filter(pk__in=latest).order_by("number")


def document_url(process: Process, document: Document) -> str:
    """Where a published document can be downloaded, without an account."""
    return f"/processes/{quote(process.ocid)}/files/{document.sha256}/{quote(document.file_name)}"

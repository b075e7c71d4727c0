"""Begin a process, form its team, declare interests, add documents."""

import mimetypes
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Literal

from django.conf import settings
from pydantic import BaseModel, Field

from tenderwell.core import files, jurisdiction, procedure
from tenderwell.core.command import Act, Actor, command, facts_of
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text, Upload
from tenderwell.core.jurisdiction import Jurisdiction
from tenderwell.workroom.parties.models import Membership, Organisation, Person
from tenderwell.workroom.process import choices, rules
from tenderwell.workroom.process.events import (
    DocumentAdded,
    DocumentWithheld,
    InterestDeclared,
    ProcessBegun,
    RoleAssigned,
    RoleEnded,
)
from tenderwell.workroom.process.models import Declaration, Document, Process, TeamMember
from tenderwell.workroom.process.queries import state_at


class BeginProcess(BaseModel):
    title: str = Field(title="What is it about?", description="One plain sentence", min_length=3, max_length=250)
    description: Text = Field("", title="Describe it for everybody", max_length=2000)
    category: Literal["goods", "works", "services"] = Field(title="Mainly goods, works or services?")
    estimate: Decimal = Field(title="Estimated value", description="Without tax", gt=0, max_digits=16, decimal_places=2)
    procedure: Annotated[str, ChoicesFrom(choices.procedures)] = Field(
        "open_1", title="Procedure", description="Open to everybody unless the law allows less"
    )
    jurisdiction: Annotated[str, ChoicesFrom(choices.laws)] = Field(
        "",
        title="Rules in force",
        description="Leave empty for this installation's own. Rules for practice let days pass quickly.",
    )

    def laws(self) -> list[str]:
        """What a person may choose."""
        return [key for key, _ in choices.laws()]

    def currency_under(self, law: Jurisdiction) -> str:
        return law.currency


class BeginReplay(BeginProcess):
    """The same for data of others whose law is not written down here; no page and no program can send it."""

    currency: str = Field("", pattern="^([A-Z]{3})?$")

    def laws(self) -> list[str]:
        return [each.key for each in jurisdiction.all_jurisdictions()]

    def currency_under(self, law: Jurisdiction) -> str:
        return self.currency or law.currency


class AssignRole(BaseModel):
    email: str = Field(title="E-mail of the person", max_length=250)
    role: rules.TeamRole = Field(title="Role")
    skill: str = Field("", title="What the person knows about", max_length=120)


class EndRole(BaseModel):
    email: str = Field(title="E-mail of the person", max_length=250)
    role: rules.TeamRole = Field(title="Role")


class DeclareInterest(BaseModel):
    has_interest: bool = Field(
        title="I have an interest in this process",
        description="For example shares, work, family or friendship with a firm that may bid",
    )
    interest: Text = Field("", title="What is it?", max_length=2000)


class AddDocument(BaseModel):
    file: Upload = Field(title="File", description="At most 50 MB; documents, tables, pictures or drawings")
    file_name: str = Field(title="Name of the file", max_length=200)
    title: str = Field(title="Title", min_length=2, max_length=250)
    part: Literal["planning", "tender", "award", "contract"] = Field(title="Belongs to")
    kind: str = Field(title="Kind of document", description="OCDS documentType, for example technicalSpecifications")
    language: str = Field("en", title="Language", pattern="^[a-z]{2}(-[A-Za-z]+)?$")
    replaces: int | None = Field(None, title="New version of document number", ge=1)


class WithholdDocument(BaseModel):
    number: int = Field(title="Number of the document", ge=1)
    reason: Text = Field(title="Why it must be withheld", description="In detail", min_length=20, max_length=2000)
    until: date = Field(title="Until when it stays sensitive")


@command(on=Organisation, input=BeginProcess)
def begin_process(act: Act, buyer: Organisation, data: BeginProcess) -> Process:
    """Begin a new procurement"""
    refuse_any(
        rules.offered(data.procedure, [key for key, _ in choices.procedures()], field="procedure"),
        rules.offered(data.jurisdiction, ["", *data.laws()], field="jurisdiction"),
    )
    law = jurisdiction.get(data.jurisdiction or settings.TENDERWELL_JURISDICTION)
    buyer.process_count += 1
    buyer.save(update_fields=["process_count"])
    reference = f"{buyer.code or buyer.identifier}-{act.now.year}-{buyer.process_count:04d}"
    process = Process.objects.create(
        ocid=f"{settings.TENDERWELL_OCID_PREFIX}-{reference}",
        title=data.title,
        description=data.description,
        buyer=buyer,
        procedure_key=data.procedure,
        jurisdiction_key=law.key,
        main_language=law.languages[0],
        category=data.category,
        value_amount=data.estimate,
        value_currency=data.currency_under(law),
        state=procedure.get(data.procedure).states[0],
        begun_at=act.now,
    )
    TeamMember.objects.create(process=process, person_id=act.actor.id, organisation=buyer, role="lead", since=act.now)
    act.record(ProcessBegun(title=process.title), on=process)
    return process


@command(on=Process, input=AssignRole)
def assign_role(act: Act, process: Process, data: AssignRole) -> TeamMember:
    """Give somebody a role in the team"""
    held = Membership.objects.filter(person__email=data.email.strip().lower(), until=None).select_related("person")
    chosen = held.filter(organisation=process.buyer).first() or held.first()
    text = "Nobody with this e-mail address is a member of an organisation here. Ask the administrator to add them."
    refuse_any(joins(act, process, chosen.person) if chosen else Reason("not_a_member", text, field="email"))
    assert chosen
    member, _ = TeamMember.objects.get_or_create(
        process=process,
        person=chosen.person,
        role=data.role,
        until=None,
        defaults={"organisation_id": chosen.organisation_id, "skill": data.skill, "since": act.now},
    )
    act.record(RoleAssigned(role=data.role, person=str(chosen.person_id)))
    return member


def joins(act: Act, process: Process, person: Person) -> Reason | None:
    """Why this person cannot come onto the buyer's side now."""
    firms = person.memberships.filter(until=None, roles__contains=["bidder"], organisation__kind="supplier")
    for_a_bidder = facts_of(process, Actor(str(person.pk)), act.now)[rules.FOR_A_BIDDER]
    return rules.may_join(state_at(process, act.now), can_bid=firms.exists(), for_a_bidder=for_a_bidder)


@command(on=Process, input=EndRole)
def end_role(act: Act, process: Process, data: EndRole) -> TeamMember:
    """End somebody's role in the team"""
    held = process.team.filter(person__email=data.email.strip().lower(), role=data.role, until=None).first()
    last_lead = data.role == "lead" and process.team.filter(role="lead", until=None).count() == 1
    refuse_any(
        None if held else Reason("no_such_role", "This person does not have this role now.", field="email"),
        Reason("last_lead", "A team needs a lead. Name the new lead first.", field="role") if last_lead else None,
    )
    assert held
    held.until = act.now
    held.save(update_fields=["until"])
    act.record(RoleEnded(role=data.role, person=str(held.person_id)))
    return held


@command(on=Process, input=DeclareInterest)
def declare_interest(act: Act, process: Process, data: DeclareInterest) -> Declaration:
    """Declare your interests"""
    text = "Say in a few words what the interest is."
    missing = data.has_interest and not data.interest.strip()
    refuse_any(Reason("say_interest", text, field="interest") if missing else None)
    declaration = Declaration.objects.create(
        process=process,
        person_id=act.actor.id,
        has_interest=data.has_interest,
        interest=data.interest,
        made_at=act.now,
    )
    digest = sha256(data.interest.encode()).hexdigest()
    act.record(InterestDeclared(person=act.actor.id, has_interest=data.has_interest, text_sha256=digest))
    return declaration


@command(on=Process, input=AddDocument)
def add_document(act: Act, process: Process, data: AddDocument) -> Document:
    """Add a document, or a new version of one"""
    stored = files.is_stored(data.file)
    earlier = process.documents.filter(number=data.replaces).order_by("-version").first() if data.replaces else None
    refuse_any(
        rules.safe_file_name(data.file_name),
        None if stored else Reason("no_such_file", "Upload the file first, then attach it.", field="file"),
        Reason("no_such_document", "There is no document with this number.", field="replaces")
        if data.replaces and not earlier
        else None,
    )
    document = Document.objects.create(
        process=process,
        number=earlier.number if earlier else process.documents.values("number").distinct().count() + 1,
        version=earlier.version + 1 if earlier else 1,
        part=data.part,
        kind=data.kind,
        title=data.title,
        file_name=data.file_name,
        format=mimetypes.guess_type(data.file_name)[0] or "application/octet-stream",
        size=files.size_of(data.file),
        sha256=data.file,
        language=data.language,
        added_at=act.now,
    )
    act.record(DocumentAdded(title=document.title, version=document.version, sha256=document.sha256))
    return document


@command(on=Process, input=WithholdDocument)
def withhold_document(act: Act, process: Process, data: WithholdDocument) -> Document:
    """Withhold a document for a stated time, with a published reason"""
    document = process.documents.filter(number=data.number, published_at=None).order_by("-version").first()
    text = "There is no unpublished document with this number; what is published stays published."
    refuse_any(
        None if document else Reason("no_such_document", text, field="number"),
        Reason("date_passed", "Choose a date in the future.", field="until") if data.until <= act.now.date() else None,
    )
    assert document
    document.withheld_reason, document.withheld_until = data.reason, data.until
    document.save(update_fields=["withheld_reason", "withheld_until"])
    event = DocumentWithheld(title=document.title, until=data.until.isoformat(), reason=data.reason)
    act.record(event)
    return document


def told_now(process: Process, *, part: str, now: datetime) -> list[Document]:
    """The documents of a part that nobody was told of yet; from now on they are published, or withheld with a date."""
    found = list(process.documents.filter(part=part, published_at=None).order_by("number", "version"))
    process.documents.filter(pk__in=[each.pk for each in found]).update(published_at=now)
    latest = {each.number: each for each in found}
    return list(latest.values())

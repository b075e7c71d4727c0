"""The contracting process, its team, declarations of interest and documents."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.db import models

from tenderwell.core import jurisdiction
from tenderwell.core.command import Actor
from tenderwell.core.identifiers import uuid7
from tenderwell.core.jurisdiction import Jurisdiction
from tenderwell.core.periods import Period
from tenderwell.workroom.parties.models import Organisation, Person, SubjectFields

# Whoever leaves the organisation leaves its teams.
STILL_THERE = models.Q(
    organisation_id=models.F("person__memberships__organisation_id"), person__memberships__until=None
)


class Process(SubjectFields):
    """One contracting process (one ocid), from need to final account.

    value: estimated, without VAT, Decimal with 2 places. periods: name -> [start, end] in ISO 8601 UTC; written
    by `set_period`. state: the last one written; what time has made of it since is `state_at(now)`.
    """

    public_key: ClassVar[str] = "ocid"
    joined: ClassVar[tuple[str, ...]] = ("buyer",)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ocid = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="processes")
    jurisdiction_key = models.CharField(max_length=60)
    main_language = models.CharField(max_length=10, default="en")
    category = models.CharField(max_length=10, default="goods")  # OCDS mainProcurementCategory
    value_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_currency = models.CharField(max_length=3)
    periods = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    supplier_ids = models.JSONField(default=list)  # identifiers of organisations with an award: who is "supplier"

    class Meta:
        app_label = "process"
        indexes = [models.Index(fields=["buyer", "-begun_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return self.ocid

    @property
    def language(self) -> str:
        return self.main_language

    @property
    def jurisdiction(self) -> Jurisdiction:
        return jurisdiction.get(self.jurisdiction_key)

    def periods_held(self) -> Mapping[str, Period]:
        return {name: Period(*map(datetime.fromisoformat, pair)) for name, pair in self.periods.items()}

    def set_period(self, name: str, period: Period) -> None:
        self.periods[name] = [period.start.isoformat(), period.end.isoformat()]
        self.save(update_fields=["periods"])

    def roles_of(self, actor: Actor) -> frozenset[str]:
        """The team roles, and what follows from the organisation: tenderer, supplier, reviewer, auditor."""
        return self.team_roles(actor) | self.outside_roles(actor)

    def is_visible_to(self, roles: frozenset[str]) -> bool:
        """Nothing of a process shows outside its team before its first release."""
        return self.sequence > 0 or bool(roles - {"person", "tenderer", "reviewer"})

    def team_roles(self, actor: Actor) -> frozenset[str]:
        if not actor.is_person:
            return frozenset()
        held = TeamMember.objects.filter(process=self, person_id=actor.id, until=None).filter(STILL_THERE)
        return frozenset(held.values_list("role", flat=True))

    def outside_roles(self, actor: Actor) -> frozenset[str]:
        found = set(actor.roles & {"reviewer", "auditor", "server"})
        if actor.organisation and actor.organisation != self.buyer.identifier and "bidder" in actor.roles:
            found.add("tenderer")
            if actor.organisation in self.supplier_ids:
                found.add("supplier")
        if actor.organisation == self.buyer.identifier and "procurer" in actor.roles:
            found.add("procurer")
        return frozenset(found | ({"person"} if actor.is_person else set()))


class TeamMember(models.Model):
    """A person's role in one process. Roles are published, names are not."""

    ROLES = (
        ("lead", "Lead"),
        ("approver", "Approver"),
        ("budget_holder", "Budget holder"),
        ("evaluator", "Evaluator"),
        ("contract_manager", "Contract manager"),
        ("committee", "Opening committee member"),
        ("specialist", "Specialist"),
        ("user_representative", "Speaks for the people who will use it"),
        ("observer", "Observer"),
    )

    process = models.ForeignKey(Process, models.PROTECT, related_name="team")
    person = models.ForeignKey(Person, models.PROTECT, related_name="team_roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    role = models.CharField(max_length=30, choices=ROLES)
    skill = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        app_label = "process"
        constraints = [
            models.UniqueConstraint(
                fields=["process", "person", "role"], condition=models.Q(until=None), name="one_role_once"
            )
        ]


class Declaration(models.Model):
    """A person's declared interests in one process: none, or what they are. Never published."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT)
    has_interest = models.BooleanField()
    interest = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "process"
        indexes = [models.Index(fields=["process", "person", "-made_at"])]


class Document(models.Model):
    """A file of the process in one version; `number` stays the same over versions and is the OCDS document id.

    part: where OCDS lists it (planning, tender, award, contract). kind: OCDS documentType.
    """

    PARTS = (("planning", "Plan"), ("tender", "Tender"), ("award", "Award"), ("contract", "Contract"))

    process = models.ForeignKey(Process, models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    part = models.CharField(max_length=20, choices=PARTS)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    file_name = models.CharField(max_length=250)
    format = models.CharField(max_length=100)  # media type, told by us from the name, never trusted for display
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    added_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withheld_reason = models.TextField(blank=True)
    withheld_until = models.DateField(null=True)

    class Meta:
        app_label = "process"
        unique_together = [("process", "number", "version")]

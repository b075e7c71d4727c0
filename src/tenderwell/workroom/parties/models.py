"""Installation, organisations, people, memberships and access tokens."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenderwell.core import jurisdiction
from tenderwell.core.command import Actor
from tenderwell.core.identifiers import uuid7
from tenderwell.core.jurisdiction import Jurisdiction
from tenderwell.core.periods import Period


class People(BaseUserManager["Person"]):
    """Makes accounts; an e-mail address stands for one person, in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who can sign in. Names and addresses stay in this table; the ledger never holds them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    class Meta:
        app_label = "parties"

    def __str__(self) -> str:
        return self.name or self.email


class SubjectFields(models.Model):
    """What every subject of a command keeps: where it stands and what it has released."""

    joined: ClassVar[tuple[str, ...]] = ()
    state = models.CharField(max_length=30)
    procedure_key = models.CharField(max_length=60)
    sequence = models.PositiveIntegerField(default=0)
    released_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def periods_held(self) -> Mapping[str, Period]:
        return {}

    def is_visible_to(self, roles: frozenset[str]) -> bool:
        return True

    @property
    def language(self) -> str:
        return settings.LANGUAGE_CODE

    @property
    def jurisdiction(self) -> Jurisdiction:
        return jurisdiction.get(settings.TENDERWELL_JURISDICTION)


class Installation(SubjectFields):
    """This installation itself: the subject of commands that concern no organisation yet."""

    public_key: ClassVar[str] = "name"
    name = models.CharField(max_length=40, unique=True, default="here")

    class Meta:
        app_label = "parties"

    @property
    def key(self) -> str:
        return self.name

    def roles_of(self, actor: Actor) -> frozenset[str]:
        return actor.roles | ({"person"} if actor.id != "public" else frozenset())


class Organisation(SubjectFields):
    """A legal body: buyer, tenderer, supplier or review body, by its role in each process.

    identifier: "<scheme>-<id>", e.g. "PA-REG-1001"; the public key, also the id of the OCDS party.
    scale: OCDS partyScale (micro, sme, large, selfEmployed) or empty. attributes: e.g. {"women_owned"}.
    """

    public_key: ClassVar[str] = "identifier"
    KINDS = (
        ("buyer", "Public buyer"),
        ("supplier", "Supplier"),
        ("review", "Review body"),
        ("audit", "Audit office"),
        ("civil_society", "Civil society"),
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    identifier = models.CharField(max_length=80, unique=True)
    scheme = models.CharField(max_length=30)
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=20, choices=KINDS)
    code = models.CharField(max_length=12, blank=True, help_text="Short code in the ocid of its processes")
    scale = models.CharField(max_length=20, blank=True)
    attributes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=120, blank=True)
    locality = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=250, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    process_count = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "parties"

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return self.identifier

    def roles_of(self, actor: Actor) -> frozenset[str]:
        own = actor.roles if actor.organisation == self.identifier else frozenset()
        return own | ({"person"} if actor.id != "public" else frozenset())


class Membership(models.Model):
    """A person's roles in an organisation: admin, procurer, bidder, auditor, reviewer, member, operator."""

    ROLES = ("admin", "procurer", "bidder", "auditor", "reviewer", "member", "operator")

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=30))
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        app_label = "parties"
        unique_together = [("person", "organisation")]

    def is_current(self, now: datetime) -> bool:
        return self.since <= now and (self.until is None or now < self.until)


class AccessToken(models.Model):
    """A program's way in: acts as the membership; only the SHA-256 of the secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "parties"

    def is_valid(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at and self.membership.is_current(now)

"""Run a command: one transaction, one lock, one rule check, at least one ledger entry."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar, Protocol, TypeVar

import rfc8785
from django.db import models, transaction
from django.utils import timezone
from pydantic import BaseModel

from tenderwell.core import procedure
from tenderwell.core.errors import NoSuchSubject, NothingRecorded, Reason, refuse_any
from tenderwell.core.events import BlindEvent, Event, LeafEvent, PublicEvent
from tenderwell.core.inputs import unreal, unwritable
from tenderwell.core.jurisdiction import Jurisdiction
from tenderwell.core.models import ActRecord
from tenderwell.core.periods import Period
from tenderwell.core.procedure import Fact, Facts, Step
from tenderwell.ledger import store

T = TypeVar("T")


@dataclass(frozen=True)
class Actor:
    """Who acts: a person, the organisation acted for (its public identifier), and the roles held there."""

    id: str
    organisation: str = ""
    roles: frozenset[str] = frozenset()

    @property
    def is_person(self) -> bool:
        return self.id not in ("public", "server")


NOBODY = Actor("public")
SERVER = Actor("server", roles=frozenset({"server"}))  # the installation itself, which no request can be


class Subject(Protocol):
    """What a command acts on: a process or an organisation, a model that follows a procedure."""

    pk: Any
    state: str
    procedure_key: str
    sequence: int
    released_at: datetime | None
    public_key: ClassVar[str]  # name of the field that identifies it to the public, e.g. "ocid"
    joined: ClassVar[tuple[str, ...]]  # relations that every act asks for, read with it

    @property
    def key(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def jurisdiction(self) -> Jurisdiction: ...
    def periods_held(self) -> Mapping[str, Period]: ...
    def roles_of(self, actor: Actor) -> frozenset[str]: ...
    def is_visible_to(self, roles: frozenset[str]) -> bool: ...
    def save(self, *, update_fields: list[str]) -> None: ...


@dataclass(frozen=True)
class Moment:
    """One subject, asked by one person at one instant: what facts are looked up for."""

    subject: Any
    actor: Actor
    now: datetime
    known: dict[Callable[..., Any], Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, ask: Callable[["Moment"], T]) -> T:
        """What `ask` finds at this moment, looked up once for all facts that follow from it."""
        if ask not in self.known:
            self.known[ask] = ask(self)
        found: T = self.known[ask]
        return found

    @property
    def jurisdiction(self) -> Jurisdiction:
        jurisdiction: Jurisdiction = self.subject.jurisdiction
        return jurisdiction


@dataclass
class Act:
    """One act in progress: who, when, and what it has recorded so far."""

    actor: Actor
    now: datetime
    subject: Any
    step: Step
    events: list[tuple[Any, Event]] = field(default_factory=list)
    next_state: str = ""
    is_repeat: bool = False

    @property
    def jurisdiction(self) -> Jurisdiction:
        jurisdiction: Jurisdiction = self.subject.jurisdiction
        return jurisdiction

    def record(self, event: Event, *, on: Subject | None = None) -> None:
        """Record what happened, on the subject of the command or on another one it has just made."""
        self.events.append((on or self.subject, event))

    def repeat(self) -> None:
        """The very same act was performed before: its result is given again and nothing is recorded."""
        self.is_repeat = True

    def move(self, state: str) -> None:
        """Choose the next state among those the step allows."""
        if state not in self.step.to:
            raise ValueError(f"{self.step.command} cannot lead to {state}")
        self.next_state = state


@dataclass(frozen=True)
class Command:
    """A registered command. name: "<stage>.<function>", used by procedures, the journal, pages and the API."""

    name: str
    on: Any
    input: type[BaseModel]
    body: Callable[..., Any]

    @property
    def stage(self) -> str:
        return self.name.partition(".")[0]

    @property
    def verb(self) -> str:
        return self.name.partition(".")[2]

    @property
    def title(self) -> str:
        """The first line of the docstring: what the page and the API call it."""
        return (self.body.__doc__ or self.name).strip().splitlines()[0].rstrip(".")


commands: dict[str, Command] = {}
_providers: dict[str, Callable[[Moment], Any]] = {}
_projectors: list[Callable[[dict[str, Any]], tuple[str, str]]] = []


def command(*, on: Any, input: type[BaseModel]) -> Callable[[Callable[..., Any]], Command]:
    """Register the function as a command of its stage; `body(act, subject, data)` returns the result."""

    def wrap(body: Callable[..., Any]) -> Command:
        stage = body.__module__.split(".")[2]
        name = f"{stage}.{body.__name__}"
        commands[name] = Command(name, on, input, body)
        return commands[name]

    return wrap


def provides(fact: Fact[T]) -> Callable[[Callable[[Moment], T]], Callable[[Moment], T]]:
    """The function answers `fact` for a moment; one provider a fact."""

    def wrap(provider: Callable[[Moment], T]) -> Callable[[Moment], T]:
        _providers[fact.name] = provider
        return provider

    return wrap


def project_with(projector: Callable[[dict[str, Any]], tuple[str, str]]) -> None:
    """Hand every release to `projector`, inside the act's transaction; it returns (release id, sha256)."""
    _projectors[:] = [projector]


def facts_of(subject: Subject, actor: Actor, now: datetime) -> Facts:
    moment = Moment(subject, actor, now)
    periods = subject.periods_held()
    state = procedure.get(subject.procedure_key).state_at(subject.state, periods, now)
    return Facts(
        now=now,
        state=state,
        roles=subject.roles_of(actor),
        periods=periods,
        ask=lambda name: _providers[name](moment),
    )


def refusals(cmd: Command, actor: Actor, subject: Subject, *, now: datetime) -> tuple[Reason, ...]:
    """Every reason why `actor` may not perform `cmd` on `subject` now; pages, API and `perform()` ask the same."""
    return procedure.get(subject.procedure_key).refusals(cmd.name, facts_of(subject, actor, now))


def perform(cmd: Command, actor: Actor, key: str, data: BaseModel, *, now: datetime | None = None) -> Any:
    """Perform `cmd` on the subject with the public identifier `key`; returns what the command returns.

    now: when the request had arrived in full; stamped here, before any lock queue, when not given.

    Raises:
        Refused: the procedure or the command's own rules do not allow it now; nothing was written.
        NoSuchSubject: no such process or organisation.
    """
    moment = now or timezone.now()
    refuse_any(*unwritable(data), *unreal(data))
    with transaction.atomic(durable=True):
        subject = locked(cmd.on, key)
        facts = facts_of(subject, actor, moment)
        if not subject.is_visible_to(facts.roles):
            raise NoSuchSubject(key)
        step = procedure.get(subject.procedure_key).check(cmd.name, facts)
        act = Act(actor, moment, subject, step, next_state=step.to[0] if len(step.to) == 1 else "")
        result = cmd.body(act, subject, data)
        if act.is_repeat:
            return result
        if not act.events:
            raise NothingRecorded(cmd.name)
        keep(act, facts)
        store.append([record(act, cmd, on, event) for on, event in act.events])
    return result


def subjects(model: type[models.Model]) -> models.QuerySet[Any]:
    """All rows of a subject's model, each with what every act asks for."""
    joined: tuple[str, ...] = model.joined  # type: ignore[attr-defined]
    rows = model._default_manager.all()
    return rows.select_related(*joined) if joined else rows


def locked(model: type[models.Model], key: str) -> Any:
    """The row with this public identifier, locked to the end of the transaction."""
    field_name = model.public_key  # type: ignore[attr-defined]
    try:
        return subjects(model).select_for_update(of=("self",)).get(**{field_name: key})
    except model.DoesNotExist as missing:  # type: ignore[attr-defined]
        raise NoSuchSubject(key) from missing


def keep(act: Act, facts: Facts) -> None:
    """Write down the state: the one chosen, else the one that time has made."""
    state = act.next_state or facts.state
    if state != act.subject.state:
        act.subject.state = state
        act.subject.save(update_fields=["state"])


def record(act: Act, cmd: Command, subject: Subject, event: Event) -> store.Leaf:
    """Publish or hide one event, write it into the journal, and return its leaf."""
    if isinstance(event, PublicEvent):
        release_id, digest = publish(act, subject, event)
        journal(act, cmd, subject, event, ref=release_id)
        body = {"id": release_id, "ocid": subject.key, "sha256": digest, "url": f"/api/ocds/releases/{release_id}.json"}
        return store.Leaf("ocds.release/v1", body, ref=release_id)
    if isinstance(event, LeafEvent):
        return store.Leaf(event.kind, event.body(), ref=journal(act, cmd, subject, event, ref="").ref)
    assert isinstance(event, BlindEvent)
    hidden = {**event.preimage(), "act": event.name, "subject": subject.key, "salt": secrets.token_hex(16)}
    commitment = sha256(rfc8785.dumps(hidden)).hexdigest()
    entry = journal(act, cmd, subject, event, ref="", preimage=hidden, commitment=commitment)
    return store.Leaf(event.kind, {"c": commitment}, ref=entry.ref)


def publish(act: Act, subject: Subject, event: PublicEvent) -> tuple[str, str]:
    """Build the OCDS release of a public event and project it into the public record."""
    subject.sequence += 1
    subject.released_at = release_time(act.now, subject.released_at)
    subject.save(update_fields=["sequence", "released_at"])
    release = {
        "ocid": subject.key,
        "id": f"{subject.key}-{subject.sequence:05d}",
        "date": timestamp(subject.released_at),
        "tag": list(event.tag),
        "initiationType": "tender",
        "language": subject.language,
        "act": {"name": event.name, "says": event.says, "words": event.words()},
        **event.fragment(),
    }
    (projector,) = _projectors
    return projector(release)


def release_time(now: datetime, last: datetime | None) -> datetime:
    """Releases of a process are dated in the order they were made (to the millisecond), though clocks differ."""
    stamped = now.replace(microsecond=now.microsecond // 1000 * 1000)
    return stamped if last is None or stamped > last else last + timedelta(milliseconds=1)


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds: 2026-03-01T09:00:00.000Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def journal(
    act: Act,
    cmd: Command,
    subject: Subject,
    event: Event,
    *,
    ref: str,
    preimage: dict[str, Any] | None = None,
    commitment: str = "",
) -> ActRecord:
    entry = ActRecord(
        subject=subject.key,
        command=cmd.name,
        event=event.name,
        actor=act.actor.id,
        organisation=act.actor.organisation,
        at=act.now,
        preimage=preimage,
        commitment=commitment,
    )
    entry.ref = ref or str(entry.id)
    entry.save(force_insert=True)
    return entry

"""What a person's desk shows: the processes they work on, the organisations they act for, the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tenderwell.core import procedure
from tenderwell.core.command import Actor, Command, commands, timestamp
from tenderwell.core.models import ActRecord
from tenderwell.core.procedure import Procedure, Step
from tenderwell.public.ocds import merge_into
from tenderwell.public.record import reading
from tenderwell.ui import parts
from tenderwell.ui.templatetags.ui import days_left, moment
from tenderwell.workroom.bidding.queries import BID_EVENTS, are_bids_opened
from tenderwell.workroom.desk.words import period_name, role_names, state_tag
from tenderwell.workroom.planning.notices import plan_notice
from tenderwell.workroom.process.models import Process, TeamMember
from tenderwell.workroom.process.queries import state_at
from tenderwell.workroom.tendering.notices import draft_notice

OUTSIDE = frozenset({"person", "tenderer", "supplier", "reviewer"})  # roles that see nothing before it is published


@dataclass(frozen=True)
class Row:
    """A process in a list, with the state in force now, the person's roles, the step that moves it on, what ends next.

    next_step: only by state and role; the process's own page says whether something stands in the way.
    """

    process: Process
    state: str
    roles: tuple[str, ...]
    next_step: Command | None
    next_end: tuple[datetime, str] | None

    @property
    def is_over(self) -> bool:
        return self.state in procedure.get(self.process.procedure_key).final

    def card(self, now: datetime) -> parts.Card:
        facts = [parts.Fact(_("Your roles"), role_names(self.roles))] if self.roles else []
        if self.next_step:
            facts.append(parts.Fact(_("Next step for you"), _(self.next_step.title)))
        if self.next_end:
            facts.append(
                parts.Fact(period_name(self.next_end[1]), moment(self.next_end[0]), days_left(self.next_end[0], now))
            )
        url, line = reverse("desk:process", args=(self.process.ocid,)), self.process.ocid
        return parts.Card(self.process.title, url=url, tags=[state_tag(self.state)], line=line, facts=facts)


def my_processes(actor: Actor, *, now: datetime) -> list[Row]:
    """Every process that concerns the person, newest first, what is over last; two queries whatever their number."""
    found = Process.objects.filter(pk__in=Process.objects.filter(concerning(actor)).values("pk"))
    team = TeamMember.objects.filter(person_id=actor.id, until=None)
    ordered = found.select_related("buyer").prefetch_related(Prefetch("team", team)).order_by("-begun_at")
    rows = [row(each, actor, now) for each in ordered]
    return sorted(rows, key=lambda each: each.is_over)


def concerning(actor: Actor) -> Q:
    """On the team; bid for or supplied by the organisation; with a complaint for whoever decides complaints."""
    found = Q(team__person_id=actor.id, team__until=None)
    if "bidder" in actor.roles:
        found |= Q(sealed_bids__bidder__identifier=actor.organisation) | Q(supplier_ids__contains=[actor.organisation])
    if "reviewer" in actor.roles:
        found |= Q(complaints__status="pending")
    return found


def row(process: Process, actor: Actor, now: datetime) -> Row:
    state = state_at(process, now)
    roles = {each.role for each in process.team.all()} | process.outside_roles(actor) - {"person"}
    return Row(process, state, tuple(sorted(roles)), next_step(process, state, roles), next_end(process, now))


def next_step(process: Process, state: str, roles: set[str]) -> Command | None:
    """The step by which somebody with these roles moves the process on; ending it early does not count."""
    law = procedure.get(process.procedure_key)
    moving = (step for step in law.steps if state in step.from_ and set(step.by) & roles and forward(law, step, state))
    return next((commands[step.command] for step in moving), None)


def forward(law: Procedure, step: Step, state: str) -> bool:
    at = law.states.index
    return any(at(to) > at(state) and to not in ("cancelled", "unsuccessful") for to in step.to)


def next_end(process: Process, now: datetime) -> tuple[datetime, str] | None:
    """When the running period that ends first ends, and its name; None when none runs."""
    running = [(held.end, name) for name, held in process.periods_held().items() if held.end > now]
    return min(running, default=None)


def compiled_record(ocid: str) -> Mapping[str, Any]:
    """The public record of a process; empty before its first release."""
    found = reading.record_of(ocid)
    return found.compiled if found else {}


def known_record(process: Process, roles: frozenset[str], *, now: datetime) -> Mapping[str, Any]:
    """What a person knows of a process: the public record; for the team also the draft of what is published next."""
    compiled = dict(compiled_record(process.ocid))
    state = state_at(process, now)
    if state not in ("planning", "planned") or not roles - OUTSIDE:
        return compiled
    drafts = [draft_notice(process, now=now)]
    if state == "planning":
        drafts.insert(0, plan_notice(process))
    for draft in drafts:
        compiled = merge_into(compiled, {"ocid": process.ocid, "date": timestamp(now), **draft})
    return compiled


def happenings(ocid: str, *, limit: int) -> list[parts.Happening]:
    """The latest acts as the page's history; only the command's name, never what is still blind."""
    rows = journal_of(ocid).values_list("at", "command")[:limit]
    return [parts.Happening(at, _(commands[command].title) if command in commands else command) for at, command in rows]


def journal_of(ocid: str) -> QuerySet[ActRecord]:
    """Every act on the process, newest first; those on sealed bids only once the bids are opened."""
    rows = ActRecord.objects.filter(subject=ocid).order_by("-at", "-pk")
    return rows if are_bids_opened(ocid) else rows.exclude(event__in=BID_EVENTS)

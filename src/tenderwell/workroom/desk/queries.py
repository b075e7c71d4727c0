"""What a person's desk shows: the processes they work on, the organisations they act for, the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tenderwell.core import procedure
from tenderwell.core.command import Actor, Command, commands, timestamp
from tenderwell.core.models import ActRecord
from tenderwell.public.ocds import merge_into
from tenderwell.public.record import reading
from tenderwell.ui import parts
from tenderwell.ui.templatetags.ui import days_left, moment
from tenderwell.workroom.bidding.models import MemberKey
from tenderwell.workroom.bidding.queries import BID_EVENTS, are_bids_opened
from tenderwell.workroom.delivery.models import Change, Contract, Invoice, Milestone
from tenderwell.workroom.desk.moving import awaited, part_of, pressing_steps
from tenderwell.workroom.desk.words import period_name, role_names, state_tag
from tenderwell.workroom.engagement.models import Comment
from tenderwell.workroom.planning.notices import plan_notice
from tenderwell.workroom.process.models import STILL_THERE, Declaration, Process, TeamMember
from tenderwell.workroom.process.queries import state_at
from tenderwell.workroom.tendering.models import Enquiry
from tenderwell.workroom.tendering.notices import draft_notice

OUTSIDE = frozenset({"person", "tenderer", "supplier", "reviewer"})  # roles that see nothing before it is published


@dataclass(frozen=True)
class Row:
    """A process in a list, with the state in force now, the person's roles, their part in it, what ends next.

    part: only by state and role; its own page says whether it is done already or something stands in the way.
    waits_for: when it is somebody else's turn, the step and whose it is.
    """

    process: Process
    state: str
    roles: tuple[str, ...]
    part: Command | None
    waits_for: tuple[Command, tuple[str, ...]] | None
    next_end: tuple[datetime, str] | None

    @property
    def is_over(self) -> bool:
        return self.state in procedure.get(self.process.procedure_key).final

    def card(self, now: datetime) -> parts.Card:
        facts = [parts.Fact(_("Your roles"), role_names(self.roles))] if self.roles else []
        if self.part:
            facts.append(parts.Fact(_("Next step for you"), self.link(self.part)))
        elif self.waits_for:
            step, by = self.waits_for
            facts.append(parts.Fact(_("Waits for"), _(step.title), f"({role_names(by)})"))
        if self.next_end:
            ends, name = self.next_end
            facts.append(parts.Fact(period_name(name), moment(ends), f"({days_left(ends, now)})"))
        url, line = reverse("desk:process", args=(self.process.ocid,)), self.process.ocid
        return parts.Card(self.process.title, url=url, tags=[state_tag(self.state)], line=line, facts=facts)

    def link(self, step: Command) -> SafeString:
        """Straight to the task."""
        url = reverse("desk:command", args=(self.process.ocid, step.stage, step.verb))
        return format_html('<a class="govuk-link" href="{}">{}</a>', url, _(step.title))


def my_processes(actor: Actor, *, now: datetime) -> list[Row]:
    """Every process that concerns the person, newest first, what is over last; two queries whatever their number."""
    found = Process.objects.filter(pk__in=Process.objects.filter(concerning(actor)).values("pk"))
    team = TeamMember.objects.filter(person_id=actor.id, until=None).filter(STILL_THERE)
    ordered = with_waiting(found, actor.id).select_related("buyer").prefetch_related(Prefetch("team", team))
    rows = [row(each, actor, now) for each in ordered.order_by("-begun_at")]
    return sorted(rows, key=lambda each: each.is_over)


def with_waiting(found: QuerySet[Process], person: str) -> QuerySet[Process]:
    """Each process with what `waiting` and `settled` read of this person, of what waits for an answer, of contracts."""
    here = {"process": OuterRef("pk")}
    drafts = Contract.objects.filter(**here, status="pending").exclude(award__status="cancelled")
    within = {"contract__process": OuterRef("pk"), "contract__status": "active"}
    invoices = Invoice.objects.filter(**within, paid_at=None)
    milestones = Milestone.objects.filter(**within, met_at=None)
    changes = Change.objects.filter(**within, approved_at=None, rejected_at=None)
    return found.annotate(
        has_draft=Exists(drafts),
        has_buyer_to_sign=Exists(drafts.filter(buyer_signed_at=None)),
        has_supplier_to_sign=Exists(drafts.filter(supplier_signed_at=None)),
        has_declared=Exists(Declaration.objects.filter(**here, person_id=person)),
        has_key=Exists(MemberKey.objects.filter(**here, person_id=person, replaced_at=None)),
        has_question=Exists(Enquiry.objects.filter(**here, answered_at=None)),
        has_comment=Exists(Comment.objects.filter(notice__process=OuterRef("pk"), answered_at=None)),
        has_invoice=Exists(invoices.filter(accepted_at=None, disputed_reason="")),
        has_work=Exists(invoices.filter(disputed_reason="")) | Exists(milestones) | Exists(changes),
    )


def waiting(process: Any) -> set[str]:
    """The commands that wait in a process of `with_waiting`, whoever may perform them."""
    found = {
        "process.declare_interest": not process.has_declared,
        "bidding.register_member_key": not process.has_key,
        "engagement.answer_comment": process.has_comment,
        "tendering.answer_question": process.has_question,
        "delivery.accept_invoice": process.has_invoice,
    }
    return {command for command, is_waiting in found.items() if is_waiting}


def settled(process: Any) -> set[str]:
    """Of the steps to a contract and its end in a process of `with_waiting`, those done or not to be done yet."""
    found = {
        "delivery.draft_contract": process.has_draft,
        "delivery.sign_for_buyer": not process.has_buyer_to_sign,
        "delivery.sign_for_supplier": not process.has_supplier_to_sign,
        "delivery.close_contract": process.has_work,
    }
    return {command for command, is_settled in found.items() if is_settled}


def with_waiting_in(process: Process, person: str) -> Any:
    return with_waiting(Process.objects.filter(pk=process.pk), person).get()


def concerning(actor: Actor) -> Q:
    """On the team; bid for or supplied by the organisation; with a complaint for whoever decides complaints."""
    held = TeamMember.objects.filter(person_id=actor.id, until=None).filter(STILL_THERE)
    found = Q(pk__in=held.values("process"))
    if "bidder" in actor.roles:
        found |= Q(sealed_bids__bidder__identifier=actor.organisation) | Q(supplier_ids__contains=[actor.organisation])
    if "reviewer" in actor.roles:
        found |= Q(complaints__status="pending")
    return found


def row(process: Process, actor: Actor, now: datetime) -> Row:
    state = state_at(process, now)
    roles = {each.role for each in process.team.all()} | process.outside_roles(actor) - {"person"}
    first = pressing_steps(process.procedure_key, state, roles, waiting(process))
    done = settled(process)
    part = first[0] if first else part_of(process.procedure_key, state, roles, done)
    waits_for = None if part else awaited(process.procedure_key, state, done)
    is_over = state in procedure.get(process.procedure_key).final
    return Row(process, state, tuple(sorted(roles)), part, waits_for, None if is_over else next_end(process, now))


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

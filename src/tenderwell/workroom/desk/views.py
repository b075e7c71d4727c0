"""The desk's pages: home, one process, one organisation, the journal."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from tenderwell.core import procedure
from tenderwell.core.command import Actor, Command, commands
from tenderwell.core.fields import Place
from tenderwell.core.web import actor_of, command_page, possible_steps
from tenderwell.public.playbook.steps import STEPS, GuidelineStep
from tenderwell.ui import parts
from tenderwell.workroom.awarding.queries import without_award
from tenderwell.workroom.bidding.queries import are_bids_opened
from tenderwell.workroom.desk import queries
from tenderwell.workroom.desk.moving import awaited
from tenderwell.workroom.desk.tasks import Chance, GuidelineTask, TaskList, chance_of, task_list
from tenderwell.workroom.desk.words import period_name, role_name, role_names, state_tag
from tenderwell.workroom.evaluation.queries import reading_reasons
from tenderwell.workroom.parties.identity import CHOSEN, memberships_of
from tenderwell.workroom.parties.models import Installation, Organisation
from tenderwell.workroom.parties.queries import here
from tenderwell.workroom.planning.views import READERS as PLAN_READERS
from tenderwell.workroom.process.commands import begin_process
from tenderwell.workroom.process.models import Process, TeamMember
from tenderwell.workroom.process.queries import state_at

JOURNAL_PAGE = 50
LETTER_READERS = frozenset({"lead", "approver", "auditor", "reviewer"})
TO_OPEN = ("closed", "prices")  # states in which the committee opens bids or price envelopes
READ_FIRST = {  # command -> what it puts before the public, and where to read it
    "planning.publish_plan": (gettext_noop("Read the plan on one page"), "planning:overview"),
    "planning.approve_route": (gettext_noop("Read the plan on one page"), "planning:overview"),
    "tendering.publish_tender": (gettext_noop("Read the notice as everybody will see it"), "tendering:preview"),
}
JOURNAL_READERS = frozenset({"lead", "approver", "auditor", "contract_manager"})


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person, in one list."""
    actor, now = actor_of(request), timezone.now()
    memberships = memberships_of(actor.id)
    own = next((each.organisation for each in memberships if each.organisation.identifier == actor.organisation), None)
    found = chances(own, actor, now) if own else []
    installation = here()
    shown = {
        **on_the_desk(queries.my_processes(actor, now=now), now),
        "is_bidder": "bidder" in actor.roles,
        "memberships": memberships,
        "organisation": own,
        "own_chances": [chance for chance in found if chance.command is not begin_process],
        "may_begin": any(chance.command is begin_process for chance in found),
        "here": installation,
        "here_chances": chances(installation, actor, now),
        "section": "desk",
    }
    return render(request, "desk/home.html", shown)


def on_the_desk(rows: list[queries.Row], now: datetime) -> dict[str, list[parts.Card]]:
    """What waits for this person, what waits for others, what is over."""
    return {
        "todo": [each.card(now) for each in rows if each.part and not each.is_over],
        "waiting": [each.card(now) for each in rows if not each.part and not each.is_over],
        "over": [each.card(now) for each in rows if each.is_over],
    }


def chances(subject: Organisation | Installation, actor: Actor, now: datetime) -> list[Chance]:
    """What this person may do for an organisation or the installation at once."""
    found = possible_steps(subject, actor, now=now)
    place = Place(subject, actor)
    made = [chance_of(command, reasons, place) for command, reasons in found if command.on is type(subject)]
    return [chance for chance in made if chance.may]


@require_POST
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Act for another of one's organisations."""
    wanted = request.POST.get("organisation", "")
    if wanted not in {each.organisation.identifier for each in memberships_of(actor_of(request).id)}:
        raise Http404(wanted)
    request.session[CHOSEN] = wanted
    return redirect("desk:home")


def visible_process(ocid: str, actor: Actor) -> Process:
    process = Process.objects.select_related("buyer").filter(ocid=ocid).first()
    if process is None or not process.is_visible_to(process.roles_of(actor)):
        raise Http404(ocid)
    return process


@login_required
def process_page(request: HttpRequest, ocid: str) -> HttpResponse:
    """One process as a task list of the guideline's steps."""
    actor, now = actor_of(request), timezone.now()
    process = visible_process(ocid, actor)
    roles = process.roles_of(actor)
    tasks = task_list(process, actor, queries.known_record(process, roles, now=now), now=now)
    shown = {
        "process": process,
        "state": state_tag(state_at(process, now)),
        "roles": role_names(sorted(roles - {"person"})),
        "tasks": tasks,
        "groups": tasks.groups(ocid),
        "moving": [(chance, chance.blockers(ocid)) for chance in tasks.moving],
        "waits_for": None if tasks.moving else waits_for(process, actor, now),
        "is_lead": "lead" in roles,
        "is_public": process.sequence > 0,
        "own_rooms": own_rooms(process, actor, state_at(process, now), now=now),
        "rooms": rooms(process, actor, now=now),
        "history": queries.happenings(ocid, limit=8),
        "is_inside": is_inside(roles),
        "may_read_journal": bool(roles & JOURNAL_READERS),
        "team": [(each.person, role_name(each.role)) for each in team_of(process)],
        "next_end": ending(process, now),
        "now": now,
        "section": "desk",
    }
    return render(request, "desk/process.html", shown)


def team_of(process: Process) -> QuerySet[TeamMember]:
    return process.team.filter(until=None).select_related("person").order_by("since")


def waits_for(process: Process, actor: Actor, now: datetime) -> str:
    """Whose turn it is and for what; "" when time or nobody moves the process on."""
    done = queries.settled(queries.with_waiting_in(process, actor.id))
    found = awaited(process.procedure_key, state_at(process, now), done)
    return f"{_(found[0].title)} ({role_names(found[1])})" if found else ""


def is_inside(roles: frozenset[str]) -> bool:
    """Whether the person works on the process; a bidder sees neither names nor what the team does."""
    return bool(roles - {"person", "tenderer", "supplier"})


def own_rooms(process: Process, actor: Actor, state: str, *, now: datetime) -> list[parts.Link]:
    """Where a bidder, a committee member and an evaluator do their part, step by step."""
    roles, found = process.roles_of(actor), list[tuple[str, str]]()
    if "tenderer" in roles:
        found.append((_("Your bid, step by step"), "bidding:home"))
    if "committee" in roles and state in TO_OPEN:
        found.append((_("Open the bids"), "bidding:committee"))
    if "evaluator" in roles and may_read_bids(process, actor, now=now):
        found.append((_("Read the bids"), "evaluation:bids"))
    return [parts.Link(text, reverse(name, args=(process.ocid,))) for text, name in found]


def may_read_bids(process: Process, actor: Actor, *, now: datetime) -> bool:
    """Whether the page of the bids would show them to this person: they are open, and nothing stands in the way."""
    return (
        are_bids_opened(process.ocid)
        and is_inside(process.roles_of(actor))
        and not reading_reasons(process, actor, now=now)
    )


def rooms(process: Process, actor: Actor, *, now: datetime) -> list[parts.Link]:
    """Where more of the process is: the plan, the opening committee, the bids once they are open, letters."""
    roles, found = process.roles_of(actor), list[tuple[str, str]]()
    if roles & PLAN_READERS:
        found.append((_("The plan on one page"), "planning:overview"))
    if "committee" in roles and state_at(process, now) not in TO_OPEN:
        found.append((_("The opening committee"), "bidding:committee"))
    if "evaluator" not in roles and may_read_bids(process, actor, now=now):
        found.append((_("Read the bids"), "evaluation:bids"))
    links = [parts.Link(text, reverse(name, args=(process.ocid,))) for text, name in found]
    return [*links, *letters(process, actor, roles)]


def letters(process: Process, actor: Actor, roles: frozenset[str]) -> list[parts.Link]:
    """Once it is decided: all letters for those who answer for them, a bidder's own for the bidder."""
    if not (process.awards.filter(status="active").exists() or without_award(process)):
        return []
    if roles & LETTER_READERS:
        return [parts.Link(_("Letters to the bidders"), reverse("awarding:letters", args=(process.ocid,)))]
    own = process.bids.filter(bidder__identifier=actor.organisation).values_list("code", flat=True)
    text = _("Your letter about the decision")
    return [parts.Link(text, reverse("awarding:letter", args=(process.ocid, code))) for code in own]


def ending(process: Process, now: datetime) -> tuple[datetime, str] | None:
    """When the period that ends first ends, and what ends then."""
    found = queries.next_end(process, now)
    return (found[0], period_name(found[1])) if found else None


def begin(request: HttpRequest, identifier: str) -> HttpResponse:
    """Begin a procurement, and go on where its tasks stand."""

    def done(process: Process) -> HttpResponse:
        messages.success(request, _("Your procurement has begun. Only its team sees it until the plan is published."))
        return redirect("desk:process", process.ocid)

    return command_page(request, begin_process, identifier, done=done)


def act(request: HttpRequest, key: str, stage: str, verb: str) -> HttpResponse:
    """The page of any command of a process, with what should be read before it is performed."""
    cmd = commands.get(f"{stage}.{verb}")
    if cmd is None:
        raise Http404(f"{stage}.{verb}")
    text, name = READ_FIRST.get(cmd.name, ("", ""))
    link = parts.Link(_(text), reverse(name, args=(key,))) if name else None
    is_bare = not cmd.input.model_fields
    return command_page(request, cmd, key, template="desk/act.html", context={"read_first": link, "is_bare": is_bare})


@login_required
def step_page(request: HttpRequest, ocid: str, number: str) -> HttpResponse:
    """One guideline step of one process: its aim, what was found, what is missing, what can be done."""
    actor, now = actor_of(request), timezone.now()
    process = visible_process(ocid, actor)
    tasks = task_list(process, actor, queries.known_record(process, process.roles_of(actor), now=now), now=now)
    step = tasks.step(number)
    if step is None:
        raise Http404(number)
    roles = process.roles_of(actor)
    shown = {
        "process": process,
        "step": step,
        "others": [(_(command.title), role_names(by)) for command, by in others_steps(process, step, roles)],
        "next_step": following(number),
        "rooms": rooms(process, actor, now=now),
        "section": "desk",
        "may_leave_out": may_leave_out(tasks, step),
    }
    return render(request, "desk/step.html", shown)


def others_steps(process: Process, step: GuidelineTask, roles: frozenset[str]) -> list[tuple[Command, tuple[str, ...]]]:
    """What the law of the process gives to other roles on this guideline step, for those inside."""
    law = procedure.get(process.procedure_key)
    named = set(step.standing.step.commands)
    found = (each for each in law.steps if each.command in named and not roles & set(each.by))
    return [(commands[each.command], each.by) for each in found] if is_inside(roles) else []


def following(number: str) -> GuidelineStep | None:
    """The guideline step after this one."""
    return next((later for each, later in zip(STEPS, STEPS[1:], strict=False) if each.id == number), None)


def may_leave_out(tasks: TaskList, step: GuidelineTask) -> bool:
    """Whether this person may say now, with a published reason, that the step does not apply."""
    names = {chance.command.name for chance in tasks.work_now}
    return "planning.mark_not_applicable" in names and step.state not in ("done", "skipped")


@login_required
def journal(request: HttpRequest, ocid: str) -> HttpResponse:
    """Everything that was done in a process, for its team and the auditor."""
    actor = actor_of(request)
    process = visible_process(ocid, actor)
    if not process.roles_of(actor) & JOURNAL_READERS:
        raise Http404(ocid)
    page = Paginator(queries.journal_of(ocid), JOURNAL_PAGE).get_page(request.GET.get("page"))
    acts = [(act, _(commands[act.command].title) if act.command in commands else act.command) for act in page]
    return render(request, "desk/journal.html", {"process": process, "page": page, "acts": acts, "section": "desk"})


@login_required
def organisation_page(request: HttpRequest, identifier: str) -> HttpResponse:
    """One of one's organisations: what can be done for it, its members, one's tokens."""
    actor = actor_of(request)
    membership = next((each for each in memberships_of(actor.id) if each.organisation.identifier == identifier), None)
    if membership is None:
        raise Http404(identifier)
    organisation: Organisation = membership.organisation
    shown = {
        "organisation": organisation,
        "chances": chances(organisation, actor, timezone.now()),
        "members": organisation.memberships.filter(until=None).select_related("person").order_by("since"),
        "tokens": membership.tokens.filter(revoked_at=None).order_by("-issued_at"),
        "section": "desk",
    }
    return render(request, "desk/organisation.html", shown)

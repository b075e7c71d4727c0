"""The edge to the web, the same for every command: who asks, the form or why not, the act, the answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from tenderwell.core import procedure
from tenderwell.core.command import NOBODY, Actor, Command, Moment, commands, facts_of, perform, subjects
from tenderwell.core.errors import NoSuchSubject, Reason, Refused
from tenderwell.core.fields import Place
from tenderwell.core.forms import CommandForm, told
from tenderwell.ui import parts
from tenderwell.ui.rows import changed_rows

_identify: list[Callable[[HttpRequest], Actor]] = []
_prefills: dict[str, Callable[[Moment], Mapping[str, Any]]] = {}


def identify_with(identify: Callable[[HttpRequest], Actor]) -> Callable[[HttpRequest], Actor]:
    """The one function that says who is behind a request; the stage `parties` gives it."""
    _identify[:] = [identify]
    return identify


def actor_of(request: HttpRequest) -> Actor:
    """Who asks: the signed-in person in the organisation chosen, else NOBODY. Asked once a request."""
    if not hasattr(request, "actor"):
        request.actor = _identify[0](request) if _identify else NOBODY  # type: ignore[attr-defined]
    return request.actor  # type: ignore[attr-defined,no-any-return]


def prefills(
    name: str,
) -> Callable[[Callable[[Moment], Mapping[str, Any]]], Callable[[Moment], Mapping[str, Any]]]:
    """The function gives what the form of the command `name` shows to begin with."""

    def wrap(start: Callable[[Moment], Mapping[str, Any]]) -> Callable[[Moment], Mapping[str, Any]]:
        _prefills[name] = start
        return start

    return wrap


def subject_of(cmd: Command, key: str) -> Any:
    """The process or organisation with this public identifier; 404 when there is none."""
    try:
        return subjects(cmd.on).get(**{cmd.on.public_key: key})
    except cmd.on.DoesNotExist as missing:
        raise Http404(key) from missing


@dataclass
class Attempt:
    """One visit to a command's page: the subject, the person, why it is refused, and the form."""

    request: HttpRequest
    cmd: Command
    subject: Any
    actor: Actor
    now: datetime
    reasons: tuple[Reason, ...]
    start: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_hidden(self) -> bool:
        return any(reason.code in ("wrong_role", "not_in_procedure") for reason in self.reasons)

    @property
    def shown_reasons(self) -> list[parts.Reason]:
        return [parts.Reason(told(reason), reason.source) for reason in self.reasons]

    @property
    def back(self) -> str:
        """Where the person came from."""
        return next_page(self.request)

    def form(self) -> CommandForm:
        moment = Moment(self.subject, self.actor, self.now)
        start = {**_prefills.get(self.cmd.name, nothing)(moment), **self.start, **self.asked_for()}
        place = Place(self.subject, self.actor)
        if self.request.method != "POST":
            return CommandForm(self.cmd.input, place, initial=start)
        sent, rows = self.request.POST, changed_rows(self.request.POST)
        return CommandForm(
            self.cmd.input, place, data=rows or sent, uploads=self.request.FILES, initial=start, is_sent=rows is None
        )

    def asked_for(self) -> dict[str, Any]:
        """What a link fills in: ?lot=2 for the input field `lot`."""
        given = self.request.GET.items()
        return {name: value for name, value in given if name in self.cmd.input.model_fields}


def nothing(moment: Moment) -> Mapping[str, Any]:
    return {}


def attempt(request: HttpRequest, cmd: Command, key: str) -> Attempt:
    """Raises Http404 for what this person cannot see; who is not signed in is asked to, where the step has a role."""
    now, actor, subject = timezone.now(), actor_of(request), subject_of(cmd, key)
    facts = facts_of(subject, actor, now)
    visit = Attempt(request, cmd, subject, actor, now, procedure.get(subject.procedure_key).refusals(cmd.name, facts))
    may_sign_in = actor == NOBODY and visit.is_hidden
    if not may_sign_in and not subject.is_visible_to(facts.roles):
        raise Http404(key)
    return visit


def command_page(
    request: HttpRequest,
    cmd: Command,
    key: str,
    *,
    template: str = "core/command.html",
    context: Mapping[str, Any] | None = None,
    done: Callable[[Any], HttpResponse] | None = None,
    way: Callable[..., Any] = perform,
    start: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The whole life of a command's page: draw the form or say why not, check, perform, say what happened.

    done: makes the answer from the command's result; else back to where the person came from.
    way: performs the command in a way of the stage's own, which ends in `perform()` all the same.
    start: what the form shows to begin with, before what `@prefills` gives.
    """
    visit = attempt(request, cmd, key)
    visit.start = start or {}
    if visit.is_hidden:
        return hidden(visit)
    form = visit.form()
    if request.method == "POST":
        answer = performed(visit, form, done, way=way)
        if answer:
            return answer
    status = 422 if form.problems else 200
    shown = {"attempt": visit, "form": form, "command": cmd, "subject": visit.subject, **(context or {})}
    return render(request, template, shown, status=status)


def hidden(visit: Attempt) -> HttpResponse:
    """Somebody else's step: sign in when nobody is, else say whose step it is."""
    if visit.actor == NOBODY:
        return redirect_to_login(visit.request.get_full_path())
    shown = {"command": visit.cmd, "subject": visit.subject, "attempt": visit}
    return render(visit.request, "core/refused.html", shown, status=403)


def performed(
    visit: Attempt, form: CommandForm, done: Callable[[Any], HttpResponse] | None, *, way: Callable[..., Any] = perform
) -> HttpResponse | None:
    """Perform the command with what was typed; None when the form has to be shown again."""
    if not form.is_sent or not form.is_valid():
        return None
    try:
        result = way(visit.cmd, visit.actor, visit.subject.key, form.input, now=visit.now)
    except Refused as refused:
        form.refuse(refused.reasons)
        return None
    if done:
        return done(result)
    messages.success(visit.request, gettext("Done: {what}.").format(what=gettext(visit.cmd.title)))
    return redirect(next_page(visit.request))


def next_page(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of ours; else the desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    path = request.path.rstrip("/")
    if "/installations/" in path:  # an installation has no page of its own
        return path.partition("installations/")[0]
    return path.rsplit("/", 2)[0] + "/" if path.count("/") > 2 else "/"


def any_command(request: HttpRequest, key: str, stage: str, verb: str) -> HttpResponse:
    """The page of any command of a process or organisation; a stage's own page, when it has one, comes first."""
    cmd = commands.get(f"{stage}.{verb}")
    if cmd is None:
        raise Http404(f"{stage}.{verb}")
    return command_page(request, cmd, key)


def possible_steps(subject: Any, actor: Actor, *, now: datetime) -> list[tuple[Command, tuple[Reason, ...]]]:
    """Every command of the procedure that is this person's to perform, with the reasons why it cannot be done now.

    Raises NoSuchSubject for what this person cannot see.
    """
    facts = facts_of(subject, actor, now)
    if not subject.is_visible_to(facts.roles):
        raise NoSuchSubject(subject.key)
    found = []
    law = procedure.get(subject.procedure_key)
    for step in law.steps:
        if "public" in step.by or facts.roles & set(step.by):
            found.append((commands[step.command], law.refusals(step.command, facts)))
    return found

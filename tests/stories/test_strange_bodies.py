"""Every command by both doors: no body breaks it, and a page refuses for the same reasons as the API does."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms import Form
from django.test import Client, TestCase
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel

from tenderwell.core import procedure
from tenderwell.core.command import Actor, Command, perform
from tenderwell.core.fields import Place
from tenderwell.core.forms import CommandForm
from tenderwell.ledger.sealing.canonical import encode
from tenderwell.ui.forms import problems
from tenderwell.workroom.api.offered import offered
from tenderwell.workroom.parties.commands import IssueToken, issue_token
from tenderwell.workroom.parties.models import Installation, Organisation, Person
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.queries import state_at
from tenderwell.workroom.process.tests.personas import CITY, NOW, personas
from tests.stories.doors import BACKEND, Posted, typed_into
from tests.stories.scenes import Scene, scenes
from tests.stories.strange import bodies, body_of

pytestmark = pytest.mark.timeout(900)
EACH = 8  # bodies for each command
ANSWERS = {201, 401, 404, 409, 413, 422}
NOT_OFFERED = "Choose one of those offered"  # a page knows that before it asks the rules
PEOPLE = ("ada", "abe", "ben", "dora", "gus", "bob", "elif_", "rita", "operator")
# Pages that take one file for what a program sends as a list.
LISTS = {"bidding.release_shares": "shares", "bidding.release_price_shares": "shares"}


@dataclass(frozen=True)
class Turn:
    """A command in the hands of somebody who may perform it."""

    command: Command
    subject: Any
    scene: Scene
    actor: Actor | None  # nobody has to sign in for it

    @property
    def tail(self) -> str:
        return f"{self.command.stage}/{self.command.verb}"

    @property
    def program(self) -> str:
        kinds = {Process: "processes", Organisation: "organisations", Installation: "installations"}
        return f"/api/v1/{kinds[self.command.on]}/{self.subject.key}/{self.tail}"

    @property
    def page(self) -> str:
        return "/en/desk/" + self.program.removeprefix("/api/v1/").removeprefix("processes/") + "/"


class EveryCommand(TestCase):
    """One process for each stage, and a program for everybody who acts in them."""

    places: ClassVar[dict[str, Scene]]
    tokens: ClassVar[dict[Actor, str]]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.places = scenes()
        cls.tokens = {actor: token_of(actor) for actor in (getattr(personas(), name) for name in PEOPLE)}

    def turns(self, command: Command) -> Iterator[Turn]:
        """Where the command's time has come, with somebody whose step it is."""
        if command.on is not Process:
            subject = command.on.objects.get(**{command.on.public_key: CITY if command.on is Organisation else "here"})
            may = [each for each in self.tokens if command.name != "parties.register_organisation" or is_operator(each)]
            yield Turn(command, subject, Scene(self.places["draft"].process, NOW), may[0])
            return
        for scene in self.places.values():
            step = procedure.get(scene.process.procedure_key).step(command.name)
            if step and state_at(scene.process, scene.now) in step.from_:
                may = [each for each in self.tokens if scene.process.roles_of(each) & set(step.by)]
                if may or ("public" in step.by and scene.process.sequence):
                    yield Turn(command, scene.process, scene, may[0] if may else None)

    def send(self, turn: Turn, body: dict[str, Any]) -> Any:
        """By a program; each body meets the same state."""
        client = Client(headers={"Authorization": f"Bearer {self.tokens[turn.actor]}"} if turn.actor else {})
        return taken_back(turn, lambda: client.post(turn.program, json.dumps(body), content_type="application/json"))

    def type_in(self, turn: Turn, answers: Posted) -> Any:
        """By hand."""
        client = Client()

        def post() -> Any:
            if turn.actor:
                client.force_login(Person.objects.get(pk=turn.actor.id), BACKEND)
            return client.post(turn.page, answers)

        return taken_back(turn, post)

    def test_no_body_breaks_a_command(self) -> None:
        tried = set()
        for command, _show in offered():
            for turn in self.turns(command):
                send_many(turn, self.send)
                tried.add(command.name)
        assert {command.name for command, _ in offered()} - tried == set()

    def test_a_page_and_a_program_are_refused_for_the_same_reasons(self) -> None:
        found: list[object] = []
        for command, turn in self.first_turns():
            form = CommandForm(command.input, Place(turn.subject, turn.actor))
            data = command.input.model_validate(body_of(command.input, form))
            told = self.send(turn, data.model_dump(mode="json"))
            page = self.type_in(turn, as_file(command, data) or typed_into(form, data))
            found += unlike(command, told, page)
        tell(found)

    def test_what_is_left_out_is_asked_for_by_both(self) -> None:
        found: list[object] = []
        for command, turn in self.first_turns():
            wanted = {each["field"] for each in self.send(turn, {}).json().get("reasons", ()) if is_missing(each)}
            wanted -= boxes(command)
            asked = blamed(self.type_in(turn, {})) if wanted else set()
            found += [(command.name, wanted - asked)] if wanted - asked else []
        tell(found)

    def first_turns(self) -> Iterator[tuple[Command, Turn]]:
        for command, _show in offered():
            yield command, next(self.turns(command))


def as_file(command: Command, data: BaseModel) -> dict[str, Any]:
    """What the page takes as one file; nothing for a page with a form."""
    name = LISTS.get(command.name, "")
    rows = [row.model_dump(mode="json") for row in getattr(data, name, ())]
    return {name: SimpleUploadedFile(f"{name}.json", encode(rows))} if name else {}


def tell(found: Sequence[object]) -> None:
    """Fail with everything that was found."""
    if found:
        pytest.fail("\n".join(map(str, found)), pytrace=False)


def is_operator(actor: Actor) -> bool:
    return "operator" in actor.roles


def token_of(actor: Actor) -> str:
    secret: str = perform(issue_token, actor, actor.organisation, IssueToken(label="Program"), now=NOW).secret
    return secret


def taken_back(turn: Turn, act: Callable[[], Any]) -> Any:
    """At the time of the scene; each try meets the same state."""
    before = transaction.savepoint()
    with patch("django.utils.timezone.now", lambda: turn.scene.now):
        answer = act()
    transaction.savepoint_rollback(before)
    transaction.savepoint_commit(before)  # forgets it: PostgreSQL walks through all open ones for every row it looks at
    return answer


def send_many(turn: Turn, post: Callable[[Turn, dict[str, Any]], Any]) -> None:
    @settings(max_examples=EACH, suppress_health_check=list(HealthCheck), database=None)
    @given(body=bodies(turn.command.input))
    def send(body: dict[str, Any]) -> None:
        answer = post(turn, body)
        assert answer.status_code in ANSWERS, (turn.command.name, body, answer.content)
        if answer.status_code == 409:
            assert all("{" not in reason["text"].replace("{count}", "") for reason in answer.json()["reasons"])

    send()


def unlike(command: Command, told: Any, page: Any) -> Iterator[tuple[str, object, object]]:
    """What the program was told and the person was not, or the other way round."""
    if told.status_code == 201:
        if page.status_code not in (200, 302) or (page.context and blamed(page)):
            yield command.name, "done by the program", problems_on(page)
        return
    problems = problems_on(page)
    for each in told.json().get("reasons", ()):
        is_told = any(text.endswith(each["text"]) for text in problems)
        if not is_told and not any(text.endswith(NOT_OFFERED) for text in problems):
            yield command.name, each["text"], problems


def is_missing(reason: dict[str, str]) -> bool:
    return reason["code"] == "missing"


def boxes(command: Command) -> set[str]:
    """A box that is not ticked says no; a program has to say it."""
    return {name for name, info in command.input.model_fields.items() if info.annotation is bool}


def problems_on(page: Any) -> set[str]:
    """The reasons in the error summary, and those why it cannot be done now."""
    shown = page.context
    if shown and "why_not" in shown:  # the page that takes one file for a list
        return {str(each.text) for each in (*shown["why_not"], *problems(shown["form"]))}
    if shown is None or "attempt" not in shown:
        return {f"no form, {page.status_code}"}
    why_not = {str(each.text) for each in shown["attempt"].shown_reasons}
    return why_not or {str(each.text) for each in shown["form"].problems}


def blamed(page: Any) -> set[str]:
    """The fields with a message beside them."""
    if page.context is None or "form" not in page.context:
        return {f"no form, {page.status_code}"}
    form = page.context["form"]
    if isinstance(form, Form):
        return set(form.errors)
    rows = {name for name, group in form.groups.items() if any(group.errors) or group.non_form_errors()}
    if "__all__" in form.fields.errors:  # a list without a first row has no field to stand beside
        rows |= set(form.groups)
    return (set(form.fields.errors) | rows) - {"__all__"}

"""Every address of the workroom and the API, tried by everybody in processes that exist: who gets in, and who does not.

What each person is stands in `people.ROLES`, who may read a page in `doors`; both are written by hand.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.test import Client, TestCase
from django.urls import get_resolver, resolve

from tenderwell.core import procedure
from tenderwell.core.command import Command, commands
from tenderwell.core.procedure import Step
from tenderwell.ledger.models import Entry
from tenderwell.workroom.api.offered import offered
from tenderwell.workroom.parties.models import Organisation, Person
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.queries import state_at
from tenderwell.workroom.process.tests.personas import CITY, email
from tests.conventions.doors import EVERYBODY, PERSONAL, doors
from tests.conventions.people import BACKEND, OUTSIDERS, ROLES, World, clock, world
from tests.conventions.test_machinery import routes
from tests.stories.scenes import Scene
from tests.stories.strange import body_of

pytestmark = pytest.mark.timeout(600)
OFFERED = {command for command, _ in offered()}
FORM = "application/x-www-form-urlencoded"
NOT_YOURS = {"wrong_role", "not_in_procedure"}
IN_HOUSES = {  # what somebody who is no operator and no administrator may do for the installation and for the city
    "parties.register_supplier": EVERYBODY,
    "parties.issue_token": frozenset({"rex", "dora", "hugo", "olga"}),
    "parties.revoke_token": frozenset({"rex", "dora", "hugo", "olga"}),
}


@dataclass
class Round:
    """One person's way from address to address, and what was wrong on it."""

    town: World
    name: str
    wrong: list[str] = field(default_factory=list)
    windows: dict[datetime | None, Client] = field(default_factory=dict)

    def window(self, now: datetime, *, is_program: bool) -> Client:
        """A browser with the person signed in; sessions end, so each time has its own. Programs share one without."""
        at = None if is_program else now
        if at not in self.windows:
            client = self.windows[at] = Client(raise_request_exception=False)
            if at and self.name != "nobody":
                client.force_login(Person.objects.get(email=email(self.name)), BACKEND)
        return self.windows[at]

    def ask(self, scene: Scene, method: str, path: str, body: bytes = b"", *, kind: str = FORM) -> Any:
        """Send it as this person, look for other people's secrets in the answer, take back what it did."""
        is_program = path.startswith("/api/")
        with clock(scene.now):
            browser = self.window(scene.now, is_program=is_program)
            before = transaction.savepoint()
            headers = self.town.header(self.name) if is_program else {}
            answer = browser.generic(method, path, body, kind, headers=headers)
        self.wrong += [f"{method} {path} tells: {text}" for text in self.town.told_too_much(self.name, read(answer))]
        transaction.savepoint_rollback(before)
        transaction.savepoint_commit(before)  # forgets it: PostgreSQL walks through all open ones for every row
        return answer

    def expect(self, answer: Any, where: str, *, welcome: bool) -> None:
        if answer.status_code >= 500:
            self.wrong.append(f"{where}: broken")
        elif is_turned_away(answer) == welcome:
            self.wrong.append(f"{where}: {'turned away' if welcome else 'let in'}, {answer.status_code}")

    def try_command(self, command: Command, scene: Scene, place: str, *, welcome: bool) -> None:
        """Look at the page and send its form; send the same by a program."""
        where = f"{command.stage}/{command.verb}"
        page = f"/en/desk/{place.removeprefix('processes/')}/{where}/"
        self.expect(self.ask(scene, "GET", page), f"GET {page}", welcome=welcome)
        self.expect(self.ask(scene, "POST", page), f"POST {page}", welcome=welcome)
        if command in OFFERED:
            path, body = f"/api/v1/{place}/{where}", json.dumps(body_of(command.input)).encode()
            answer = self.ask(scene, "POST", path, body, kind="application/json")
            self.expect(answer, f"POST {path}", welcome=welcome and self.has_way_in())

    def has_way_in(self) -> bool:
        """Whether a program of this person gets past the door; Zoe has no token, and Lea's has ended."""
        return self.name not in ("zoe", "lea")


def read(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(content).decode("utf-8", "replace")


def is_turned_away(answer: Any) -> bool:
    if answer.status_code == 302:
        return "/account/login/" in answer["Location"]
    if answer.status_code == 409:
        return bool(NOT_YOURS & {each["code"] for each in answer.json()["reasons"] if "code" in each})
    return answer.status_code in (401, 403, 404)


def tell(walks: list[Round]) -> None:
    """Fail with everything that was wrong, not with the first few lines of it."""
    if found := [f"{walk.name}: {each}" for walk in walks for each in walk.wrong]:
        pytest.fail("\n".join(found), pytrace=False)


def place_of(town: World, command: Command) -> tuple[str, Step]:
    """The first scene in which the time has come for this command, and its step there. Raises StopIteration."""
    steps = (
        (name, scene, procedure.get(scene.process.procedure_key).step(command.name))
        for name, scene in town.scenes.items()
    )
    return next(
        (name, step) for name, scene, step in steps if step and state_at(scene.process, scene.now) in step.from_
    )


def may(town: World, name: str, scene: str, step: Step) -> bool:
    if scene == "draft" and name in (*OUTSIDERS, "nora"):  # the committee is named later
        return False
    return "public" in step.by or bool(town.roles(name, scene) & set(step.by))


def is_of_a_command(path: str) -> bool:
    """Whether a command's page or its address for programs is there."""
    *_, stage, verb = path.strip("/").split("/")
    return (stage, verb) == ("<slug:stage>", "<slug:verb>") or f"{stage}.{verb}" in commands


class WrongPeople(TestCase):
    """The world is made once; whatever is done in it is taken back."""

    town: ClassVar[World]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.town = world()

    def everybody(self) -> list[Round]:
        return [Round(self.town, name) for name in ROLES]

    def test_a_command_of_a_process_lets_in_only_its_roles(self) -> None:
        before, walks = Entry.objects.count(), self.everybody()
        for command in commands.values():
            if command.on is Process:
                scene, step = place_of(self.town, command)
                for walk in walks:
                    welcome, place = may(self.town, walk.name, scene, step), f"processes/{self.town.ocid(scene)}"
                    walk.try_command(command, self.town.scenes[scene], place, welcome=welcome)
        tell(walks)
        assert Entry.objects.count() == before

    def test_a_draft_is_signed_and_withdrawn_where_one_waits(self) -> None:
        for verb in ("withdraw_contract", "sign_for_buyer", "sign_for_supplier"):
            scene, _step = place_of(self.town, commands[f"delivery.{verb}"])
            assert self.town.scenes[scene].process.contracts.filter(status="pending").exists(), (verb, scene)

    def test_a_command_of_the_house_lets_in_only_its_roles(self) -> None:
        scene, walks = self.town.scenes["tender"], self.everybody()
        for walk, command in product(walks, commands.values()):
            if command.on is not Process:
                place = f"organisations/{CITY}" if command.on is Organisation else "installations/here"
                walk.try_command(command, scene, place, welcome=walk.name in IN_HOUSES.get(command.name, ()))
        tell(walks)

    def test_a_page_shows_itself_only_to_its_readers(self) -> None:
        walks = self.everybody()
        for walk, door in product(walks, doors()):
            path = door.path(self.town)
            answer = walk.ask(self.town.scenes[door.scene], door.method, path, door.body)
            walk.expect(answer, f"{door.scene}: {door.method} {path}", welcome=walk.name in door.readers)
        tell(walks)

    def test_what_is_one_s_own_shows_nothing_of_others(self) -> None:
        scene, walks = self.town.scenes["tender"], self.everybody()
        for walk, (tail, method) in product(walks, PERSONAL.items()):
            answer = walk.ask(scene, method, f"/en/{tail}")
            welcome = walk.name != "nobody" and tail != "desk/choose/"  # nobody named an organisation to choose
            walk.expect(answer, tail, welcome=welcome)
        tell(walks)

    def test_no_address_is_left_out(self) -> None:
        known = {resolve(door.path(self.town).partition("?")[0]).route for door in doors()}
        known |= {f"en/{tail}" for tail in PERSONAL} | {"api/v1/", "api/v1/openapi.json"}
        ours = {path for path, _ in routes(get_resolver()) if re.search(r"(^|/)desk/|^api/v1/", path)}
        assert {path for path in ours - known if not is_of_a_command(path)} == set()

    def test_a_wrong_table_would_be_noticed(self) -> None:
        """The evaluator's step is open to Dora and not to Olga, whatever the table says of them."""
        scene, place = self.town.scenes["judged"], f"processes/{self.town.ocid('judged')}"
        for name, welcome in (("dora", False), ("olga", True)):
            walk = Round(self.town, name)
            walk.try_command(commands["evaluation.submit_scores"], scene, place, welcome=welcome)
            assert len(walk.wrong) == 3

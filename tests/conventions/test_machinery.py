"""Commands, events, procedures and routes: what every one of them must be."""

import json
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import get_args

import pytest
import rfc8785
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tenderwell.core import procedure
from tenderwell.core.command import commands
from tenderwell.core.events import BlindEvent, Event, LeafEvent, PublicEvent
from tenderwell.core.procedure import Procedure
from tenderwell.workroom.api.offered import offered
from tenderwell.workroom.api.routes import api
from tests.conventions.reference import PAGES, all_events
from tests.conventions.sources import ROOT

LOCK = ROOT / "procedures.lock"
OPENAPI = ROOT / "docs" / "reference" / "openapi.json"
PROCEDURES = procedure.all_procedures()
NOT_BY_PROGRAMS = {"parties.issue_token": "a program must not give itself further access"}


EVENTS = sorted(all_events(), key=lambda each: each.__qualname__)


@pytest.mark.parametrize("found", PROCEDURES, ids=lambda found: found.key)
def test_every_step_names_a_known_command_and_known_states(found: Procedure) -> None:
    assert {step.command for step in found.steps} <= set(commands)
    named = {state for step in found.steps for state in (*step.from_, *step.to)}
    named |= {state for tick in found.clock for state in (tick.from_, tick.to)}
    own = set(found.states)
    ours = {state for each in PROCEDURES for state in each.states}
    assert named <= ours  # shared steps may name states that only other procedures have
    assert set(found.final) <= own


@pytest.mark.parametrize("found", PROCEDURES, ids=lambda found: found.key)
def test_every_state_can_be_reached_and_can_end(found: Procedure) -> None:
    ways = {(start, end) for step in found.steps for start in step.from_ for end in step.to}
    ways |= {(tick.from_, tick.to) for tick in found.clock}
    reached, ending = {found.states[0]}, set(found.final)
    for _ in found.states:
        reached |= {end for start, end in ways if start in reached}
        ending |= {start for start, end in ways if end in ending}
    assert set(found.states) <= reached | ({"closed"} if found.id == "house" else set())
    assert set(found.states) <= ending


def test_every_command_is_a_step_of_some_procedure() -> None:
    assert set(commands) == {step.command for found in PROCEDURES for step in found.steps}


def test_every_command_says_what_it_does() -> None:
    assert [name for name, cmd in commands.items() if not cmd.body.__doc__ or cmd.title == name] == []


def numbers(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Every decimal number that the input takes, those of its rows included."""
    for name, field in model.model_fields.items():
        for kind in (field.annotation, *get_args(field.annotation)):
            if kind is Decimal or Decimal in get_args(kind):
                yield f"{model.__name__}.{name}", field
            elif isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from numbers(kind)


@pytest.mark.parametrize("name", sorted(commands))
def test_every_number_of_a_command_is_bounded(name: str) -> None:
    """A number that no column holds must be refused with a reason, before the database refuses it without one."""
    bounds = ("max_digits", "le", "lt")
    found = numbers(commands[name].input)
    assert [
        where for where, field in found if not any(hasattr(mark, bound) for mark in field.metadata for bound in bounds)
    ] == []


def test_every_command_is_offered_to_programs() -> None:
    assert {command.name for command, _ in offered()} == set(commands) - set(NOT_BY_PROGRAMS)


def test_every_event_has_a_name_of_its_own() -> None:
    names = [event.name for event in EVENTS]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_every_event_has_a_sentence_and_a_privacy_rule(event: type[Event]) -> None:
    assert event.says.strip()
    assert event.privacy.strip()
    assert "." in event.name


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_every_event_is_public_blind_or_a_leaf_and_says_so(event: type[Event]) -> None:
    assert issubclass(event, (PublicEvent, BlindEvent, LeafEvent))
    if issubclass(event, PublicEvent):
        assert event.tag


def test_no_event_takes_its_shape_from_another() -> None:
    """What is published for ever must not move because another event does."""
    own = ({PublicEvent}, {BlindEvent}, {LeafEvent})
    assert not {event.__name__ for event in EVENTS if set(event.__bases__) not in own}


def digests() -> dict[str, str]:
    return {found.key: sha256(rfc8785.dumps(found.describe())).hexdigest() for found in PROCEDURES}


def test_released_procedures_are_unchanged() -> None:
    """A change is a new version: processes that run keep their law. The lock is written at each release."""
    locked = json.loads(LOCK.read_text("utf-8"))
    assert {key: digests().get(key) for key in locked} == locked


def test_the_api_is_the_one_that_was_reviewed() -> None:
    """Write it anew: .venv/bin/python -m tests.conventions.write_reference"""
    assert json.loads(OPENAPI.read_text("utf-8")) == json.loads(json.dumps(api.get_openapi_schema(), default=str))


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_current(name: str) -> None:
    assert (OPENAPI.parent / name).read_text("utf-8") == PAGES[name]()


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from routes(each, prefix + str(each.pattern))
        else:
            yield prefix + str(each.pattern), each


WORKROOM = [(path, route) for path, route in routes(get_resolver()) if "desk/" in path]


def test_there_are_routes_to_guard() -> None:
    assert len(WORKROOM) > 10


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted({path for path, _ in WORKROOM}))
def test_a_stranger_gets_nowhere_in_the_workroom(path: str) -> None:
    filled = path
    for kind in ("str", "slug", "int", "uuid"):
        for name in ("ocid", "key", "identifier", "number", "stage", "verb", "commitment", "bid", "sha256", "code"):
            filled = filled.replace(f"<{kind}:{name}>", "1" if kind == "int" else "none-1")
    answer = Client().get("/" + filled.replace("^", "").replace("$", ""))
    assert answer.status_code in (302, 404, 405)
    if answer.status_code == 302:
        assert "login" in answer["Location"]

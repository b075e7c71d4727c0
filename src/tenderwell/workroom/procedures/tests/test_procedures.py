"""Every procedure, whatever people do and whenever: no dead end, and each refusal can be told. hypothesis walks."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell import workroom
from tenderwell.core import procedure
from tenderwell.core.periods import Period
from tenderwell.core.procedure import Fact, Facts, Procedure

PROCEDURES = procedure.all_procedures()
START = datetime(2026, 3, 2, tzinfo=UTC)
ROLES = sorted({role for found in PROCEDURES for step in found.steps for role in step.by})
INSTANTS = st.integers(-90, 90).map(lambda days: START + timedelta(days=days))


def ways(found: Procedure, state: str) -> list[str]:
    """Where a step or time can lead from here."""
    by_people = {end for step in found.steps if state in step.from_ for end in step.to if end in found.states}
    return sorted(by_people | {tick.to for tick in found.clock if tick.from_ == state})


def can_end(found: Procedure, state: str) -> bool:
    reached, new = {state}, {state}
    while new and not reached & set(found.final):
        new = {end for start in new for end in ways(found, start)} - reached
        reached |= new
    return bool(reached & set(found.final))


@pytest.mark.parametrize("found", PROCEDURES, ids=lambda found: found.key)
@given(data=st.data())
def test_wherever_a_process_has_come_to_it_can_still_end(found: Procedure, data: st.DataObject) -> None:
    state = found.states[0]
    for _ in range(data.draw(st.integers(0, 3 * len(found.states)))):
        state = data.draw(st.sampled_from(ways(found, state) or [state]))
        assert state in found.states
    assert can_end(found, state)


@pytest.mark.parametrize("found", PROCEDURES, ids=lambda found: found.key)
@given(now=INSTANTS, later=st.integers(0, 90), days=st.integers(0, 60), data=st.data())
def test_time_only_ever_goes_forward(
    found: Procedure, now: datetime, later: int, days: int, data: st.DataObject
) -> None:
    periods = {tick.after: Period(START, START + timedelta(days=days)) for tick in found.clock}
    state = found.state_at(data.draw(st.sampled_from(found.states)), periods, now)
    then = found.state_at(state, periods, now + timedelta(days=later))
    assert found.states.index(then) >= found.states.index(state)
    assert found.state_at(then, periods, now + timedelta(days=later)) == then


def all_facts() -> list[Fact[Any]]:
    """Every question that a rule of any stage asks."""
    stages = [each.name for each in iter_modules(workroom.__path__) if each.ispkg]
    modules = [import_module(f"tenderwell.workroom.{stage}.rules") for stage in stages if has_rules(stage)]
    found = {value.name: value for module in modules for value in vars(module).values() if isinstance(value, Fact)}
    return list(found.values())


def has_rules(stage: str) -> bool:
    return any(each.name == "rules" for each in iter_modules([f"{workroom.__path__[0]}/{stage}"]))


def answers_to(fact: Fact[Any]) -> st.SearchStrategy[Any]:
    """Answers of the kind that the default shows."""
    kinds: Mapping[type, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.integers(0, 3),
        Decimal: st.decimals(0, 10**7, places=2),
        str: st.sampled_from([fact.default, "decided", "approved", "make"]),
    }
    return kinds.get(type(fact.default), st.just(fact.default))


FACTS = all_facts()
ANSWERS = st.fixed_dictionaries({fact.name: answers_to(fact) for fact in FACTS})


def test_there_are_facts_to_ask_about() -> None:
    assert len(FACTS) > 40


@pytest.mark.parametrize("found", PROCEDURES, ids=lambda found: found.key)
@given(
    now=INSTANTS, roles=st.frozensets(st.sampled_from(ROLES)), values=ANSWERS, days=st.integers(0, 60), data=st.data()
)
def test_whatever_the_facts_every_refusal_can_be_told(
    found: Procedure, now: datetime, roles: frozenset[str], values: Any, days: int, data: st.DataObject
) -> None:
    names = ("tenderPeriod", "enquiryPeriod", "standstillPeriod", "complaintPeriod", "engagementPeriod")
    periods = {name: Period(START, START + timedelta(days=days)) for name in names if data.draw(st.booleans())}
    state = data.draw(st.sampled_from(found.states))
    facts = Facts(now=now, state=state, roles=roles, periods=periods, ask=values.__getitem__)
    for step in found.steps:
        reasons = found.refusals(step.command, facts)
        assert all(re.fullmatch(r"[a-z][a-z_]+", reason.code) for reason in reasons)
        assert not any(sign in reason.message for reason in reasons for sign in "{}")
        if "public" not in step.by and not roles & set(step.by):
            assert {reason.code for reason in reasons} <= {"wrong_state", "wrong_role"}
            assert reasons

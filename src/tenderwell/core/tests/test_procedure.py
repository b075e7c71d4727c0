"""What a procedure refuses, and what time alone changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tenderwell.core.errors import Reason, Refused
from tenderwell.core.periods import Period
from tenderwell.core.procedure import Clock, Fact, Facts, Procedure, Step

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
LOTS = Fact[int]("test.lots", 0)


def has_lots(facts: Any) -> Any:
    return None if facts[LOTS] else Reason("no_lots", "Add a lot")


def is_monday(facts: Any) -> Any:
    return Reason("not_today", "Come back on {day}", values={"day": "Monday"})


OPEN = Procedure(
    id="test",
    version="1",
    title="Test",
    ocds_method="open",
    states=("draft", "tendering", "closed"),
    final=("closed",),
    clock=(Clock("tendering", "closed", after="tenderPeriod"),),
    steps=(
        Step("tendering.publish", ("draft",), by=("lead",), to=("tendering",), guards=(has_lots, is_monday)),
        Step("tendering.ask", ("tendering",), by=("public",)),
    ),
)


def facts(**given: Any) -> Any:
    return Facts.of(now=NOW, **{"state": "draft", "roles": ("lead",), **given})


def codes(command: Any, found: Any) -> Any:
    return [reason.code for reason in OPEN.refusals(command, found)]


def test_every_reason_is_given_not_only_the_first() -> None:
    assert codes("tendering.publish", facts(state="tendering")) == ["wrong_state", "no_lots", "not_today"]


def test_what_guards_say_is_not_told_to_those_who_may_not_act() -> None:
    assert codes("tendering.publish", facts(roles=("tenderer",), state="tendering")) == ["wrong_state", "wrong_role"]


def test_a_command_that_is_no_step_is_refused() -> None:
    assert codes("awarding.sign", facts()) == ["not_in_procedure"]
    with pytest.raises(Refused, match="not_in_procedure"):
        OPEN.check("awarding.sign", facts())


def test_a_step_of_the_public_needs_no_role() -> None:
    assert codes("tendering.ask", facts(state="tendering", roles=())) == []


def test_time_closes_a_tender_though_no_job_ran() -> None:
    periods = {"tenderPeriod": Period(NOW - timedelta(days=1), NOW)}
    assert OPEN.state_at("tendering", periods, NOW - timedelta(microseconds=1)) == "tendering"
    assert OPEN.state_at("tendering", periods, NOW) == "closed"


def test_a_fact_is_looked_up_once() -> None:
    asked: list[str] = []

    def ask(name: str) -> int:
        asked.append(name)
        return 3

    found = Facts(now=NOW, state="draft", roles=frozenset(), periods={}, ask=ask)
    assert (found[LOTS], found[LOTS], asked) == (3, 3, ["test.lots"])


def test_a_fact_nobody_answers_has_its_default() -> None:
    assert facts()[LOTS] == 0


def test_a_reason_fills_its_words() -> None:
    assert is_monday(facts()).message == "Come back on Monday"

"""Teams, declarations and file names: cases without a database."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Facts
from tenderwell.workroom.process import rules

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
ADA, ABE = ("1", "lead"), ("2", "approver")


def facts(values: Any = None) -> Facts:
    return Facts.of(now=NOW, values=values or {})


def code(reason: Reason | None) -> str:
    return reason.code if reason else ""


@pytest.mark.parametrize(
    ("estimate", "team", "expected"),
    [
        (10000, (ADA,), ""),
        (10001, (ADA,), "one_responsible"),
        (10001, (ADA, ("1", "approver")), "one_responsible"),
        (10001, (ADA, ("2", "evaluator")), "one_responsible"),
        (10001, (ADA, ABE), ""),
        (10001, (ADA, ("2", "budget_holder")), ""),
    ],
)
def test_above_the_limit_two_different_people_are_responsible(estimate: int, team: Any, expected: str) -> None:
    values = {rules.ESTIMATE: Decimal(estimate), rules.TWO_PEOPLE_ABOVE: (Decimal(10000), "s. 5"), rules.TEAM: team}
    assert code(rules.enough_responsible(facts(values))) == expected


@given(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from(["lead", "approver", "observer"])), max_size=6))
def test_one_person_with_many_roles_is_one_person(team: Any) -> None:
    values = {rules.ESTIMATE: Decimal(2), rules.TWO_PEOPLE_ABOVE: (Decimal(1), "s. 5"), rules.TEAM: tuple(team)}
    people = {person for person, role in team if role != "observer"}
    assert (rules.enough_responsible(facts(values)) is None) == (len(people) >= 2)


def test_a_team_has_a_lead() -> None:
    assert code(rules.has_lead(facts({rules.TEAM: (ABE,)}))) == "no_lead"
    assert code(rules.has_lead(facts({rules.TEAM: (ABE, ADA)}))) == ""


def test_everybody_declares() -> None:
    reason = rules.all_declared(facts({rules.UNDECLARED: 2}))
    assert reason
    assert "interests: 2." in reason.message
    assert rules.all_declared(facts()) is None


@pytest.mark.parametrize(
    ("declared", "conflict", "first", "clean"),
    [(False, False, "declare_first", ""), (True, False, "", ""), (False, True, "", "conflict_of_interest")],
)
def test_nobody_takes_part_undeclared_or_with_an_interest(declared: Any, conflict: Any, first: str, clean: str) -> None:
    held = facts({rules.HAS_DECLARED: declared, rules.HAS_CONFLICT: conflict})
    assert (code(rules.declared_first(held)), code(rules.without_conflict(held))) == (first, clean)


@pytest.mark.parametrize("name", ["plan.pdf", "Plan 2026 (2).xlsx", "план.docx", "a.tar.gz", "x" * 196 + ".pdf"])
def test_ordinary_file_names_pass(name: str) -> None:
    assert rules.safe_file_name(name) is None


@given(st.text(min_size=1, max_size=30), st.sampled_from(["/", "\\", "\x00", "\n", "\u202e", "\u2066"]))
def test_no_name_passes_with_a_sign_that_hides_or_leads_away(name: str, sign: str) -> None:
    assert code(rules.safe_file_name(f"{name}{sign}.pdf")) == "file_name"


@pytest.mark.parametrize(
    "name", ["run.EXE", "page.html", "pic.svg", "a.pdf.js", "x" * 197 + ".pdf", "", ".", "..", " "]
)
def test_programs_and_empty_or_endless_names_are_refused(name: str) -> None:
    assert rules.safe_file_name(name)

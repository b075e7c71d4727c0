"""What the playbook finds in a compiled release."""

from typing import Any

from tenderwell.public.playbook.standing import standing_of
from tenderwell.public.playbook.steps import STEPS


def step(release: Any, number: Any) -> Any:
    return next(each for stage in standing_of(release) for each in stage.steps if each.step.id == number)


def test_there_are_nineteen_steps_in_the_order_of_the_guidelines() -> None:
    assert len(STEPS) == 19
    assert [each.id for each in STEPS] == sorted(each.id for each in STEPS)


def test_evidence_is_found_where_ocds_keeps_it() -> None:
    found = step({"planning": {"userNeeds": [{"need": "a", "source": "b", "method": "c"}]}}, "4.1.2")
    assert found.status == "done"
    assert [(each.path, count) for each, count in found.found] == [("planning.userNeeds", 1)]


def test_every_piece_of_evidence_has_its_place_in_words() -> None:
    places = {each.path: each.place for step in STEPS for each in step.evidence}
    assert places["planning.userNeeds"] == "in the plan"
    assert places["tender.documents.documentType"] == "among the documents of the tender"
    assert all(place.startswith(("in ", "among ")) for place in places.values())


def test_a_need_without_its_source_is_no_evidence() -> None:
    assert step({"planning": {"userNeeds": [{"need": "a", "method": "c"}]}}, "4.1.2").status == "missing"


def test_half_of_the_evidence_is_partly() -> None:
    found = step({"tender": {"tenderPeriod": {"endDate": "2027-01-01T00:00:00Z"}}}, "4.2.3")
    assert found.status == "partly"
    assert [each.title for each in found.missing] == ["Documents free for everybody"]


def test_a_published_reason_makes_a_step_not_applicable() -> None:
    release = {"notApplicable": [{"id": "4.1.3", "rationale": "Below the limit"}]}
    found = step(release, "4.1.3")
    assert (found.status, found.reason) == ("not_applicable", "Below the limit")


def test_any_publishers_release_is_read_without_error() -> None:
    strange = {"planning": [], "tender": {"documents": None, "items": "x"}, "awards": {}, "contracts": [None, 1]}
    assert {each.status for stage in standing_of(strange) for each in stage.steps} <= {"done", "partly", "missing"}

"""What a tender asks for, as its page shows it."""

from tenderwell.public.portal import brief


def shown(requirement: dict[str, object]) -> list[object]:
    group = {"id": "requirements", "requirements": [{"id": "requirement-1", **requirement}]}
    compiled = {"tender": {"criteria": [{"id": "requirements", "requirementGroups": [group]}]}}
    return [cell for row in brief.requirements(compiled).rows for cell in row]


def test_a_requirement_says_how_long_its_answer_may_be() -> None:
    row = shown({"title": "Roofers", "description": "Two roofers on site.", "mostWords": 200})
    assert row[1] == "Two roofers on site. Longest answer, in words: 200."


def test_other_publishers_state_no_limit() -> None:
    assert shown({"title": "Roofers", "description": "Two roofers on site."})[1] == "Two roofers on site."

"""Merging releases by the rules of OCDS 1.1, one at a time and all at once."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tenderwell.public.ocds import canonical, merge, merge_into
from tenderwell.public.ocds.merge import is_whole


def releases(*parts: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"ocid": "o", "id": f"o-{day}", "date": f"2026-01-{day:02}T00:00:00.000Z", "tag": ["tender"], **part}
        for day, part in enumerate(parts, start=1)
    ]


def tender(**fields: Any) -> dict[str, Any]:
    return {"tender": {"id": "1", **fields}}


def merged(*parts: dict[str, Any]) -> Any:
    return merge(releases(*parts))["tender"]


def test_the_compiled_release_is_named_by_process_and_last_date() -> None:
    compiled = merge(releases({"act": {"name": "x"}}, {"buyer": {"id": "b"}}))
    assert compiled == {
        "ocid": "o",
        "id": "o-2026-01-02T00:00:00.000Z",
        "date": "2026-01-02T00:00:00.000Z",
        "tag": ["compiled"],
        "buyer": {"id": "b"},
    }


def test_order_is_that_of_the_dates() -> None:
    first, second = releases(tender(title="early"), tender(title="late"))
    assert merge([second, first])["tender"]["title"] == "late"


def test_values_are_replaced_and_objects_merged() -> None:
    parts = (tender(title="a", value={"amount": 1, "currency": "EUR"}), tender(title="b", value={"amount": 2}))
    assert merged(*parts) == {"id": "1", "title": "b", "value": {"amount": 2, "currency": "EUR"}}


def test_null_takes_out_a_value_but_no_object_and_no_list() -> None:
    before = tender(title="a", value={"amount": 1}, items=[{"id": "1"}])
    after = tender(title=None, value=None, items=None)
    assert merged(before, after) == {"id": "1", "value": {"amount": 1}, "items": [{"id": "1"}]}


def test_objects_in_lists_are_merged_by_id_where_they_stand() -> None:
    before = tender(items=[{"id": "1", "description": "a"}, {"id": "2"}])
    after = tender(items=[{"id": "3"}, {"id": "1", "quantity": 2}])
    assert merged(before, after)["items"] == [{"id": "1", "description": "a", "quantity": 2}, {"id": "2"}, {"id": "3"}]


def test_objects_without_id_are_added() -> None:
    assert merged(tender(items=[{"x": 1}]), tender(items=[{"x": 2}]))["items"] == [{"x": 1}, {"x": 2}]


def test_the_ids_1_and_one_as_text_differ() -> None:
    assert merged(tender(items=[{"id": 1}]), tender(items=[{"id": "1"}]))["items"] == [{"id": 1}, {"id": "1"}]


def test_lists_of_values_are_replaced() -> None:
    assert merged(tender(submissionMethod=["a", "b"]), tender(submissionMethod=["c"]))["submissionMethod"] == ["c"]


def test_whole_lists_are_replaced() -> None:
    before = tender(items=[{"id": "1", "additionalClassifications": [{"id": "x"}, {"id": "y"}]}])
    after = tender(items=[{"id": "1", "additionalClassifications": [{"id": "z"}]}])
    assert merged(before, after)["items"][0]["additionalClassifications"] == [{"id": "z"}]


def test_award_criteria_are_replaced_and_tender_criteria_are_merged() -> None:
    assert is_whole(("awardCriteria", "criteria")) and not is_whole(("tender", "criteria"))


def test_an_empty_list_changes_nothing_in_a_list_of_objects() -> None:
    assert merged(tender(items=[{"id": "1"}]), tender(items=[]))["items"] == [{"id": "1"}]


def test_merging_does_not_change_what_it_is_given() -> None:
    first, second = releases(tender(items=[{"id": "1"}]), tender(items=[{"id": "1", "x": 1}]))
    before = canonical(first)
    merge_into(merge_into({}, first), second)
    assert canonical(first) == before


LEAF = st.none() | st.integers(0, 9) | st.text("ab", max_size=2)
OBJECT = st.dictionaries(st.sampled_from(["title", "x"]), LEAF, max_size=2)
ENTRY = st.fixed_dictionaries(
    {"id": st.sampled_from(["1", "2", 1])},
    optional={"x": LEAF, "value": OBJECT, "additionalClassifications": st.lists(OBJECT)},
)
PART = st.fixed_dictionaries(
    {},
    optional={
        "title": LEAF,
        "value": OBJECT | st.none(),
        "items": st.lists(ENTRY, max_size=3),
        "submissionMethod": st.lists(st.sampled_from("abc"), max_size=2),
    },
)


@given(st.lists(PART, min_size=1, max_size=5))
def test_one_at_a_time_gives_the_bytes_of_all_at_once(parts: list[dict[str, Any]]) -> None:
    given = releases(*[tender(**part) for part in parts])
    compiled: dict[str, Any] = {}
    for release in given:
        compiled = merge_into(compiled, release)
    assert canonical(compiled) == canonical(merge(given))


@given(st.lists(PART, min_size=1, max_size=5))
def test_going_on_from_stored_bytes_gives_the_same(parts: list[dict[str, Any]]) -> None:
    import json

    stored = b"{}"
    given = releases(*[tender(**part) for part in parts])
    for release in given:
        stored = canonical(merge_into(json.loads(stored), release))
    assert stored == canonical(merge(given))

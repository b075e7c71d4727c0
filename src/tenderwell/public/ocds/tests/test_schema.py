"""Our own extension, as committed, is what the structs say; and its documentation names every field."""

import json
from pathlib import Path

from tenderwell.public.ocds import schema

FOLDER = Path(schema.__file__).parent / "extension"
REFERENCE = Path(schema.__file__).parents[4] / "docs" / "reference" / "ocds-extension.md"


def test_the_committed_patch_is_that_of_the_structs() -> None:
    assert (FOLDER / "release-schema.json").read_text() == schema.text_of(schema.patch())


def test_the_committed_metadata_is_ours() -> None:
    committed = json.loads((FOLDER / "extension.json").read_text())
    assert committed == schema.metadata("https://port-aurora.example")


def test_every_reference_leads_to_a_part_of_ours_or_of_ocds() -> None:
    patch = schema.patch()
    found = {each.split('"')[0] for each in schema.text_of(patch).split("#/definitions/")[1:]}
    standard = {"Classification", "Document", "OrganizationReference", "Period", "Value"}
    assert found <= standard | patch["definitions"].keys()


def test_the_act_is_omitted_when_merged_and_frozen_criteria_are_replaced() -> None:
    patch = schema.patch()
    assert patch["properties"]["act"]["omitWhenMerged"]
    assert patch["definitions"]["Evaluation"]["properties"]["criteria"]["wholeListMerge"]


def test_every_part_and_field_is_documented() -> None:
    documented = REFERENCE.read_text()
    for name, part in schema.patch()["definitions"].items():
        assert f"### {name}" in documented
        assert [field for field in part["properties"] if f"`{field}`" not in documented] == []

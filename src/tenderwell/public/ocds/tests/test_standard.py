"""Compared with the standard's own files, where they are at hand: fields, codelists, merge rules, whole releases."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest

from tenderwell.public import ocds
from tenderwell.public.ocds import codelists, schema
from tenderwell.public.ocds.merge import OMITTED, is_whole
from tenderwell.public.ocds.part import Part

STANDARD = next(
    (each / "shared" / "ocds" for each in Path(__file__).parents if (each / "shared" / "ocds").is_dir()), None
)
pytestmark = pytest.mark.skipif(
    STANDARD is None, reason="the standard's files are not beside the repository: shared/ocds"
)
EXTENSIONS = """
    awardCriteria beneficialOwners bidOpening bids budget communication contractTerms contract_completion
    contract_suppliers documentation_details enquiries exclusionGrounds implementationStatus legalBasis lots metrics
    organizationClassification otherRequirements partyScale performance_failures procedure requirements
    selectionCriteria signatories statistics statusDetails subcontracting submissionTerms transaction_milestones
    withheldInformation
"""
RENAMED = {"Withheld": "WithheldInformationItem", "BeneficialOwner": "Person", "Sentence": "Act"}
INSIDE = {"Unit", "ObservationUnit", "PartyDetails", "LotDetails", "Bids"}  # objects without a definition of their own


def read(path: str) -> dict[str, Any]:
    assert STANDARD is not None
    content: dict[str, Any] = json.loads((STANDARD / path).read_text())
    return content


def patched(target: Any, patch: Any) -> Any:
    """JSON merge patch, RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, part in patch.items():
        if part is None:
            merged.pop(name, None)
        else:
            merged[name] = patched(merged.get(name), part)
    return merged


def versions(name: str) -> str:
    """The folder of an extension's newest schema."""
    assert STANDARD is not None
    folders = [path.parent.name for path in (STANDARD / "extensions" / name).glob("*/release-schema.json")]
    return "master" if "master" in folders else sorted(folders)[-1]


@pytest.fixture(scope="module")
def release_schema() -> dict[str, Any]:
    return whole_schema()


def whole_schema() -> dict[str, Any]:
    """OCDS 1.1.5 with the extensions we declare and our own."""
    whole = read("schema-1.1.5/release-schema.json")
    for name in EXTENSIONS.split():
        whole = patched(whole, read(f"extensions/{name}/{versions(name)}/release-schema.json"))
    merged: dict[str, Any] = patched(whole, schema.patch())
    return merged


def parts(of: type[Part] = Part) -> Iterator[type[Part]]:
    for part in of.__subclasses__():
        yield part
        yield from parts(part)


def test_every_field_of_ours_is_one_of_the_standard_or_of_an_extension(release_schema: dict[str, Any]) -> None:
    known = {**release_schema["definitions"], "Release": release_schema}
    for part in parts():
        if part.__module__.startswith("tenderwell.public.ocds.") and part.__name__ not in INSIDE:
            fields = {field.encode_name for field in msgspec.structs.fields(part)}
            assert fields - known[RENAMED.get(part.__name__, part.__name__)]["properties"].keys() == set(), part


def test_closed_codelists_are_those_of_the_standard() -> None:
    assert STANDARD is not None
    for name, codes in codelists.CLOSED.items():
        paths = [STANDARD / "schema-1.1.5" / "codelists" / f"{name}.csv"]
        paths += STANDARD.glob(f"extensions/*/master/codelists/{name}.csv")
        path = next(path for path in paths if path.exists())
        with path.open(newline="") as file:
            listed = {row.get("Code") or row["code"] for row in csv.DictReader(file)}
        assert set(codes) == listed, name


def lists(node: dict[str, Any], whole: dict[str, Any], seen: tuple[str, ...] = ()) -> Iterator[tuple[str, str, Any]]:
    """Each list of objects: the name above it, its own, its schema."""
    for name, field in node.get("properties", {}).items():
        inner = field.get("items", field) if isinstance(field, dict) else {}
        reference = str(inner.get("$ref", "")).rpartition("/")[2]
        below = whole["definitions"].get(reference, inner)
        if "array" in str(field.get("type")) and "properties" in below:
            yield (seen or ("",))[-1], name, {**field, "below": below}
        if "properties" in below and seen.count(name) < 2:
            yield from lists(below, whole, (*seen, name))


def test_whole_lists_are_those_of_the_standard(release_schema: dict[str, Any]) -> None:
    for above, name, field in lists(release_schema, release_schema):
        assert is_whole((above, name)) == bool(field.get("wholeListMerge")), (above, name)


def test_what_is_omitted_when_merged_is_what_the_standard_omits(release_schema: dict[str, Any]) -> None:
    omitted = {name for name, field in release_schema["properties"].items() if field.get("omitWhenMerged")}
    assert omitted == OMITTED


def a_release() -> ocds.Release:
    now = datetime(2026, 3, 1, 9, tzinfo=UTC)
    value = ocds.Value(amount=Decimal("1200.50"), currency="EUR")
    buyer = ocds.OrganizationReference(id="B", name="City")
    return ocds.Release(
        ocid="ocds-x7k2mq-1",
        id="ocds-x7k2mq-1-00001",
        date=now,
        tag=("tender",),
        initiation_type="tender",
        act=ocds.Sentence(name="tender.published", says="The tender was published."),
        buyer=buyer,
        parties=(ocds.Organization(id="B", name="City", roles=("buyer",), details=ocds.PartyDetails(scale="large")),),
        planning=ocds.Planning(outcomes=(ocds.Outcome(id="o", title="Less waiting", sdgs=("12.7",)),)),
        tender=ocds.Tender(
            id="T",
            status="active",
            value=value,
            lots=(ocds.Lot(id="1", value=value),),
            items=(ocds.Item(id="1", quantity=Decimal(3), unit=ocds.Unit(name="piece", value=value), related_lot="1"),),
            tender_period=ocds.Period(start_date=now, end_date=now),
            evaluation=ocds.Evaluation(criteria=({"weight": 60},), sha256="0" * 64),
        ),
        bids=ocds.Bids(details=(ocds.Bid(id="b", status="valid", tenderers=(buyer,), value=value),)),
        awards=(ocds.Award(id="a", status="active", suppliers=(buyer,), value=value, related_lots=("1",)),),
        contracts=(ocds.Contract(id="c", award_id="a", amendments=(ocds.Amendment(id="1", rationale="More"),)),),
        complaints=(ocds.Complaint(id="k", status="pending", complainant=buyer),),
    )


def test_a_release_of_ours_is_valid_ocds(release_schema: dict[str, Any]) -> None:
    released = json.loads(ocds.canonical(a_release()))
    assert flaws(released, release_schema) == []


def flaws(released: dict[str, Any], whole: dict[str, Any]) -> list[str]:
    """What the schema finds wrong with a release, and where."""
    validator = jsonschema.Draft4Validator(whole, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(released)]

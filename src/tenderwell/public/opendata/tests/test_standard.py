"""Packages compared with the standard's own schemas, where they are at hand."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from django.test import Client

from tenderwell.public.record.tests.making import OCID, publish, release, tender

STANDARD = next(
    (each / "shared" / "ocds" for each in Path(__file__).parents if (each / "shared" / "ocds").is_dir()), None
)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(STANDARD is None, reason="the standard's files are not beside the repository: shared/ocds"),
]


def package_schema(kind: str) -> Any:
    """The schema of release or record packages, without what lies inside: that is tested with the structs."""
    assert STANDARD is not None
    schema = json.loads((STANDARD / "schema-1.1.5" / f"{kind}-package-schema.json").read_text())
    return json.loads(re.sub(r'"\$ref": "https://[^"]+"', '"required": ["ocid"]', json.dumps(schema)))


def flaws(package: Any, kind: str) -> list[str]:
    validator = jsonschema.Draft4Validator(package_schema(kind), format_checker=jsonschema.FormatChecker())
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(package)]


def test_a_release_package_is_valid(client: Client) -> None:
    publish(release(1, **tender(title="A")))
    assert flaws(client.get("/api/ocds/releases").json(), "release") == []


@pytest.mark.parametrize("path", ["records", f"records/{OCID}.json"])
def test_a_record_package_is_valid(client: Client, path: str) -> None:
    publish(release(1, **tender(title="A")), release(2))
    assert flaws(client.get(f"/api/ocds/{path}").json(), "record") == []

"""The API: packages that Kingfisher reads to the end, and the exact bytes that were logged."""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tenderwell.public.record.importing import import_releases
from tenderwell.public.record.models import Release
from tenderwell.public.record.tests.making import OCID, jsonl, publish, release, tender

pytestmark = pytest.mark.django_db
ODD = "ocds-other-A B&C/7"


def get(client: Client, address: str) -> Any:
    """The JSON at an address, absolute or not, that answers anybody."""
    parts = urlsplit(address)
    response = client.get(f"{parts.path}?{parts.query}")
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response.json()


def all_pages(client: Client, address: str, name: str) -> tuple[list[Any], int]:
    """What following links.next from the first page to the last gives, and how many pages there were."""
    found, pages, following = [], 0, address
    while following:
        package = get(client, following)
        found += package[name]
        pages += 1
        following = package.get("links", {}).get("next", "")
    return found, pages


@pytest.fixture
def foreign(tmp_path: Path) -> None:
    """A process of another publisher, with an ocid as odd as real ones are."""
    line = {"ocid": ODD, "id": "1", "date": "2021-01-01", "tag": ["compiled"], "tender": {"id": 7}}
    import_releases(
        jsonl(tmp_path / "a.jsonl.gz", [line]), source="Elsewhere", licence="ODbL 1.0", uri="https://e.example"
    )


@pytest.mark.usefixtures("foreign")
def test_following_next_gives_every_release_of_ours_once_and_no_import(client: Client) -> None:
    publish(*[release(number) for number in range(1, 8)])
    found, pages = all_pages(client, "/api/ocds/releases?limit=3", "releases")
    assert [each["id"] for each in found] == [f"{OCID}-{number:05}" for number in range(1, 8)]
    assert pages == 3


def test_the_first_page_leads_on_even_if_it_holds_all(client: Client) -> None:
    publish(release(1))
    assert "next" in get(client, "/api/ocds/releases")["links"]
    assert "links" not in get(client, "/api/ocds/releases?from=2026-01-01")


def test_a_page_says_who_publishes_and_what_it_extends(client: Client) -> None:
    publish(release(1))
    package = get(client, "/api/ocds/releases")
    assert package.keys() >= {"uri", "version", "publishedDate", "publisher", "extensions"}
    assert package["version"] == "1.1"
    assert package["extensions"][-1].endswith("/api/ocds/extension/extension.json")


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("from=2026-03-02&until=2026-03-03", [2, 3]),
        ("from=2026-03-03", [3, 4]),
        ("until=2026-03-01", [1]),
        ("from=2026-03-02T09:00:01&until=2026-03-03T09:00:00", []),
        ("from=2026-03-02T09:00:00Z&until=2026-03-02T09:00:00.001Z", [2]),
    ],
)
def test_dates_limit_the_releases(client: Client, asked: str, days: list[int]) -> None:
    publish(*[release(number) for number in range(1, 5)])
    found = all_pages(client, f"/api/ocds/releases?limit=1&{asked}", "releases")[0]
    assert [int(each["date"][8:10]) for each in found] == days


def test_a_page_of_releases_takes_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish(*[release(number) for number in range(1, 20)])
    with django_assert_num_queries(2):
        client.get("/api/ocds/releases?limit=20")


def test_a_question_that_is_not_understood_is_answered_with_every_reason(client: Client) -> None:
    response = client.get("/api/ocds/releases?cursor=x&from=soon&limit=0")
    assert response.status_code == 422
    assert [each["field"] for each in response.json()["reasons"]] == ["cursor", "from", "limit"]


def test_a_release_is_served_as_the_bytes_whose_digest_was_logged(client: Client) -> None:
    (done,) = publish(release(1, **tender(title="Café")))
    response = client.get(f"/api/ocds/releases/{done.id}.json")
    assert hashlib.sha256(response.content).hexdigest() == done.sha256
    assert response.headers["ETag"] == f'"{done.sha256}"'
    assert "immutable" in response.headers["Cache-Control"]
    again = client.get(f"/api/ocds/releases/{done.id}.json", headers={"If-None-Match": f'"{done.sha256}"'})
    assert again.status_code == 304


def test_a_record_holds_the_compiled_release_and_links_to_its_releases(client: Client) -> None:
    publish(release(1, **tender(title="A")), release(2, **tender(title="B")))
    (found,) = get(client, f"/api/ocds/records/{OCID}.json")["records"]
    assert found["compiledRelease"]["tender"]["title"] == "B"
    assert [get(client, each["url"])["date"] for each in found["releases"]] == [
        each["date"] for each in found["releases"]
    ]


@pytest.mark.usefixtures("foreign")
def test_an_imported_record_names_its_publisher_and_licence(client: Client) -> None:
    package = get(client, "/api/ocds/records/ocds-other-A%20B%26C%2F7.json")
    assert package["publisher"] == {"name": "Elsewhere", "uri": "https://e.example"}
    assert package["license"] == "ODbL 1.0"
    assert get(client, package["records"][0]["releases"][0]["url"])["ocid"] == ODD


def test_following_next_gives_every_record_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenderwell.public.opendata.views.RECORDS_A_PAGE", 2)
    publish(*[release(1, ocid=f"{OCID}{number}") for number in range(5)])
    found = all_pages(client, "/api/ocds/records", "records")[0]
    assert [each["ocid"] for each in found] == [f"{OCID}{number}" for number in range(5)]


@pytest.mark.usefixtures("foreign")
def test_a_bulk_file_holds_a_years_releases_as_logged(client: Client) -> None:
    done = publish(release(1), release(2))
    (listed,) = get(client, "/api/ocds/bulk")["files"]
    assert (listed["year"], listed["releases"]) == (2026, 2)
    response = client.get(urlsplit(listed["url"]).path)
    lines = gzip.decompress(response.getvalue()).splitlines()
    assert [hashlib.sha256(line).hexdigest() for line in lines] == [each.sha256 for each in done]
    assert response.headers["Last-Modified"] == "Mon, 02 Mar 2026 09:00:00 GMT"


@pytest.mark.parametrize(
    "path", ["releases/x.json", "records/x.json", "records/%00.ics", "releases/%00.json", "bulk/1999.jsonl.gz"]
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/api/ocds/{path}").status_code == 404


@pytest.mark.parametrize("asked", ["until=9999-12-31", "from=0001-01-01T00:00:00%2B10:00", "cursor=٣", "limit=9999999"])
def test_no_question_breaks_the_list(client: Client, asked: str) -> None:
    assert client.get(f"/api/ocds/releases?{asked}").status_code == 422


@pytest.mark.parametrize("name", ["q", "buyer", "code", "status", "source", "after"])
def test_null_characters_break_nothing(client: Client, name: str) -> None:
    for address in ("/api/ocds/processes.csv", "/feeds/notices.atom", "/api/ocds/records"):
        assert client.get(f"{address}?{name}=%00").status_code == 200


def test_nothing_can_be_written(client: Client) -> None:
    assert client.post("/api/ocds/releases").status_code == 405
    assert Release.objects.count() == 0


def test_our_extension_is_served(client: Client) -> None:
    assert get(client, "/api/ocds/extension/extension.json")["compatibility"] == ["1.1"]
    assert "act" in json.loads(client.get("/api/ocds/extension/release-schema.json").content)["properties"]

"""What anybody reads without an account: search, a process, its history and proofs, files, rules."""

import json
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tenderwell.core import files, procedure
from tenderwell.ledger import proof as tlog
from tenderwell.ledger import store
from tenderwell.ledger.models import Entry
from tenderwell.ledger.verifying import command
from tenderwell.public.portal import statements
from tenderwell.public.portal.texts import TEXTS
from tenderwell.public.record.importing import import_releases
from tenderwell.public.record.models import Record, Release
from tenderwell.public.record.projection import project

SAMPLE = Path(__file__).parents[2] / "record/samples/dominican-republic.jsonl.gz"
pytestmark = pytest.mark.django_db


@pytest.fixture
def imported() -> Any:
    import_releases(SAMPLE, source="DGCP", licence="Open data", language="es")
    return Record.objects.order_by("ocid").first()


def get(path: Any, status: Any = 200, **given: Any) -> Any:
    response = Client().get(path, **given)
    assert response.status_code == status, response.content[:500]
    return response


def test_the_search_finds_real_processes_by_words_and_filters(imported: Any) -> None:
    page = get("/en/").content.decode()
    assert "60 procurements" in page
    ended = Record.objects.filter(status="unsuccessful").count()
    assert get("/en/?status=unsuccessful").content.decode().count("No award") >= min(ended, 20)
    assert "Nothing fits" in get("/en/?q=zzzzzz").content.decode()


def test_a_filter_answers_htmx_with_the_results_alone(imported: Any) -> None:
    part = get("/en/?q=agua", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'role="status"' in part
    assert 'hx-swap-oob="true"' in part


@pytest.mark.parametrize("query", ["page=x", "page=9999999", "sort=drop", "q=%00", "status='--", "size=0", "open=2"])
def test_a_strange_query_is_answered(imported: Any, query: Any) -> None:
    get(f"/en/?{query}")


@pytest.mark.parametrize("query", ["value_from=NaN", "value_to=1e99", "closes_from=31.3.", "published_to=2026-02-30"])
def test_a_filter_that_is_not_understood_is_told_and_kept(imported: Any, query: Any) -> None:
    page = get(f"/en/?q=agua&category=goods&{query}", 422).content.decode()
    name, _, typed = query.partition("=")
    assert f'href="#{name}"' in page
    assert f'aria-describedby="{name}_error"' in page
    assert f'value="{typed}"' in page
    assert 'value="goods" checked' in page


def test_a_search_stands_in_its_address_and_comes_as_data(imported: Any) -> None:
    query = "q=agua&published_from=2000-01-01&sort=value"
    page = get(f"/en/?{query}&page=1").content.decode()
    assert 'value="agua"' in page
    assert 'value="2000-01-01"' in page
    listed = page.count('class="card card--link"')
    links = [f"/api/ocds/processes.{kind}?q=agua&amp;published_from=2000-01-01" for kind in ("csv", "json")]
    assert all(link in page for link in [*links, "/feeds/notices.atom?q=agua&amp;"])
    found = get(f"/api/ocds/processes.json?{query}").json()
    assert found["total"] == len(found["processes"]) == listed > 0
    assert b"".join(get(f"/api/ocds/processes.csv?{query}").streaming_content).count(b"\r\n") == listed + 1
    assert get(f"/feeds/notices.atom?{query}").content.count(b"<entry>") == listed


def test_figures_lead_to_the_releases_they_follow_from_and_hits_to_their_proof(imported: Any) -> None:
    basis = get("/en/money/").content.decode().partition('id="basis"')[2]
    assert f"processes ({Record.objects.count()}) and their releases ({Release.objects.count()})" in basis
    assert '"/api/ocds/releases.csv"' in basis
    lines = b"".join(get("/api/ocds/releases.csv").streaming_content).count(b"\r\n")
    assert lines == Release.objects.count() + 1
    assert (
        f'href="/en/processes/{imported.ocid}/history/">Its proof'
        in get("/en/?sort=newest&q=" + imported.ocid).content.decode()
    )


def test_filters_say_in_words_how_many_there_are(imported: Any) -> None:
    page = get("/en/").content.decode()
    goods = Record.objects.filter(category="goods").count()
    assert f'Goods <span class="meta">{goods}</span>' in page
    chosen = get("/en/?category=goods").content.decode()
    assert f"{goods} procurements" in chosen
    assert 'value="works"' in chosen  # another choice stays one click away


def test_all_documents_of_a_process_without_any_are_not_there(imported: Any) -> None:
    get(f"/processes/{imported.ocid}/files.zip", 404)


def test_every_real_process_has_its_page(imported: Any, django_assert_max_num_queries: Any) -> None:
    for record in Record.objects.all()[:20]:
        with django_assert_max_num_queries(5):
            page = get(f"/en/processes/{record.ocid}/").content.decode()
        assert "DGCP" in page


def test_every_publishers_process_is_measured_by_the_same_steps(imported: Any) -> None:
    page = get(f"/en/processes/{imported.ocid}/guideline/").content.decode()
    assert "of 19 steps have left all their evidence" in page
    assert "tender.tenderPeriod.endDate" in page
    assert "Not found" in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_of_a_process_is_light(imported: Any, language: str) -> None:
    sizes = [
        len(get(f"/{language}/processes/{record.ocid}/", headers={"Accept-Encoding": "gzip"}).content)
        for record in Record.objects.all()[:20]
    ]
    assert max(sizes) <= 10 * 1024


def test_the_history_gives_a_proof_that_a_tlog_tool_reads(imported: Any) -> None:
    page = get(f"/en/processes/{imported.ocid}/history/").content.decode()
    index = int(page.split("/proofs/")[1].split("/")[0])
    text = get(f"/en/processes/{imported.ocid}/proofs/{index}/").content.decode()
    assert text.startswith("c2sp.org/tlog-proof@v1\n")
    assert tlog.parse_proof(text).index == index


def test_the_bundle_of_an_imported_process_verifies(imported: Any, tmp_path: Path) -> None:
    page = get(f"/en/processes/{imported.ocid}/").content.decode()
    url = page.split("/bundle.zip")[0].rsplit('"', 1)[1] + "/bundle.zip"
    (tmp_path / "policy").write_bytes(get("/log/policy").content)
    (tmp_path / "one.zip").write_bytes(get(url).getvalue())
    assert command.main(["record", str(tmp_path / "one.zip"), "--policy", str(tmp_path / "policy")]) == 0


@pytest.mark.parametrize("path", ["", "money/"])
def test_pages_of_many_processes_say_which_ledger_stands_behind_them(imported: Any, path: str) -> None:
    store.publish(now=timezone.now())
    assert f"(entries: {store.head().size}), last signed" in get(f"/en/{path}").content.decode()


def test_a_proof_of_another_process_is_not_there(imported: Any) -> None:
    get(f"/en/processes/{imported.ocid}/proofs/99999/", 404)


def test_what_is_not_there_says_what_to_do(imported: Any) -> None:
    assert b"<h1" in get("/en/processes/ocds-none/", 404).content


def test_only_a_published_file_can_be_downloaded() -> None:
    stored = files.store([b"<script>alert(1)</script>"], limit=100)
    url = f"/processes/ocds-t-1/files/{stored.sha256}/plan.html"
    get(url, 404)
    document = {"id": "1", "title": "Plan", "url": url, "sha256": stored.sha256, "documentType": "tenderNotice"}
    release = {"ocid": "ocds-t-1", "id": "ocds-t-1-00001", "date": "2026-01-01T00:00:00.000Z", "tag": ["tender"]}
    published = project({**release, "initiationType": "tender", "tender": {"id": "1", "documents": [document]}})
    store.append([store.Leaf("ocds.release/v1", {"id": published.id}, ref=published.id)])
    answer = get(url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    answer.close()


@pytest.mark.parametrize("path", ["money", "check", "rules", "rules/open_1", *TEXTS])
def test_the_other_pages_are_there(imported: Any, path: Any) -> None:
    get(f"/en/{path}/")
    get(f"/ar/{path}/")


def test_an_unknown_procedure_is_not_there() -> None:
    get("/en/rules/none_9/", 404)


# What the site states by itself

STATED = ["rules/", "rules/open_1/", *(f"{name}/" for name in TEXTS)]


@pytest.mark.parametrize("path", STATED)
def test_rules_and_texts_show_the_proof_that_they_are_what_was_logged(path: str) -> None:
    assert "there is no proof yet" in get(f"/en/{path}").content.decode()
    statements.log()
    page = get(f"/en/{path}").content.decode()
    assert "Proof that nothing was changed" in page
    kind = "rules" if path.startswith("rules") else "texts"
    entry = json.loads(tlog.parse_proof(get(f"/{kind}/{kind}.tlog-proof").content.decode()).extra)
    assert entry["type"] == f"{kind}.release/v1"
    for file in set(re.findall(rf'href="/{kind}/([a-z0-9_-]+\.json)"', page)):
        assert sha256(get(f"/{kind}/{file}").content).hexdigest() == entry["files"][file]


def test_a_rule_that_changed_since_it_was_logged_shows_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    statements.log()
    monkeypatch.setitem(procedure._registry, "open_1", replace(procedure.get("open_1"), title="Another"))
    assert "there is no proof yet" in get("/en/rules/open_1/").content.decode()
    assert "Proof that nothing was changed" in get("/en/rules/direct_1/").content.decode()


def test_what_the_site_states_is_logged_once_for_each_change(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    for title in ("Open", "Open", "Another"):
        monkeypatch.setitem(procedure._registry, "open_1", replace(procedure.get("open_1"), title=title))
        statements.log()
        counts.append(Entry.objects.count())
    assert counts == [2, 2, 3]


def test_no_proof_and_no_file_of_what_is_not_stated() -> None:
    get("/rules/rules.tlog-proof", 404)
    get("/rules/procedure-none_9.json", 404)


@pytest.mark.parametrize("key", [each.key for each in procedure.all_procedures() if each.ocds_method])
def test_rules_are_shown_in_words(key: str) -> None:
    page = get(f"/en/rules/{key}/").content.decode()
    text = re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("proof__")[0])
    assert re.findall(r"\b[a-z]+[_.][a-z_]+\b", text) == []
    assert "Open for bids" in text or key == "direct_1"
    assert "{" not in text
    assert page.count('<th scope="row"') == len(procedure.get(key).steps)


def test_each_limit_of_a_jurisdiction_is_shown_with_its_source() -> None:
    page = get("/en/rules/").content.decode()
    assert "35 days, less 5 for electronic submission" in page
    assert "89/665/EEC Art. 2a(2)" in page
    assert "No law stated" not in page

"""What evaluators read and send by page, and what others do not see."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from msgspec import structs

from tenderwell.core.command import perform
from tenderwell.ledger.sealing.fit import EXCEPTION
from tenderwell.ledger.sealing.package import File
from tenderwell.ledger.sealing.response import Party
from tenderwell.workroom.bidding import sealer
from tenderwell.workroom.bidding.eligibility import declarations
from tenderwell.workroom.bidding.tests.journey import handed_in, open_for_bids, opened, sealed_by
from tenderwell.workroom.evaluation import pages, queries
from tenderwell.workroom.evaluation.tests import journey as j
from tenderwell.workroom.parties.commands import IssueToken, issue_token
from tenderwell.workroom.parties.models import Organisation, Person
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, CLEO_WORKS, actor, assign, personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def process() -> Process:
    """Bob's bid with a file, Cleo's without."""
    tender = open_for_bids()
    plan = File.of("plan.html", b"<script>alert(1)</script>")
    handed_in(tender, personas().bob, sealed_by(tender, personas().bob, "900.00", attachments=(plan,)))
    handed_in(tender, personas().cleo, sealed_by(tender, personas().cleo, "1000.00"))
    return opened(tender)


def signed_in(name: str) -> Client:
    client = Client()
    person = Person.objects.get(pk=actor(name).id)
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def got(name: str, page: str, process: Process, *parts: object) -> Any:
    return signed_in(name).get(reverse(f"evaluation:{page}", args=(process.ocid, *parts)))


def form_of(response: Any) -> dict[str, str]:
    """What the form of the page sends when nothing is changed; texts and hidden fields only."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", response.content.decode()):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="radio"' not in tag:
            found[name[1]] = value[1] if value else ""
    return found


def test_an_evaluator_reads_bids_side_by_side_without_names(process: Process) -> None:
    shown = got("dora", "bids", process).content.decode()
    assert "Bid 1" in shown and "Bid 2" in shown and "plan.html" in shown and "Method of work" in shown
    assert "Bob Roofs" not in shown


def test_nobody_reads_bids_before_declaring_interests(process: Process) -> None:
    assign(process, "gus", "evaluator")
    process.declarations.filter(person_id=actor("gus").id).delete()
    for page, *rest in (("bids",), ("file", "bid-1", 1), ("comparison",), ("comparison-csv",)):
        response = got("gus", page, process, *rest)
        assert response.status_code == 403
        assert "Declare your interests" in response.content.decode()
    assert signed_in("gus").get(reverse("bidding:bid-file", args=(process.ocid, "bid-1", 1))).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("bob", 404), ("gus", 403), ("elif", 200), ("abe", 200), ("nora", 403)])
def test_who_may_read_bids(process: Process, name: str, status: int) -> None:
    assert got(name, "bids", process).status_code == status
    assert Client().get(reverse("evaluation:bids", args=(process.ocid,))).status_code == 404


def test_sealed_bids_have_no_page() -> None:
    assert got("dora", "bids", open_for_bids().process).status_code == 404


def test_a_file_is_a_download_that_no_browser_runs(process: Process) -> None:
    response = got("dora", "file", process, "bid-1", 1)
    assert b"".join(response) == b"<script>alert(1)</script>"
    assert response["Content-Disposition"] == 'attachment; filename="plan.html"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Content-Type"] == "application/octet-stream"
    response.close()


def test_scores_are_sent_from_a_form_that_lists_all_there_is_to_judge(process: Process) -> None:
    j.shortlisted(process)
    page = got("dora", "scores", process)
    sent = form_of(page)
    assert "Bid 2: Local jobs and training" in page.content.decode()
    assert {sent[f"scores-{row}-bid"] for row in range(4)} == {"bid-1", "bid-2"}
    for row in range(4):
        sent |= {f"scores-{row}-points": "3", f"scores-{row}-reason": j.WHY}
    answer = signed_in("dora").post(reverse("evaluation:scores", args=(process.ocid,)), sent)
    assert answer.status_code == 302, answer.content.decode()
    assert queries.own_sheet(process, lot="", person=actor("dora").id)


def test_what_is_wrong_with_a_sheet_stands_beside_the_fields(process: Process) -> None:
    j.shortlisted(process)
    sent = form_of(got("dora", "scores", process)) | {f"scores-{row}-reason": j.WHY for row in range(4)}
    sent |= {f"scores-{row}-points": "9" for row in range(4)}
    answer = signed_in("dora").post(reverse("evaluation:scores", args=(process.ocid,)), sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Give one of the points of the published scale: 0, 1, 2, 3, 4." in shown


def test_the_shortlist_form_lists_every_bid_with_every_requirement(process: Process) -> None:
    sent = form_of(got("ada", "shortlist", process)) | {"few_reason": j.FEW}
    for row in range(2):
        sent |= {f"rows-{row}-score": "2", f"rows-{row}-reason": j.WHY}
    answer = signed_in("ada").post(reverse("evaluation:shortlist", args=(process.ocid,)), sent)
    assert answer.status_code == 302, answer.content.decode()
    assert [row["score"] for row in queries.current_shortlist(process).rows] == [2, 2]  # type: ignore[union-attr]


def test_others_scores_show_on_no_page_before_all_have_committed(process: Process) -> None:
    j.shortlisted(process)
    j.scored(process, actor("dora"), {("bid-1", j.METHOD): "4"})
    for name in ("dan", "ada", "elif"):
        shown = got(name, "comparison", process).content.decode()
        assert ">4<" not in shown and "still to come" in shown
    assert ",4," in got("dora", "comparison-csv", process).content.decode()
    assert j.WHY not in got("ada", "agreement", process).content.decode()


def test_the_agreement_starts_from_what_all_gave_alike(process: Process) -> None:
    j.shortlisted(process)
    j.scored(process, actor("dora"), {("bid-1", j.METHOD): "4"})
    j.scored(process, actor("dan"))
    page = got("ada", "agreement", process)
    sent = form_of(page)
    assert [sent.get(f"scores-{row}-points", "") for row in range(4)] == ["", "3", "3", "3"]
    assert "evaluator-" in page.content.decode()


def test_a_cell_of_the_csv_is_no_formula() -> None:
    assert [pages.safe(cell) for cell in ("=1+1", "-2", "+x", "@y", "3", "")] == ["'=1+1", "'-2", "'+x", "'@y", "3", ""]


def token_of(name: str) -> dict[str, str]:
    issued = perform(issue_token, actor(name), actor(name).organisation, IssueToken(label="tests"))
    return {"Authorization": f"Bearer {issued.secret}"}


def test_the_api_refuses_the_undeclared_with_the_same_reasons(process: Process) -> None:
    j.shortlisted(process)
    assign(process, "gus", "evaluator")
    process.declarations.filter(person_id=actor("gus").id).delete()
    rows = [row.model_dump() for row in j.rows_for(process, "", {})]
    url = f"/api/v1/processes/{process.ocid}/evaluation/submit_scores"
    answers = [
        Client(headers=token_of(name)).post(url, json.dumps({"scores": rows}), content_type="application/json")
        for name in ("gus", "dora")
    ]
    assert [answer.status_code for answer in answers] == [409, 201]
    assert [reason["code"] for reason in answers[0].json()["reasons"]] == ["declare_first"]
    assert answers[1].json()["result"]["commitment"]


def test_an_evaluator_sees_declarations_partners_and_subcontractors_on_both_pages() -> None:
    """Bob declares all but one, says why, and names others; Cleo says nothing."""
    tender = open_for_bids()
    bob, cleo = (Organisation.objects.get(identifier=name) for name in (BOB_ROOFS, CLEO_WORKS))
    plain = sealer.offer(
        bob, currency="USD", amounts={"": Decimal("900")}, answers={EXCEPTION: "Taxes are in dispute."}
    )
    leader, partner, pole = (
        plain.tenderers[0],
        Party(id="P", name="Partner Roofs"),
        Party(id="S", name="Pole", part="Poles"),
    )
    declared = tuple(each.id for each in declarations(tender.process) if each.id != "taxes-paid")
    whole = structs.replace(plain, tenderers=(leader, partner), subcontractors=(pole,), declarations=declared)
    for who, response in (
        (personas().bob, whole),
        (personas().cleo, sealer.offer(cleo, currency="USD", amounts={"": Decimal(1)})),
    ):
        handed_in(tender, who, sealer.seal_for(tender.process, response))
    process = opened(tender)
    for page in ("bids", "shortlist", "scores"):
        shown = got("dora", page, process).content.decode()
        assert "Partner Roofs" in shown and "Pole: Poles" in shown
        assert "The firm has paid its taxes" in shown and "Taxes are in dispute." in shown
        assert f"0 of {len(declared) + 1}" in shown
        assert "Bob Roofs" not in shown

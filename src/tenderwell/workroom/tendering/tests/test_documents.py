"""Documents of a tender: published with it or with a change of it, with size, type, version and hash."""

from hashlib import sha256
from typing import Any

import pytest

from tenderwell.core import files
from tenderwell.core.command import perform
from tenderwell.workroom.process.commands import AddDocument, add_document
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.commands import changing
from tenderwell.workroom.tendering.tests.journey import DAY, drafted, tendered
from tenderwell.workroom.tendering.tests.test_changes import amend
from tenderwell.workroom.tendering.tests.test_publishing import committee_and_publish, tender_of

pytestmark = pytest.mark.django_db
PLAN, NEW_PLAN = b"%PDF-1.7 roofs of twelve schools", b"%PDF-1.7 roofs of fourteen schools"


def attach(process: Process, content: bytes, **given: Any) -> None:
    stored = files.store([content], limit=1000)
    data = AddDocument(
        file=stored.sha256,
        file_name="plan.pdf",
        title="Plan of the roofs",
        part="tender",
        kind="technicalSpecifications",
        **given,
    )
    perform(add_document, personas().ada, process.ocid, data, now=NOW)


def test_documents_are_published_with_the_tender() -> None:
    process = drafted()
    attach(process, PLAN)
    assert "documents" not in tender_of(process)
    shown = tender_of(committee_and_publish(process))["documents"][0]
    assert shown["sha256"] == sha256(PLAN).hexdigest()
    assert (shown["size"], shown["format"], shown["version"]) == (len(PLAN), "application/pdf", 1)


def test_a_new_version_is_published_with_a_change_and_told() -> None:
    process = drafted()
    attach(process, PLAN)
    committee_and_publish(process)
    attach(process, NEW_PLAN, replaces=1)
    assert tender_of(process)["documents"][0]["version"] == 1
    amend(process, {})
    tender = tender_of(process)
    assert [(each["version"], each["sha256"]) for each in tender["documents"]] == [(2, sha256(NEW_PLAN).hexdigest())]
    told = tender["amendments"][0]["differences"][0]
    assert (told["before"], told["after"]) == ("version 1", "version 2")


def test_more_time_publishes_no_document_by_accident() -> None:
    process = tendered()
    attach(process, PLAN)
    end = process.periods_held()["tenderPeriod"].end
    data = changing.ExtendPeriod(reason="Few firms have asked.", closes_at=end + DAY)
    perform(changing.extend_period, personas().ada, process.ocid, data, now=NOW + DAY)
    assert "documents" not in tender_of(process)

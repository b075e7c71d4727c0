"""What is signed or decided can be read on the same page, by those whom it is for."""

from datetime import datetime

import pytest
from django.test import Client

from tenderwell.workroom.delivery.tests import journey as j
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import personas

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def page(process: Process, verb: str, who: str, *, now: datetime, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    client = Client()
    client.force_login(Person.objects.get(pk=getattr(personas(), who).id), BACKEND)
    return str(client.get(f"/en/desk/{process.ocid}/delivery/{verb}/").content.decode())


@pytest.mark.parametrize(("verb", "who"), [("sign_for_buyer", "abe"), ("sign_for_supplier", "bob")])
def test_who_signs_reads_the_contract_first(verb: str, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    process = j.contracted()
    shown = page(process, verb, who, now=j.begins(process), monkeypatch=monkeypatch)
    contract = j.contract_of(process)
    assert f"{contract.amount:,.0f}" in shown
    assert contract.award.suppliers.get().name in shown


def test_who_approves_a_change_reads_why_and_how_far_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    process = j.signed()
    j.proposed(process, "50.00")
    now = j.begins(process) + 4 * j.DAY
    shown = page(process, "approve_change", "abe", now=now, monkeypatch=monkeypatch)
    assert all(text in shown for text in (j.REASON, "Two more classrooms stay dry.", "All changes with this one"))
    assert j.REASON not in page(process, "approve_change", "cleo", now=now, monkeypatch=monkeypatch)


def test_an_invoice_is_named_with_its_amount_as_money(monkeypatch: pytest.MonkeyPatch) -> None:
    process = j.signed()
    j.invoiced(process, "300.50")
    shown = page(process, "accept_invoice", "gus", now=j.begins(process) + 2 * j.DAY, monkeypatch=monkeypatch)
    assert "R-1, USD\xa0300.50" in shown


def test_who_proposes_a_change_sees_how_far_changes_may_go(monkeypatch: pytest.MonkeyPatch) -> None:
    process = j.signed()
    shown = page(process, "propose_change", "gus", now=j.begins(process) + j.DAY, monkeypatch=monkeypatch)
    assert all(text in shown for text in ("Changes so far", "At most", "15%"))

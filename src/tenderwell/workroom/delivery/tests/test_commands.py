"""Contracts from draft to final account: state before, the act, state and record after; wrong people."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tenderwell.core import files
from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.public.record.models import Release
from tenderwell.public.record.projection import rebuild
from tenderwell.workroom.awarding.tests.journey import again, awarded_directly, compiled, decided, standstill_end
from tenderwell.workroom.delivery.commands import contracting
from tenderwell.workroom.delivery.tests import journey as j
from tenderwell.workroom.process import commands as process_commands
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, CLEO_WORKS, NOW, personas

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def contract() -> Process:
    return j.signed()


def shown(process: Process) -> Any:
    return compiled(process)["contracts"][0]


def drawn_up_early() -> Process:
    process = decided()
    return j.contracted(process, now=standstill_end(process) - j.DAY)


def test_a_contract_is_drawn_up_from_the_award() -> None:
    process = drawn_up_early()
    assert (process.state, shown(process)["status"], shown(process)["value"]["amount"]) == (
        "standstill",
        "pending",
        900,
    )


def test_the_standstill_blocks_signing_to_its_last_second() -> None:
    process = drawn_up_early()
    end = standstill_end(process)
    with pytest.raises(Refused) as refused:
        j.sign(process, now=end - SECOND)
    assert {reason.code for reason in refused.value.reasons} == {"wrong_state", "standstill"}
    j.sign(process, now=end)
    assert again(process).state == "delivery"


def test_the_contract_is_in_force_with_the_second_signature_only() -> None:
    process = j.contracted()
    data = contracting.SignContract(contract=j.CONTRACT, agreed=True)
    perform(contracting.sign_for_buyer, personas().abe, process.ocid, data, now=j.begins(process))
    assert (again(process).state, shown(process)["status"]) == ("awarded", "pending")
    perform(contracting.sign_for_supplier, personas().bob, process.ocid, data, now=j.begins(process))
    assert (again(process).state, shown(process)["status"]) == ("delivery", "active")
    assert {each["id"] for each in shown(process)["signatories"]} == {"XA-GOV-1", BOB_ROOFS}


def test_signing_is_for_those_who_may_bind_their_side() -> None:
    process = j.contracted()
    data = contracting.SignContract(contract=j.CONTRACT, agreed=True)
    for who, act in ((personas().gus, "buyer"), (personas().cleo, "supplier"), (personas().abe, "supplier")):
        command = getattr(contracting, f"sign_for_{act}")
        with pytest.raises(Refused, match="wrong_role"):
            perform(command, who, process.ocid, data, now=j.begins(process))


def test_a_signature_is_given_knowingly_and_once() -> None:
    process = j.contracted()
    unread = contracting.SignContract(contract=j.CONTRACT, agreed=False)
    with pytest.raises(Refused, match="not_agreed"):
        perform(contracting.sign_for_buyer, personas().abe, process.ocid, unread, now=j.begins(process))
    j.sign(process)
    with pytest.raises(Refused, match="nothing_to_sign"):
        j.sign(process)
    j.contracted(process, value="1.00", value_reason="Keys and signs, which the award forgot.")
    with pytest.raises(Refused, match="already_signed"):
        j.sign(process)


def test_the_signed_contract_is_published_in_full_but_for_what_is_withheld() -> None:
    process = j.contracted()
    for name in ("contract.pdf", "drawings.pdf"):
        stored = files.store([name.encode()], limit=100)
        data = process_commands.AddDocument(
            file=stored.sha256, file_name=name, title=name, part="contract", kind="contractSigned"
        )
        perform(process_commands.add_document, personas().gus, process.ocid, data, now=j.begins(process))
    secret = process_commands.WithholdDocument(
        number=2, reason="Shows how the school's alarm is wired.", until=(j.begins(process) + 99 * j.DAY).date()
    )
    perform(process_commands.withhold_document, personas().ada, process.ocid, secret, now=j.begins(process))
    j.sign(process)
    first, second = shown(process)["documents"]
    assert first["url"].endswith("contract.pdf")
    assert "availableDate" not in first
    assert second["accessDetails"].startswith("Withheld until")
    assert second["availableDate"] == f"{secret.until - j.DAY}T21:00:00.000Z"  # the day begins in Nairobi


def test_an_invoice_is_sent_once(contract: Process) -> None:
    j.invoiced(contract)
    with pytest.raises(Refused, match="double_invoice"):
        j.invoiced(contract)


def test_invoices_never_exceed_the_contract(contract: Process) -> None:
    j.invoiced(contract, "800.00")
    with pytest.raises(Refused, match="above_contract"):
        j.invoiced(contract, "100.01", number="R-2")
    j.invoiced(contract, "100.00", number="R-2")


def test_a_disputed_invoice_can_be_sent_again(contract: Process) -> None:
    j.invoiced(contract, "900.00")
    j.accepted(contract, dispute="The second school is not covered yet.")
    j.invoiced(contract, "450.00")
    with pytest.raises(Refused, match="no_such_invoice"):
        j.paid(contract)


def test_days_to_pay_are_public(contract: Process) -> None:
    j.invoiced(contract)
    j.accepted(contract)
    j.paid(contract)
    (payment,) = shown(contract)["implementation"]["transactions"]
    assert (payment["daysToPay"], payment["payee"]["id"]) == (20, BOB_ROOFS)


def test_nobody_pays_what_was_not_accepted_nor_twice(contract: Process) -> None:
    j.invoiced(contract)
    with pytest.raises(Refused, match="no_such_invoice"):
        j.paid(contract)
    j.accepted(contract)
    j.paid(contract)
    with pytest.raises(Refused, match="no_such_invoice"):
        j.paid(contract)


def test_the_share_of_changes_is_worked_out_when_one_is_approved(contract: Process) -> None:
    """Each alone is within 15 %; together they are not, and the second is refused only at its approval."""
    j.proposed(contract, "90.00")
    j.proposed(contract, "-90.00")
    j.approved(contract, "change-1")
    with pytest.raises(Refused, match="change_limit"):
        j.approved(contract, "change-2")
    assert shown(contract)["value"]["amount"] == 990
    assert shown(contract)["amendments"][0]["cumulativeShare"] == 0.1


def test_a_change_above_the_limit_is_not_even_proposed(contract: Process) -> None:
    with pytest.raises(Refused, match="change_limit"):
        j.proposed(contract, "135.01")
    j.proposed(contract, "135.00")


def test_whoever_proposes_a_change_does_not_approve_it(contract: Process) -> None:
    j.proposed(contract, "10.00", by=personas().bob)
    with pytest.raises(Refused, match="wrong_role"):
        j.approved(contract, by=personas().bob)
    j.approved(contract)


def test_a_result_measures_an_outcome_of_the_plan(contract: Process) -> None:
    result = j.measured(contract)
    metric = shown(contract)["implementation"]["metrics"][0]
    assert result.outcome == metric["relatedOutcome"] == "outcome-1"
    assert metric["observations"][0]["measure"] == "4"


def test_closing_waits_for_all_that_is_open(contract: Process) -> None:
    j.milestone(contract)
    j.invoiced(contract)
    with pytest.raises(Refused) as refused:
        j.closed(contract)
    assert [reason.code for reason in refused.value.reasons] == ["unpaid", "unmet"]
    assert again(contract).state == "delivery"


def test_closing_waits_until_a_proposed_change_is_decided(contract: Process) -> None:
    j.proposed(contract, "10.00")
    with pytest.raises(Refused, match="^change_undecided$"):
        j.closed(contract)
    j.rejected(contract)
    j.closed(contract)


def test_a_final_account_that_was_not_paid_takes_a_published_reason(contract: Process) -> None:
    with pytest.raises(Refused, match="account_differs") as refused:
        j.closed(contract, final_amount="12.50")
    assert refused.value.reasons[0].field == "account_reason"
    reason = "The deposit was paid before this process came here."
    j.closed(contract, final_amount="12.50", account_reason=reason)
    assert shown(contract)["implementation"]["finalValueDetails"] == reason


def test_a_process_is_complete_with_its_last_contract(contract: Process) -> None:
    j.contracted(contract, value="1.00", value_reason="Keys and signs, which the award forgot.")
    j.sign(contract, contract="contract-2", now=j.begins(contract) + j.DAY)
    j.closed(contract)
    assert again(contract).state == "delivery"
    j.closed(contract, contract="contract-2")
    assert again(contract).state == "complete"


def test_the_whole_way_leaves_a_record_that_the_ledger_makes_again() -> None:
    process = j.delivered()
    before = compiled(process)
    assert process.state == "complete"
    assert before["lessons"][0]["description"].startswith("Survey")
    assert before["contracts"][0]["implementation"]["closingQuestions"]["asAsked"]
    refs = set(Entry.objects.filter(kind="ocds.release/v1").values_list("ref", flat=True))
    assert refs == set(Release.objects.values_list("pk", flat=True))
    rebuild()
    assert compiled(process) == before


def test_a_direct_award_is_signed_without_standstill_and_delivered() -> None:
    process = j.delivered(awarded_directly())
    assert process.state == "complete"


def test_both_sides_review_each_other_and_strangers_do_not(contract: Process) -> None:
    j.reviewed(contract, personas().bob)
    j.reviewed(contract, personas().gus)
    assert [each["by"] for each in shown(contract)["implementation"]["reviews"]] == ["supplier", "buyer"]
    with pytest.raises(Refused, match="wrong_role"):
        j.reviewed(contract, personas().cleo)


def test_a_contract_needs_an_award_in_force() -> None:
    with pytest.raises(Refused, match="no_such_award"):
        j.contracted(decided(), award="award-7")


def withheld(process: Process, *, until: date) -> str:
    """The address of a contract document that is withheld until a day."""
    stored = files.store([until.isoformat().encode()], limit=100)
    data = process_commands.AddDocument(
        file=stored.sha256, file_name="alarm.pdf", title="Alarm", part="contract", kind="contractSigned"
    )
    perform(process_commands.add_document, personas().gus, process.ocid, data, now=j.begins(process))
    secret = process_commands.WithholdDocument(number=1, reason="Shows how the school's alarm is wired.", until=until)
    perform(process_commands.withhold_document, personas().ada, process.ocid, secret, now=j.begins(process))
    j.sign(process)
    url: str = shown(process)["documents"][0]["url"]
    return url


@pytest.mark.parametrize(("until", "status"), [(date(2026, 5, 20), 200), (date(2200, 1, 1), 404)])
def test_what_is_withheld_appears_at_its_date_by_itself(until: date, status: int) -> None:
    process = j.contracted()
    answer = Client().get(withheld(process, until=until))
    assert b"".join(answer) == (until.isoformat().encode() if status == 200 else answer.content)
    assert answer.status_code == status
    page = Client().get(f"/en/processes/{process.ocid}/").content.decode()
    assert ("alarm.pdf" in page) == (status == 200)


def test_documents_of_a_change_are_published_with_it(contract: Process) -> None:
    stored = files.store([b"annexe"], limit=100)
    data = process_commands.AddDocument(
        file=stored.sha256, file_name="annexe.pdf", title="Annexe", part="contract", kind="contractAnnexe"
    )
    perform(process_commands.add_document, personas().gus, contract.ocid, data, now=j.begins(contract))
    j.proposed(contract, "50.00")
    j.approved(contract, by=personas().ben)
    assert [each["title"] for each in shown(contract)["documents"]] == ["Annexe"]
    assert shown(contract)["amendments"][0]["approvedBy"] == "budget_holder"


def test_nothing_is_closed_that_nobody_accepted(contract: Process) -> None:
    with pytest.raises(Refused, match="not_accepted"):
        j.closed(contract, accepted=False)


def test_a_supplier_touches_no_contract_of_another(contract: Process) -> None:
    Process.objects.filter(pk=contract.pk).update(supplier_ids=[BOB_ROOFS, CLEO_WORKS])
    with pytest.raises(Refused, match="not_your_contract"):
        j.reviewed(contract, personas().cleo)
    with pytest.raises(Refused, match="not_your_contract"):
        j.proposed(contract, "1", by=personas().cleo)


def test_a_change_ends_no_contract_before_it_begins() -> None:
    process = j.contracted(starts_at=NOW + 90 * j.DAY)
    j.sign(process)
    with pytest.raises(Refused, match="period_backwards"):
        j.proposed(process, "0", new_end=NOW)


def test_a_contract_worth_more_than_its_award_says_why() -> None:
    process = decided()
    with pytest.raises(Refused, match="above_award"):
        j.contracted(process, value="900.01")
    j.contracted(process, value="900.01", value_reason="The court has raised the tax on roofs.")
    assert shown(process)["description"].startswith("The court")
    with pytest.raises(Refused, match="above_award"):
        j.contracted(process, value="1")

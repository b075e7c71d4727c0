"""Whoever proposes does not decide, and whoever accepts does not pay: changes and invoices by two people."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.workroom.awarding.tests.journey import again, awarded_directly, compiled, last_release, planned_direct
from tenderwell.workroom.delivery import queries, rules
from tenderwell.workroom.delivery.commands import paying
from tenderwell.workroom.delivery.tests import journey as j
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import assign, personas

MONEY = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.fixture
def contract(db: None) -> Process:
    return j.signed()


def shown(process: Process) -> dict[str, object]:
    change: dict[str, object] = compiled(process)["contracts"][0]["amendments"][0]
    return change


def test_a_rejected_change_is_published_with_its_reason_and_changes_nothing(contract: Process) -> None:
    j.proposed(contract, "50.00")
    assert shown(contract)["cumulativeShare"] > 0  # type: ignore[operator]
    j.rejected(contract)
    found = shown(contract)
    assert (found["rejectedBy"], found["rejection"]) == ("approver", "The annexe is bought by itself next year.")
    assert (found["cumulativeShare"], found.get("approvedBy")) == (0, None)
    assert last_release(contract).content["act"]["name"] == "change.rejected"
    assert j.contract_of(contract).amount == 900


def test_a_change_is_decided_once(contract: Process) -> None:
    j.proposed(contract, "50.00")
    j.rejected(contract)
    assert queries.changes_waiting(contract, None) == []
    for again_decided in (j.rejected, j.approved):
        with pytest.raises(Refused, match="no_such_change"):
            again_decided(contract)


@pytest.mark.parametrize("who", ["gus", "ada", "bob", "dora"])
def test_only_who_approves_rejects(contract: Process, who: str) -> None:
    j.proposed(contract, "50.00")
    with pytest.raises(Refused, match="wrong_role"):
        j.rejected(contract, by=getattr(personas(), who))


def test_a_rejected_change_leaves_its_share_to_others(contract: Process) -> None:
    j.proposed(contract, "130.00")
    j.rejected(contract)
    j.proposed(contract, "130.00")
    j.approved(contract, "change-2")
    assert j.contract_of(contract).amount == 1030


def test_one_person_with_two_roles_does_not_accept_and_pay(contract: Process) -> None:
    assign(contract, "gus", "approver", now=j.begins(contract))
    j.invoiced(contract)
    j.accepted(contract)
    data = paying.PayInvoice(contract=j.CONTRACT, invoice="invoice-1")
    with pytest.raises(Refused) as refused:
        perform(paying.pay_invoice, personas().gus, contract.ocid, data, now=j.begins(contract) + 3 * j.DAY)
    assert [(reason.code, reason.field) for reason in refused.value.reasons] == [("own_invoice", "invoice")]
    assert j.paid(contract).paid_at


def test_a_small_purchase_may_be_paid_by_one(db: None) -> None:
    process = j.signed(awarded_directly(planned_direct(estimate="9000"), value="8000"))
    assign(process, "gus", "approver", now=j.begins(process))
    j.invoiced(process)
    j.accepted(process)
    data = paying.PayInvoice(contract=j.CONTRACT, invoice="invoice-1")
    perform(paying.pay_invoice, personas().gus, process.ocid, data, now=j.begins(process) + 3 * j.DAY)
    assert again(process).contracts.get().invoices.get().paid_at


@given(MONEY, MONEY)
def test_above_the_limit_the_same_person_is_refused_and_another_never(value: Decimal, limit: Decimal) -> None:
    def told(payer: str) -> bool:
        return bool(rules.paid_by_second(accepter="gus", payer=payer, value=value, limit=limit, source="s. 5"))

    assert told("gus") is (value > limit)
    assert not told("ben")

"""A wrong draft of a contract is withdrawn, with its published reason, until both sides have signed it."""

import pytest

from tenderwell.core.command import Actor, perform, refusals
from tenderwell.core.errors import Refused
from tenderwell.workroom.awarding import commands as awarding
from tenderwell.workroom.awarding.tests.journey import again, compiled, last_release
from tenderwell.workroom.delivery import queries, rules
from tenderwell.workroom.delivery.commands import contracting
from tenderwell.workroom.delivery.tests import journey as j
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import personas

pytestmark = pytest.mark.django_db
SECOND = "contract-2"


def second_drawn_up() -> Process:
    """One contract in force, and a draft of another beside it."""
    return j.contracted(j.signed(), value="1.00", value_reason="Keys and signs, which the award forgot.")


def signed_by(process: Process, side: str, *, contract: str = j.CONTRACT) -> None:
    who = {"buyer": personas().abe, "supplier": personas().bob}[side]
    data = contracting.SignContract(contract=contract, agreed=True)
    perform(getattr(contracting, f"sign_for_{side}"), who, process.ocid, data, now=j.begins(process))


def test_a_withdrawn_draft_is_published_with_its_reason() -> None:
    process = j.contracted()
    j.withdrawn(process)
    (found,) = compiled(process)["contracts"]
    assert (found["status"], found["statusDetails"], found["awardID"]) == ("cancelled", j.WRONG, "award-1")
    assert last_release(process).content["act"]["name"] == "contract.withdrawn"
    assert again(process).state == "awarded"


def test_a_withdrawn_draft_commits_no_money_and_is_chosen_no_more() -> None:
    process = j.contracted()
    signed_by(process, "buyer")
    assert queries.committed(process) == 900
    j.withdrawn(process, by=personas().abe)
    assert queries.committed(process) == 0
    assert queries.contract_choices(process, None) == queries.draft_choices(process, None) == []


def test_the_award_is_contracted_anew_for_its_whole_value_to_the_final_account() -> None:
    process = j.contracted()
    j.withdrawn(process)
    j.contracted(process, title="Roofs")
    j.sign(process, contract=SECOND)
    j.closed(process, contract=SECOND)
    assert again(process).state == "complete"
    assert [each["status"] for each in compiled(process)["contracts"]] == ["cancelled", "terminated"]


@pytest.mark.parametrize("name", ["bob", "cleo", "dora", "rita"])
def test_only_the_buyer_withdraws(name: str) -> None:
    process = j.contracted()
    with pytest.raises(Refused, match="wrong_role"):
        j.withdrawn(process, by=getattr(personas(), name))


def test_what_the_buyer_has_signed_is_withdrawn_by_who_may_sign() -> None:
    process = j.contracted()
    signed_by(process, "buyer")
    with pytest.raises(Refused, match="signed_by_buyer"):
        j.withdrawn(process)
    j.withdrawn(process, by=personas().ben)
    assert compiled(process)["contracts"][0]["status"] == "cancelled"


def test_what_the_supplier_alone_has_signed_is_withdrawn_by_the_contract_manager() -> None:
    process = j.contracted()
    signed_by(process, "supplier")
    j.withdrawn(process)
    assert not again(process).contracts.exclude(status="cancelled").exists()


def test_what_both_have_signed_is_never_withdrawn() -> None:
    with pytest.raises(Refused, match="^no_draft$"):
        j.withdrawn(j.signed(), by=personas().abe)
    with pytest.raises(Refused, match="^already_signed$"):
        j.withdrawn(second_drawn_up(), by=personas().abe)


def test_a_draft_is_withdrawn_once_and_never_signed_after_it() -> None:
    process = j.contracted()
    j.withdrawn(process)
    with pytest.raises(Refused, match="^no_draft$"):
        j.withdrawn(process)
    j.contracted(process)
    for act in (j.withdrawn, j.sign):
        with pytest.raises(Refused, match="^contract_withdrawn$"):
            act(process)


def test_nothing_is_withdrawn_without_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        contracting.WithdrawContract(contract=j.CONTRACT, reason="")
    process = j.contracted()
    with pytest.raises(Refused, match="^reason_too_short$"):
        j.withdrawn(process, reason=" " * 30)


def test_the_last_draft_withdrawn_completes_a_process_whose_contracts_are_closed() -> None:
    process = second_drawn_up()
    j.closed(process)
    assert again(process).state == "delivery"
    j.withdrawn(process, contract=SECOND)
    assert again(process).state == "complete"


def second_award_drawn_up() -> Process:
    """As above, but the second contract is the only one of its award."""
    process = second_drawn_up()
    award = process.awards.get()
    award.pk, award.code = None, "award-2"
    award._state.adding = True
    award.save(force_insert=True)
    process.contracts.filter(code=SECOND).update(award=award)
    return process


def test_an_award_that_is_contracted_anew_keeps_the_process_open() -> None:
    process = second_award_drawn_up()
    j.withdrawn(process, contract=SECOND)
    j.closed(process)
    assert again(process).state == "delivery"
    j.contracted(process, award="award-2", value="1.00")
    j.withdrawn(process, contract="contract-3", ends_award=True)
    assert again(process).state == "complete"


def test_a_cancelled_process_cancels_no_draft_twice() -> None:
    process = j.contracted()
    j.withdrawn(process)
    data = awarding.CancelProcess(reason="The council has closed the schools concerned.")
    perform(awarding.cancel_process, personas().ada, process.ocid, data, now=j.begins(process))
    assert "contracts" not in last_release(process).content
    with pytest.raises(Refused, match="wrong_state"):
        j.withdrawn(process)


def offered(process: Process, who: Actor, side: str) -> bool:
    return not refusals(getattr(contracting, f"sign_for_{side}"), who, process, now=j.begins(process))


def test_a_signature_is_asked_for_only_while_it_is_missing() -> None:
    process, abe, bob = j.contracted(), personas().abe, personas().bob
    assert (offered(process, abe, "buyer"), offered(process, bob, "supplier")) == (True, True)
    signed_by(process, "buyer")
    assert (offered(process, abe, "buyer"), offered(process, bob, "supplier")) == (False, True)
    signed_by(process, "supplier")
    process = again(process)
    assert (offered(process, abe, "buyer"), offered(process, bob, "supplier")) == (False, False)
    j.contracted(process, value="1.00", value_reason="Keys and signs, which the award forgot.")
    assert (offered(process, abe, "buyer"), offered(process, bob, "supplier")) == (True, True)


def test_who_signs_may_withdraw_what_is_signed_and_managers_what_is_not() -> None:
    assert rules.withdrawn_by_who_signs({"lead"}, signed=False) is None
    assert rules.withdrawn_by_who_signs({"lead"}, signed=True) is not None
    assert rules.withdrawn_by_who_signs({"lead", "approver"}, signed=True) is None

"""From contract to final account: the same in every procedure. Pure."""

from tenderwell.core.procedure import Step
from tenderwell.workroom.delivery import rules
from tenderwell.workroom.process.rules import on_one_side, without_conflict
from tenderwell.workroom.remedies.rules import no_open_complaint

SIGNING = (rules.standstill_over, no_open_complaint)
CLEAN = (without_conflict,)
MANAGERS = ("lead", "contract_manager")
SIGNED = ("awarded", "delivery")
ENDS = ("delivery", "complete")  # complete with the last contract

STEPS = (
    Step("delivery.draft_contract", ("standstill", *SIGNED), by=MANAGERS, guards=CLEAN, source="U4SSC 4.1.7"),
    Step(
        "delivery.sign_for_buyer",
        SIGNED,
        by=rules.SIGN_FOR_BUYER,
        to=("awarded", "delivery"),  # delivery with the second signature
        guards=(without_conflict, rules.buyer_has_to_sign, *SIGNING),
        source="89/665/EEC Art. 2a",
    ),
    Step(
        "delivery.sign_for_supplier",
        SIGNED,
        by=("supplier",),
        to=("awarded", "delivery"),  # delivery with the second signature
        guards=(on_one_side, rules.supplier_has_to_sign, *SIGNING),
        source="89/665/EEC Art. 2a",
    ),
    Step(
        "delivery.withdraw_contract",
        ("standstill", *SIGNED),
        by=(*MANAGERS, *rules.SIGN_FOR_BUYER),
        to=ENDS,  # complete with the last contract
        guards=(without_conflict, rules.draft_waits),
        source="U4SSC 4.1.7",
    ),
    Step("delivery.add_milestone", ("delivery",), by=MANAGERS, guards=CLEAN, source="U4SSC 4.4.2"),
    Step("delivery.meet_milestone", ("delivery",), by=MANAGERS, guards=CLEAN, source="U4SSC 4.4.2"),
    Step("delivery.report_result", ("delivery",), by=MANAGERS, guards=CLEAN, source="U4SSC 4.4.2"),
    Step("delivery.submit_invoice", ("delivery",), by=("supplier",), guards=(on_one_side,)),
    Step("delivery.accept_invoice", ("delivery",), by=MANAGERS, guards=CLEAN, source="2011/7/EU Art. 4"),
    Step(
        "delivery.pay_invoice",
        ("delivery",),
        by=("budget_holder", "approver"),
        guards=CLEAN,
        source="2011/7/EU Art. 4",
    ),
    Step(
        "delivery.propose_change",
        ("delivery",),
        by=(*MANAGERS, "supplier"),
        guards=(on_one_side,),
        source="U4SSC 4.4.3",
    ),
    Step(
        "delivery.approve_change",
        ("delivery",),
        by=("approver", "budget_holder"),
        guards=CLEAN,
        source="2014/24/EU Art. 72",
    ),
    Step(
        "delivery.reject_change",
        ("delivery",),
        by=("approver", "budget_holder"),
        guards=CLEAN,
        source="U4SSC 4.4.3",
    ),
    Step(
        "delivery.review_partner",
        ("delivery", "complete"),
        by=(*MANAGERS, "supplier"),
        guards=(on_one_side,),
        source="U4SSC 4.4.1",
    ),
    Step(
        "delivery.close_contract",
        ("delivery",),
        by=MANAGERS,
        to=ENDS,
        guards=(without_conflict, no_open_complaint),
        source="U4SSC 4.4.4",
    ),
)

"""What the write API offers of delivery."""

from tenderwell.workroom.delivery.commands import changing, closing, contracting, paying, progress

COMMANDS = (
    contracting.draft_contract,
    contracting.withdraw_contract,
    contracting.sign_for_buyer,
    contracting.sign_for_supplier,
    progress.add_milestone,
    progress.meet_milestone,
    progress.report_result,
    progress.review_partner,
    paying.submit_invoice,
    paying.accept_invoice,
    paying.pay_invoice,
    changing.propose_change,
    changing.approve_change,
    changing.reject_change,
    closing.close_contract,
)
RESULTS = {
    contracting.draft_contract: lambda contract: {"contract": contract.code},
    progress.add_milestone: lambda milestone: {"milestone": milestone.code},
    paying.submit_invoice: lambda invoice: {"invoice": invoice.code},
    changing.propose_change: lambda change: {"change": change.code},
}

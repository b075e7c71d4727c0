"""Whether a bid answers what the tender asks: declarations, essential questions, word limits. Pure.

The bidder's own program asks before it seals; the same rules stand in ui/sealing/judge.js. A bid that breaks them is
opened all the same: what that means for it the evaluators decide.
"""

from collections.abc import Iterator

from tenderwell.ledger.sealing.findings import Finding, Verdict
from tenderwell.ledger.sealing.response import BidResponse
from tenderwell.ledger.sealing.tender_file import TenderFile

EXCEPTION = "What you cannot declare, and why"  # the answer under which a bidder explains a missing declaration


def misfits(response: BidResponse, *, tender: TenderFile) -> tuple[Finding, ...]:
    """Everything that the bid does not answer as asked."""
    found = (*_undeclared(response, tender), *_unanswered(response, tender), *_too_long(response, tender))
    return tuple(Finding(Verdict.RESPONSE_MALFORMED, text) for text in found)


def words_in(text: str) -> int:
    """How many words, as word processors count: what stands between white space."""
    return len(text.split())


def _undeclared(response: BidResponse, tender: TenderFile) -> Iterator[str]:
    if response.answers.get(EXCEPTION):
        return
    for each in tender.declarations:
        if each.id not in response.declarations:
            yield f"Declare {each.id!r} ({each.text}), or answer {EXCEPTION!r}."


def _unanswered(response: BidResponse, tender: TenderFile) -> Iterator[str]:
    for asked in tender.questions:
        if asked.is_essential and not response.answers.get(asked.title, "").strip():
            yield f"Answer {asked.title!r}: it is essential."


def _too_long(response: BidResponse, tender: TenderFile) -> Iterator[str]:
    for asked in tender.questions:
        count = words_in(response.answers.get(asked.title, ""))
        if count > asked.words:
            yield f"The answer to {asked.title!r} has {count} words; {asked.words} are allowed."

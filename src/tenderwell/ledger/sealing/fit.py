"""Whether a bid answers what the tender asks: declarations, essential questions, word limits, digits. Pure.

The bidder's own program asks before it seals; the same rules stand in ui/sealing/judge.js. A bid that breaks them is
opened all the same: what that means for it the evaluators decide.
"""

import re
from collections.abc import Iterator
from decimal import Context, Decimal

from tenderwell.ledger.sealing.findings import Finding, Verdict
from tenderwell.ledger.sealing.response import BidResponse
from tenderwell.ledger.sealing.tender_file import TenderFile

MOST_DIGITS = 15
_WORD = re.compile("[^\\f\\n\\r\\t\\v \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_EXACT = Context(prec=60)
EXCEPTION = "What you cannot declare, and why"  # the answer under which a bidder explains a missing declaration


def misfits(response: BidResponse, *, tender: TenderFile) -> tuple[Finding, ...]:
    """Everything that the bid does not answer as asked."""
    found = (
        *_undeclared(response, tender),
        *_unanswered(response, tender),
        *_too_long(response, tender),
        *_too_exact(response),
        *_other_currency(response, tender),
    )
    return tuple(Finding(Verdict.RESPONSE_MALFORMED, text) for text in found)


def words_in(text: str) -> int:
    """How many words, as word processors count: what stands between white space, which is what JavaScript calls so."""
    return len(_WORD.findall(text))


def is_too_exact(number: Decimal) -> bool:
    """Whether it has more digits than a JSON number can publish, or than a bid can state before the point."""
    return len(number.normalize(_EXACT).as_tuple().digits) > MOST_DIGITS or number >= 10**MOST_DIGITS


def _too_exact(response: BidResponse) -> Iterator[str]:
    """Such a bid is excluded at the opening, so it is not sealed."""
    for name, number in _numbers(response):
        if is_too_exact(number):
            text = f"it has more than {MOST_DIGITS} digits, so the bid would be excluded. Round it."
            yield f"{name} is {number:f}: {text}"


def _other_currency(response: BidResponse, tender: TenderFile) -> Iterator[str]:
    """Such a bid is excluded at the opening: prices compare only in one currency."""
    for lot in response.lots:
        if lot.currency != tender.currency:
            where = f"Lot {lot.lot_id}" if lot.lot_id else "The offer"
            yield f"{where} is priced in {lot.currency}. Give it in {tender.currency}, the currency of the tender."


def _numbers(response: BidResponse) -> Iterator[tuple[str, Decimal]]:
    """Every number that the opening publishes of a bid, with what it is."""
    for lot in response.lots:
        for item in lot.items:
            yield f"The unit amount of item {item.item_id}", Decimal(item.unit_amount)
            yield f"The quantity of item {item.item_id}", Decimal(item.quantity)
        yield f"The amount of lot {lot.lot_id}" if lot.lot_id else "The amount", lot.value
    if len(response.lots) > 1:
        total = Decimal(0)
        for lot in response.lots:
            total = _EXACT.add(total, lot.value)
        yield "The sum of all lots", total


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
            yield f"The answer to {asked.title!r} is too long: {count} of at most {asked.words} words."

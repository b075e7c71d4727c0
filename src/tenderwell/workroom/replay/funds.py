"""The money behind a process that is lived again: a source tells a budget, never when more of it was confirmed."""

from datetime import datetime
from decimal import ROUND_UP, Decimal

from tenderwell.workroom.planning.commands import ConfirmFunds, confirm_funds
from tenderwell.workroom.planning.queries import funds_of
from tenderwell.workroom.replay.scene import UNSAID, Play

CENT = Decimal("0.01")
MOST = Decimal(10) ** 13  # an amount that any of our inputs takes


def cents(amount: Decimal) -> Decimal:
    """Budgets are kept to the cent and never rounded down; they are not compared."""
    return MOST if amount > MOST else max(amount.quantize(CENT, ROUND_UP), CENT)


def confirmed(play: Play, amount: Decimal, now: datetime) -> None:
    """The budget holder confirms so much altogether."""
    data = ConfirmFunds(budget_line="source", amount=cents(amount), source=UNSAID)
    play.do(confirm_funds, "budget", data, now)


def enough(play: Play, amount: Decimal, now: datetime) -> None:
    """More is confirmed where the source goes on with more than its budget: it was paid, so it was there."""
    if funds_of(play.fresh()) < cents(amount):
        confirmed(play, amount, now)

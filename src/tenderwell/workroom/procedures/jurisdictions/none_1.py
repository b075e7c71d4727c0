"""No law at all: for the replay of publishers whose rules are not written down here. Pure.

Zero and the very large numbers mean that no such rule is applied; the rules of the procedure itself still hold.
"""

from datetime import date

from tenderwell.core.jurisdiction import Jurisdiction, limit, register
from tenderwell.core.periods import Calendar

UNSTATED = "not stated in this version"

ANYWHERE = register(
    Jurisdiction(
        id="none",
        version="1",
        name="No law stated",
        country="XA",
        currency="USD",
        languages=("en",),
        calendar=Calendar("UTC"),
        valid_from=date(2000, 1, 1),
        minimum_days={},
        standstill_days=limit(0, UNSTATED),
        complaint_days=limit(0, UNSTATED),
        payment_days=limit(0, UNSTATED),
        change_share=limit(1000, UNSTATED),
        two_people_above=limit(10**15, UNSTATED),
        grace_seconds=limit(0, UNSTATED),
        outages=None,
        sources=(),
    )
)

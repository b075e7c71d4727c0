"""Dominican Republic under Decree 543-12: only what can be sourced here of Law 340-06 and Decree 543-12. Pure.

The law knows shortest times for bids by kind of procedure, a time to complain and limits for changes. Their articles
could not be read when this file was written, so they are not stated: zero and the very large numbers below mean that no
such rule is applied. A later version may state them with their source.
"""

from datetime import date

from tenderwell.core.jurisdiction import Jurisdiction, limit, register
from tenderwell.core.periods import Calendar

UNSTATED = "not stated in this version"

DOMINICAN = register(
    Jurisdiction(
        id="do",
        version="1",
        name="Dominican Republic",
        country="DO",
        currency="DOP",
        languages=("es",),
        calendar=Calendar("America/Santo_Domingo"),
        valid_from=date(2012, 9, 6),
        minimum_days={},
        standstill_days=limit(0, UNSTATED),
        complaint_days=limit(0, UNSTATED),
        payment_days=limit(0, UNSTATED),
        change_share=limit(1000, UNSTATED),
        two_people_above=limit(10**15, UNSTATED),
        grace_seconds=limit(0, UNSTATED),
        outages=None,
        sources=("Law 340-06 of 18 August 2006", "Decree 543-12 of 6 September 2012"),
    )
)

"""The invented law of Port Aurora for practice: a day lasts half a minute, so that an hour sees a whole life. Pure.

Everything else is as in demo_1. It is offered only where the installation's own law is of the same invented country.
"""

from dataclasses import replace
from datetime import timedelta

from tenderwell.core.jurisdiction import register
from tenderwell.core.periods import Calendar
from tenderwell.workroom.procedures.jurisdictions.demo_1 import DEMO, LAW

PRACTICE = register(
    replace(
        DEMO,
        id="practice",
        name="Port Aurora, for practice",
        calendar=Calendar(DEMO.calendar.zone, weekend=frozenset(), day=timedelta(seconds=30)),
        outages=None,  # steps of an hour would be longer than the whole tender
        sources=(f"{LAW}, with days of half a minute for practice",),
    )
)

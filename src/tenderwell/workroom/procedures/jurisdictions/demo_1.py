"""The invented law of Port Aurora, the demo city: short enough to try, shaped like a real one. Pure."""

from datetime import date

from tenderwell.core.jurisdiction import Jurisdiction, limit, register
from tenderwell.core.periods import Calendar

LAW = "Port Aurora Procurement Ordinance (invented for demonstration)"
HOLIDAYS = frozenset(
    date(year, month, day) for year in range(2020, 2036) for month, day in ((1, 1), (5, 1), (6, 21), (12, 25), (12, 26))
)

DEMO = register(
    Jurisdiction(
        id="demo",
        version="1",
        name="Port Aurora",
        country="XA",
        currency="USD",
        languages=("en",),
        calendar=Calendar("Africa/Nairobi", holidays=HOLIDAYS),
        valid_from=date(2020, 1, 1),
        minimum_days={"open": limit(14, f"{LAW} s. 12"), "selective": limit(10, f"{LAW} s. 12")},
        question_days=limit(5, f"{LAW} s. 13"),
        late_answer_days=limit(3, f"{LAW} s. 13"),
        standstill_days=limit(10, f"{LAW} s. 31"),
        complaint_days=limit(10, f"{LAW} s. 32"),
        payment_days=limit(30, f"{LAW} s. 44"),
        change_share=limit("0.15", f"{LAW} s. 41"),
        two_people_above=limit(10000, f"{LAW} s. 5"),
        engagement_above=limit(250000, f"{LAW} s. 8"),
        large_committee_above=limit(1000000, f"{LAW} s. 14"),
        direct_below=limit(5000, f"{LAW} s. 15"),
        sources=(LAW,),
    )
)

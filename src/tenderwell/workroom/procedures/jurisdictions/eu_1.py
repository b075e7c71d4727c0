"""The minimum of the European Union's directives, before any member state adds its own. Pure.

Member states fix public holidays and may ask for more; an installation in one of them writes its own file from this
one. Weekends are kept by Regulation 1182/71. Where the directives state no limit, the source says so.
"""

from datetime import date

from tenderwell.core.jurisdiction import Jurisdiction, limit, register
from tenderwell.core.periods import Calendar

NO_LIMIT = "no limit in the directives: always two people, U4SSC 4.1.1"

UNION = register(
    Jurisdiction(
        id="eu",
        version="1",
        name="European Union (minimum)",
        country="EU",
        currency="EUR",
        languages=("en",),
        calendar=Calendar("Europe/Brussels"),
        valid_from=date(2016, 4, 18),
        minimum_days={
            "open": limit(30, "2014/24/EU Art. 27(1) and 27(4): 35 days, less 5 for electronic submission"),
            "selective": limit(25, "2014/24/EU Art. 28(2) and 28(5): 30 days, less 5 for electronic submission"),
        },
        question_days=limit(10, "no limit in the directives: the installation's own choice"),
        late_answer_days=limit(6, "2014/24/EU Art. 47(3) and 53(2)"),
        standstill_days=limit(10, "89/665/EEC Art. 2a(2)"),
        complaint_days=limit(10, "89/665/EEC Art. 2c"),
        payment_days=limit(30, "2011/7/EU Art. 4(3)"),
        change_share=limit("0.10", "2014/24/EU Art. 72(2): 10 % for services and supplies"),
        works_change_share=limit("0.15", "2014/24/EU Art. 72(2): 15 % for works"),
        large_committee_above=limit(5000000, "no rule in the directives: the installation's own choice"),
        two_people_above=limit(0, NO_LIMIT),
        sources=(
            "Directive 2014/24/EU",
            "Directive 89/665/EEC as amended by Directive 2007/66/EC",
            "Directive 2011/7/EU",
            "Regulation (EEC, Euratom) 1182/71",
        ),
    )
)

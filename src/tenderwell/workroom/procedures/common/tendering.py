"""The call for bids: the same in every procedure that has one. Pure."""

from tenderwell.core.procedure import Step
from tenderwell.workroom.engagement.rules import market_answered
from tenderwell.workroom.planning.rules import funds_cover_estimate
from tenderwell.workroom.process.rules import all_declared, enough_responsible, on_one_side, without_conflict
from tenderwell.workroom.tendering import rules

DRAFT = ("planning", "planned")
WRITERS = ("lead", "specialist")
CLEAN = (without_conflict,)
READY = (
    without_conflict,
    rules.brief_complete,
    rules.says_what,
    rules.has_criteria,
    rules.dates_fit,
    rules.committee_ready,
    funds_cover_estimate,
    rules.engaged_when_large,
    market_answered,
    rules.published_by_second,
    enough_responsible,
    all_declared,
)

ITEMS = (
    Step("tendering.add_item", DRAFT, by=WRITERS),
    Step("tendering.remove_item", DRAFT, by=WRITERS),
)
STEPS = (
    Step("tendering.set_requirements", DRAFT, by=WRITERS, source="U4SSC 4.2.1"),
    Step("tendering.add_requirement", DRAFT, by=WRITERS, source="U4SSC 4.2.1"),
    Step("tendering.remove_requirement", DRAFT, by=WRITERS),
    Step("tendering.add_lot", DRAFT, by=WRITERS, source="2014/24/EU Art. 46"),
    Step("tendering.remove_lot", DRAFT, by=WRITERS),
    *ITEMS,
    Step("tendering.set_criteria", DRAFT, by=("lead",), guards=CLEAN, source="2014/24/EU Art. 67; U4SSC 4.2.2"),
    Step("tendering.set_dates", DRAFT, by=("lead",), source="2014/24/EU Art. 47"),
    Step(
        "tendering.publish_tender",
        ("planned",),
        by=("lead", "approver", "budget_holder"),
        to=("tendering",),
        guards=READY,
        source="2014/24/EU Art. 49; U4SSC 4.2.3",
    ),
    Step(
        "tendering.ask_question",
        ("tendering",),
        by=("tenderer",),
        guards=(on_one_side, rules.questions_open),
        source="U4SSC 4.2.4",
    ),
    Step(
        "tendering.answer_question",
        ("tendering", "closed"),  # too late to bid by, but no question is left in a drawer
        by=("lead", "specialist"),
        guards=CLEAN,
        source="2014/24/EU Art. 53(2); U4SSC 4.2.4",
    ),
    Step("tendering.amend_tender", ("tendering",), by=("lead",), guards=CLEAN, source="2014/24/EU Art. 47(3)"),
    Step(
        "tendering.extend_period", ("tendering",), by=("lead",), guards=CLEAN, source="UNCITRAL Model Law 2011 Art. 14"
    ),
)

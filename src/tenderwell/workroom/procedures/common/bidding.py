"""Sealed bids and their opening by a committee: for every procedure that takes bids in secret. Pure."""

from dataclasses import replace

from tenderwell.core.procedure import Step
from tenderwell.workroom.bidding import rules
from tenderwell.workroom.process.rules import on_one_side
from tenderwell.workroom.tendering.rules import all_answered

SECRECY = "2014/24/EU Art. 22(3)"
OPENING = "UNCITRAL Model Law on Public Procurement (2011) Art. 42"
TWO_ENVELOPES = "UNCITRAL Model Law on Public Procurement (2011) Art. 47"
LATE = "UNCITRAL Model Law on Public Procurement (2011) Art. 40(3)"

RELEASE = Step(
    "bidding.release_shares",
    ("closed",),
    by=("committee",),
    to=("closed", "evaluation"),
    guards=(
        rules.is_committee_member,
        rules.announced,
        rules.has_bids,
        rules.nothing_awaited,
        rules.not_released,
        all_answered,
    ),
    source=OPENING,
)
HAND_OVER = Step(
    "bidding.hand_over_shares",
    ("closed",),
    by=("committee",),
    guards=(rules.is_committee_member, rules.announced, rules.has_bids, rules.nothing_awaited, rules.not_released),
    source=SECRECY,
)
STEPS = (
    Step("bidding.register_member_key", ("planning", "planned", "tendering"), by=("committee",), source=SECRECY),
    Step("bidding.name_committee", ("planned",), by=("lead",), source=SECRECY),
    Step(
        "bidding.rehearse_opening",
        ("planned", "tendering"),
        by=("committee",),
        guards=(rules.is_on_a_committee, rules.has_test_envelope),
        source=SECRECY,
    ),
    Step(
        "bidding.replace_committee",
        ("tendering",),
        by=("lead",),
        guards=(rules.committee_named, rules.before_deadline),
        source=SECRECY,
    ),
    Step(
        "bidding.submit_bid",
        ("tendering", "closed"),  # what arrived in time may get its turn after the state was written down
        by=("tenderer",),
        guards=(on_one_side, rules.before_deadline, rules.committee_named),
        source=SECRECY,
    ),
    Step(
        "bidding.declare_bid",
        ("tendering", "closed"),
        by=("tenderer",),
        guards=(on_one_side, rules.before_deadline, rules.committee_named),
        source=SECRECY,
    ),
    Step(
        "bidding.deliver_payload",
        ("tendering", "closed"),
        by=("tenderer",),
        guards=(rules.has_bid, rules.within_grace),
        source=SECRECY,
    ),
    Step(
        "bidding.withdraw_bid",
        ("tendering", "closed"),
        by=("tenderer",),
        guards=(rules.has_bid, rules.before_deadline),
        source="UNCITRAL Model Law on Public Procurement (2011) Art. 41(3)",
    ),
    Step(
        "bidding.refuse_late_bid",
        ("closed", "evaluation", "evaluated", "standstill", "awarded", "delivery", "complete", "unsuccessful"),
        by=("tenderer",),
        guards=(rules.after_deadline,),
        source=LATE,
    ),
    Step(
        "bidding.announce_closing",
        ("closed",),
        by=("committee", "lead", "approver", "auditor"),
        guards=(rules.not_announced, rules.drained, rules.no_outage_unsettled),
        source=OPENING,
    ),
    Step(
        "bidding.extend_for_outage",
        ("tendering", "closed"),
        by=("server", "lead", "approver", "auditor"),
        to=("tendering",),
        guards=(rules.end_not_announced, rules.outage_counts),
        source=rules.OUTAGE,
    ),
    HAND_OVER,
    RELEASE,
    Step(
        "bidding.record_no_bids",
        ("closed",),
        by=("lead",),
        to=("unsuccessful",),
        guards=(rules.announced, rules.has_no_bids, rules.nothing_awaited, all_answered),
        source=OPENING,
    ),
)

PRICES_THEN = Step(
    "bidding.release_price_shares",
    ("prices",),
    by=("committee",),
    to=("prices", "evaluation"),
    guards=(rules.is_committee_member, rules.some_passed, rules.not_released),
    source=TWO_ENVELOPES,
)
OWN_FOR_PRICES = (
    Step("bidding.name_price_committee", ("planned",), by=("lead",), guards=(rules.committee_named,), source=SECRECY),
    Step(
        "bidding.replace_price_committee",
        ("tendering",),
        by=("lead",),
        guards=(rules.committee_named, rules.before_deadline),
        source=SECRECY,
    ),
)
OTHERWISE = {
    RELEASE.command: replace(RELEASE, to=("closed", "technical")),
    HAND_OVER.command: replace(HAND_OVER, from_=("closed", "prices")),
}
IN_TWO_ENVELOPES = (*OWN_FOR_PRICES, *(OTHERWISE.get(step.command, step) for step in STEPS), PRICES_THEN)

"""Early notices: the same in every procedure. Pure."""

from tenderwell.core.procedure import Step
from tenderwell.workroom.engagement import rules

EARLY = ("planning", "planned")

STEPS = (
    Step("engagement.publish_early_notice", EARLY, by=("lead",), guards=(rules.not_yet,), source="U4SSC 4.1.3"),
    Step(
        "engagement.comment",
        EARLY,
        by=("public",),
        guards=(rules.notice_open, rules.not_flooded),
        source="U4SSC 4.1.3",
    ),
    Step("engagement.answer_comment", EARLY, by=("lead", "specialist"), guards=(rules.has_open_notice,)),
    Step(
        "engagement.close_engagement",
        EARLY,
        by=("lead",),
        guards=(rules.has_open_notice, rules.period_over, rules.all_answered),
        source="U4SSC 4.1.3",
    ),
)

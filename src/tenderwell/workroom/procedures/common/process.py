"""Team, declarations and documents: the same in every procedure. Pure."""

from tenderwell.core.procedure import Step
from tenderwell.workroom.process.rules import TEAM_ROLES

BEFORE_TENDER = ("planning", "planned")
AT_WORK = ("planning", "planned", "tendering", "closed", "evaluation", "evaluated", "standstill", "awarded", "delivery")

STEPS = (
    Step("process.assign_role", AT_WORK, by=("lead",), source="U4SSC 4.1.1"),
    Step("process.end_role", AT_WORK, by=("lead",), source="U4SSC 4.1.1"),
    Step("process.declare_interest", AT_WORK, by=TEAM_ROLES, source="2014/24/EU Art. 24"),
    Step("process.add_document", AT_WORK, by=("lead", "specialist", "contract_manager")),
    Step("process.withhold_document", AT_WORK, by=("lead",), source="U4SSC 4.2.3"),
)

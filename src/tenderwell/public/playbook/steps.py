"""The four stages and 19 steps, each with its gate and the evidence it should leave. Pure data.

Source: U4SSC, Procurement guidelines for smart sustainable cities (ITU, 2023), sections 4.1 to 4.4.
"""

from dataclasses import dataclass

from tenderwell.public.playbook.evidence import Evidence, every, is_one_of


@dataclass(frozen=True)
class Stage:
    id: str
    number: int
    title: str


@dataclass(frozen=True)
class GuidelineStep:
    """One step. commands: names of the commands that bring it forward, for the desk of a Tenderwell buyer."""

    id: str
    stage: str
    title: str
    aim: str
    gate: str
    evidence: tuple[Evidence, ...]
    commands: tuple[str, ...] = ()


STAGES = (
    Stage("plan", 1, "Plan"),
    Stage("inform", 2, "Inform the market"),
    Stage("award", 3, "Evaluate and award"),
    Stage("deliver", 4, "Manage delivery"),
)

PLAN = (
    GuidelineStep(
        "4.1.1",
        "plan",
        "Work as a team",
        "Bring together people with different skills, and never leave a large purchase to one person.",
        "G1",
        (
            Evidence("Roles in the team", "planning.team"),
            Evidence("Interests declared", "planning.team.declared"),
        ),
        ("process.assign_role", "process.declare_interest"),
    ),
    GuidelineStep(
        "4.1.2",
        "plan",
        "Understand user needs",
        "Find out who will use it and what they need before writing down what to buy.",
        "G0",
        (Evidence("Needs with their source and method", "planning.userNeeds", every("need", "source", "method")),),
        ("planning.add_user_need", "planning.add_assumption"),
    ),
    GuidelineStep(
        "4.1.3",
        "plan",
        "Share information early",
        "Tell firms and the public what is planned, the same for everybody, and listen.",
        "G2",
        (
            Evidence("Early notice", "planning.engagement.period.startDate"),
            Evidence("What changed because of it", "planning.engagement.changes"),
        ),
        ("engagement.publish_early_notice", "engagement.answer_comment", "engagement.close_engagement"),
    ),
    GuidelineStep(
        "4.1.4",
        "plan",
        "Define outcomes",
        "Say what shall be better afterwards, and how anybody can measure it.",
        "G3",
        (
            Evidence(
                "Outcomes with measure, start, target and source",
                "planning.outcomes",
                every("measure", "baseline", "target", "source"),
            ),
        ),
        ("planning.add_outcome",),
    ),
    GuidelineStep(
        "4.1.5",
        "plan",
        "Estimate costs",
        "Know what it will cost over its whole life, and that the money is there.",
        "G4",
        (
            Evidence("Budget", "planning.budget.amount"),
            Evidence("Costs over the whole life", "planning.costLines"),
            Evidence("What others paid", "planning.costLines.comparables", every("source")),
        ),
        ("planning.add_cost_line", "planning.add_comparable", "planning.confirm_funds"),
    ),
    GuidelineStep(
        "4.1.6",
        "plan",
        "Use digital buying tools",
        "Buy on line from start to end, in tools that others can join.",
        "G9",
        (Evidence("Bids are taken on line", "tender.submissionMethod", is_one_of("electronicSubmission")),),
        ("tendering.publish_tender",),
    ),
    GuidelineStep(
        "4.1.7",
        "plan",
        "Simplify contracts",
        "Write the contract in plain words, and publish it.",
        "G6",
        (Evidence("Draft contract", "tender.documents.documentType", is_one_of("contractDraft")),),
        ("process.add_document",),
    ),
    GuidelineStep(
        "4.1.8",
        "plan",
        "Choose an approach",
        "Make, share, join or buy; open to everybody unless there is a reason.",
        "G5",
        (
            Evidence("How the route was chosen", "planning.routeDecision"),
            Evidence("Procurement method", "tender.procurementMethod"),
        ),
        ("planning.decide_route", "planning.approve_route", "planning.publish_plan"),
    ),
)

INFORM = (
    GuidelineStep(
        "4.2.1",
        "inform",
        "Write requirements",
        "Say what is needed and why, with enough detail and no more, for every firm that could do it.",
        "G7",
        (Evidence("What is needed and why", "tender.brief.problem"), Evidence("Items or lots", "tender.items")),
        ("tendering.set_requirements", "tendering.add_requirement", "tendering.add_lot", "tendering.add_item"),
    ),
    GuidelineStep(
        "4.2.2",
        "inform",
        "Write evaluation criteria",
        "Say before anybody bids how bids will be compared, and do not change it.",
        "G8",
        (
            Evidence("Criteria with weights", "tender.evaluation.criteria"),
            Evidence("Criteria frozen by their hash", "tender.evaluation.sha256"),
        ),
        ("tendering.set_criteria",),
    ),
    GuidelineStep(
        "4.2.3",
        "inform",
        "Advertise the opportunity",
        "Reach as many firms as possible and give them enough time.",
        "G9",
        (
            Evidence("Closing date", "tender.tenderPeriod.endDate"),
            Evidence("Documents free for everybody", "tender.documents"),
        ),
        ("tendering.set_dates", "bidding.name_committee", "tendering.publish_tender", "tendering.amend_tender"),
    ),
    GuidelineStep(
        "4.2.4",
        "inform",
        "Answer supplier questions",
        "Answer every question in public, without the name of the firm that asked.",
        "G10",
        (
            Evidence("Time for questions", "tender.enquiryPeriod.endDate"),
            Evidence("Every question answered", "tender.enquiries.answer"),
        ),
        ("tendering.answer_question",),
    ),
)

AWARD = (
    GuidelineStep(
        "4.3.1",
        "award",
        "Shortlist suppliers",
        "Let through all who meet the minimum, by the same points for all.",
        "G12",
        (
            Evidence("Public opening of sealed bids", "tender.openingRecord.date"),
            Evidence("Points of the shortlist", "tender.evaluation.results.shortlisting"),
        ),
        ("bidding.release_shares", "evaluation.shortlist_bids", "bidding.release_price_shares"),
    ),
    GuidelineStep(
        "4.3.2",
        "award",
        "Evaluate suppliers",
        "Judge by the published criteria only, each evaluator alone first, with a reason for each score.",
        "G13",
        (
            Evidence("Scores with reasons", "tender.evaluation.results.scores.reason"),
            Evidence("Package that anybody can recompute", "tender.evaluation.package.sha256"),
        ),
        (
            "evaluation.submit_scores",
            "evaluation.agree_scores",
            "evaluation.publish_technical",
            "evaluation.publish_evaluation",
        ),
    ),
    GuidelineStep(
        "4.3.3",
        "award",
        "Award the contract",
        "Tell everybody the decision and the reasons, and wait before signing.",
        "G14",
        (
            Evidence("Award", "awards.status", is_one_of("active", "pending")),
            Evidence("Time to challenge it", "awards.standstillPeriod.endDate"),
        ),
        ("awarding.decide_award", "awarding.end_without_award"),
    ),
)

DELIVER = (
    GuidelineStep(
        "4.4.1",
        "deliver",
        "Manage the relationship",
        "Work with the supplier as a partner: solve problems early, review each other.",
        "G16",
        (
            Evidence("Contract published", "contracts.dateSigned"),
            Evidence("Reviews both ways", "contracts.implementation.reviews", least=2),
        ),
        ("delivery.sign_for_buyer", "delivery.withdraw_contract", "delivery.review_partner"),
    ),
    GuidelineStep(
        "4.4.2",
        "deliver",
        "Manage delivery",
        "Follow milestones, results and payments in the open.",
        "G16",
        (
            Evidence("Milestones", "contracts.milestones"),
            Evidence("Results against the outcomes", "contracts.implementation.metrics"),
            Evidence("Payments", "contracts.implementation.transactions"),
        ),
        (
            "delivery.add_milestone",
            "delivery.meet_milestone",
            "delivery.report_result",
            "delivery.accept_invoice",
            "delivery.pay_invoice",
        ),
    ),
    GuidelineStep(
        "4.4.3",
        "deliver",
        "Manage contract changes",
        "Change only for a written reason, within the limit, and publish it.",
        "G17",
        (Evidence("Changes with their reasons", "contracts.amendments.rationale"),),
        ("delivery.propose_change", "delivery.approve_change", "delivery.reject_change"),
    ),
    GuidelineStep(
        "4.4.4",
        "deliver",
        "Close the contract",
        "Check that everything came, settle the account, learn, and leave no gap in the service.",
        "G18",
        (
            Evidence("Final account", "contracts.implementation.finalValue"),
            Evidence("The three questions answered", "contracts.implementation.closingQuestions"),
            Evidence("Lessons for the next purchase", "lessons"),
        ),
        ("delivery.close_contract",),
    ),
)

STEPS = (*PLAN, *INFORM, *AWARD, *DELIVER)

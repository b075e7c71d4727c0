"""The codes we publish. Closed lists are types; of open lists the codes in use are named here. Pure.

Source: OCDS 1.1.5 codelists and those of the extensions named in extensions.py.
"""

from typing import Literal, get_args

# Closed

ReleaseTag = Literal[
    "planning",
    "planningUpdate",
    "tender",
    "tenderAmendment",
    "tenderUpdate",
    "tenderCancellation",
    "award",
    "awardUpdate",
    "awardCancellation",
    "contract",
    "contractUpdate",
    "contractAmendment",
    "implementation",
    "implementationUpdate",
    "contractTermination",
    "compiled",
]
InitiationType = Literal["tender"]
Method = Literal["open", "selective", "limited", "direct"]
Category = Literal["goods", "works", "services"]
TenderStatus = Literal["planning", "planned", "active", "cancelled", "unsuccessful", "complete", "withdrawn"]
AwardStatus = Literal["pending", "active", "cancelled", "unsuccessful"]
ContractStatus = Literal["pending", "active", "cancelled", "terminated"]
MilestoneStatus = Literal["scheduled", "met", "notMet", "partiallyMet"]
BidStatus = Literal["invited", "pending", "valid", "disqualified", "withdrawn"]
SubmissionType = Literal["expressionOfInterest", "bid"]
Permission = Literal["required", "allowed", "notAllowed"]
PartyScale = Literal["micro", "sme", "small", "medium", "large", "selfEmployed"]
DataType = Literal["string", "date-time", "number", "integer", "boolean"]
CriterionWeight = Literal[
    "percentageExact",
    "percentageRangeMiddle",
    "decimalExact",
    "decimalRangeMiddle",
    "pointsExact",
    "pointsRangeMiddle",
    "order",
]
CriterionFixed = Literal["total", "unit"]
CriterionThreshold = Literal["minimumScore", "maximumBids"]
SelectionCriterionType = Literal["technical", "economic", "suitability", "other"]
AppliesTo = Literal["supplier", "subcontractor"]
StatisticScope = Literal["complaints"]

# Ours

ComplaintStatus = Literal["pending", "withdrawn", "upheld", "partlyUpheld", "dismissed", "inadmissible"]
InvoiceStatus = Literal["submitted", "accepted", "rejected", "paid"]
Importance = Literal["essential", "desirable"]

# Open: typed, because a misspelt role loses a party

PartyRole = Literal[
    "buyer",
    "procuringEntity",
    "supplier",
    "tenderer",
    "funder",
    "enquirer",
    "payer",
    "payee",
    "reviewBody",
    "interestedParty",
    "sourceParty",
    "subcontractor",
    "leadTenderer",
    "invitedTenderer",
]

# Open: written as plain text, checked by nobody but readers

MILESTONE_TYPES = (
    "preProcurement",
    "approval",
    "engagement",
    "assessment",
    "delivery",
    "reporting",
    "financing",
    "payment",
)
AWARD_CRITERIA = (
    "priceOnly",
    "costOnly",
    "qualityOnly",
    "ratedCriteria",
)
SUBMISSION_METHODS = ("electronicSubmission", "electronicAuction", "written", "inPerson")
ITEM_SCHEMES = ("CPV", "CPVS", "GSIN", "UNSPSC", "CPC", "OKDP", "OKPD", "CUCOP", "NAICS", "PSC", "HS")
UNIT_SCHEMES = ("UNCEFACT", "QUDT")

CLOSED = {
    "releaseTag": get_args(ReleaseTag),
    "initiationType": get_args(InitiationType),
    "method": get_args(Method),
    "procurementCategory": get_args(Category),
    "tenderStatus": get_args(TenderStatus),
    "awardStatus": get_args(AwardStatus),
    "contractStatus": get_args(ContractStatus),
    "milestoneStatus": get_args(MilestoneStatus),
    "bidStatus": get_args(BidStatus),
    "submissionType": get_args(SubmissionType),
    "permission": get_args(Permission),
    "partyScale": get_args(PartyScale),
    "dataType": get_args(DataType),
    "criterionWeight": get_args(CriterionWeight),
    "awardCriterionFixed": get_args(CriterionFixed),
    "criterionThreshold": get_args(CriterionThreshold),
    "selectionCriterionType": get_args(SelectionCriterionType),
    "appliesTo": get_args(AppliesTo),
    "statisticScope": get_args(StatisticScope),
}

"""The extensions that a package of ours declares. Pure."""

REGISTRY = "https://raw.githubusercontent.com/open-contracting-extensions/"
REGISTERED = (
    "ocds_awardCriteria_extension",
    "ocds_beneficialOwners_extension",
    "ocds_bidOpening_extension",
    "ocds_bid_extension",
    "ocds_budget_breakdown_extension",
    "ocds_communication_extension",
    "ocds_contractTerms_extension",
    "ocds_contract_completion_extension",
    "ocds_contract_signatories_extension",
    "ocds_contract_suppliers_extension",
    "ocds_documentation_extension",
    "ocds_enquiry_extension",
    "ocds_exclusionGrounds_extension",
    "ocds_implementationStatus_extension",
    "ocds_legalBasis_extension",
    "ocds_lots_extension",
    "ocds_metrics_extension",
    "ocds_organizationClassification_extension",
    "ocds_otherRequirements_extension",
    "ocds_pagination_extension",
    "ocds_partyDetails_scale_extension",
    "ocds_performance_failures",
    "ocds_procedure_extension",
    "ocds_statistics_extension",
    "ocds_requirements_extension",
    "ocds_selectionCriteria_extension",
    "ocds_statusDetails_extension",
    "ocds_subcontracting_extension",
    "ocds_submissionTerms_extension",
    "ocds_transactions_relatedMilestone_extension",
    "ocds_withheldInformation_extension",
)
OWN = "/api/ocds/extension/extension.json"


def declared(address: str) -> list[str]:
    """The addresses of all extensions, for a package. address: of this installation."""
    return [f"{REGISTRY}{name}/master/extension.json" for name in REGISTERED] + [address + OWN]

"""The procedure of organisations and of the installation itself: who may register, add, begin. Pure."""

from tenderwell.core.procedure import Procedure, Step, register

MEMBERS = ("admin", "procurer", "bidder", "auditor", "reviewer", "member")

HOUSE = register(
    Procedure(
        id="house",
        version="1",
        title="Organisations",
        ocds_method="",
        states=("active", "closed"),
        final=("active", "closed"),
        steps=(
            Step("parties.register_supplier", ("active",), by=("person",)),
            Step("parties.register_organisation", ("active",), by=("operator",)),
            Step("parties.add_member", ("active",), by=("admin",)),
            Step("parties.end_membership", ("active",), by=("admin",)),
            Step("parties.issue_token", ("active",), by=MEMBERS),
            Step("parties.revoke_token", ("active",), by=MEMBERS),
            Step("process.begin_process", ("active",), by=("procurer",)),
        ),
    )
)

"""What programs may do for organisations; a token is issued on the page only, where a person sees its secret once."""

from tenderwell.workroom.parties import commands as c

COMMANDS = (c.register_supplier, c.register_organisation, c.add_member, c.end_membership, c.revoke_token)
RESULTS = {
    c.register_supplier: lambda organisation: {"identifier": organisation.identifier},
    c.register_organisation: lambda organisation: {"identifier": organisation.identifier},
}

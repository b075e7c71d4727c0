"""The organisations of a process. People are never named but for beneficial owners, where the law asks for it. Pure."""

from tenderwell.public.ocds.codelists import PartyRole, PartyScale
from tenderwell.public.ocds.common import Address, Classification, Identifier
from tenderwell.public.ocds.part import Part


class ContactPoint(Part, frozen=True):
    """An office, not a person: name is that of the office, e-mail and telephone are those of its desk."""

    name: str | None = None
    email: str | None = None
    telephone: str | None = None
    url: str | None = None


class BeneficialOwner(Part, frozen=True):
    """Extension: beneficialOwners, reduced to what may be public for ever: an entry in a public register."""

    id: str
    identifier: Identifier | None = None
    nationalities: tuple[str, ...] = ()


class PartyDetails(Part, frozen=True):
    """Extensions: partyScale, organizationClassification, beneficialOwners."""

    scale: PartyScale | None = None
    classifications: tuple[Classification, ...] = ()
    listed_on_regulated_market: bool | None = None


class Organization(Part, frozen=True):
    """A party. roles of later releases replace those of earlier ones, so give all that it holds by now."""

    id: str
    name: str | None = None
    identifier: Identifier | None = None
    additional_identifiers: tuple[Identifier, ...] = ()
    address: Address | None = None
    contact_point: ContactPoint | None = None
    roles: tuple[PartyRole, ...] = ()
    details: PartyDetails | None = None
    beneficial_owners: tuple[BeneficialOwner, ...] = ()

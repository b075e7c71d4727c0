"""What others ask about organisations: how one stands in a release."""

from collections.abc import Iterable

from tenderwell.public.ocds import Address, Classification, ContactPoint, Identifier, Organization, PartyDetails, plain
from tenderwell.workroom.parties.models import Installation, Organisation


def here() -> Installation:
    """This installation; its row comes with the tables."""
    return Installation.objects.get(name="here")


def ocds_party(organisation: Organisation, roles: Iterable[str]) -> dict[str, object]:
    """The organisation as an OCDS party in the roles given; offices only, no person.

    roles: OCDS partyRole codes; give all that the party holds by now, for later releases replace earlier ones.
    """
    party = Organization(
        id=organisation.identifier,
        name=organisation.name,
        identifier=Identifier(
            scheme=organisation.scheme,
            id=organisation.identifier.removeprefix(f"{organisation.scheme}-"),
            legal_name=organisation.name,
        ),
        address=address_of(organisation),
        contact_point=ContactPoint(email=organisation.email) if organisation.email else None,
        roles=tuple(roles),  # type: ignore[arg-type]
        details=details_of(organisation),
    )
    shown = plain(party)
    assert isinstance(shown, dict)
    return dict(shown)


def address_of(organisation: Organisation) -> Address | None:
    found = Address(
        street_address=organisation.street or None,
        locality=organisation.locality or None,
        region=organisation.region or None,
        country_name=organisation.country or None,
    )
    return found if found != Address() else None


def details_of(organisation: Organisation) -> PartyDetails | None:
    """Size and self-declared kind (women-owned, social enterprise), where there is any."""
    kinds = tuple(Classification(scheme="TENDERWELL", id=name) for name in sorted(organisation.attributes))
    if not organisation.scale and not kinds:
        return None
    return PartyDetails(scale=organisation.scale or None, classifications=kinds)  # type: ignore[arg-type]

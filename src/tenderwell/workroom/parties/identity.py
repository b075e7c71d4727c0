"""Who is behind a request: the signed-in person, or the program with a token, acting for one organisation."""

from hashlib import sha256

from django.http import HttpRequest
from django.utils import timezone

from tenderwell.core.command import NOBODY, Actor
from tenderwell.core.web import identify_with
from tenderwell.workroom.parties.models import AccessToken, Membership

CHOSEN = "organisation"  # session key: identifier of the organisation the person acts for


@identify_with
def identify(request: HttpRequest) -> Actor:
    """The actor of a request; one query for a person, one for a token.

    A request with a token never acts as the signed-in person, so a page cannot borrow a program's rights.
    """
    if "HTTP_AUTHORIZATION" in request.META:
        return actor_with_token(request.META["HTTP_AUTHORIZATION"])
    if not request.user.is_authenticated:
        return NOBODY
    now = timezone.now()
    held = [each for each in memberships_of(str(request.user.pk)) if each.is_current(now)]
    chosen = next((each for each in held if each.organisation.identifier == request.session.get(CHOSEN)), None)
    membership = chosen or (held[0] if held else None)
    return actor_of_membership(membership) if membership else Actor(str(request.user.pk))


def memberships_of(person: str) -> list[Membership]:
    found = Membership.objects.filter(person_id=person, until=None).select_related("organisation")
    return list(found.order_by("since", "pk"))


def actor_of_membership(membership: Membership) -> Actor:
    roles = frozenset(membership.roles)
    return Actor(str(membership.person_id), membership.organisation.identifier, roles)


def actor_with_token(header: str) -> Actor:
    """The actor of `Bearer tw_...`; NOBODY when token or person is unknown, ended, barred or past the date."""
    kind, _, secret = header.partition(" ")
    if kind != "Bearer" or not secret.startswith("tw_"):
        return NOBODY
    digest = sha256(secret.encode()).hexdigest()
    tokens = AccessToken.objects.select_related("membership__organisation")
    token = tokens.filter(digest=digest, membership__person__is_active=True).first()
    if token is None or not token.is_valid(timezone.now()):
        return NOBODY
    return actor_of_membership(token.membership)

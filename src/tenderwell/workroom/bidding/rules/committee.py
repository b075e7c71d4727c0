"""Who may be an opening committee, and who is on one. Pure."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Facts
from tenderwell.ledger.sealing.committee import Member, committee_flaws
from tenderwell.workroom.bidding.rules.facts import COMMITTEE_NAMED, HAS_PLACE, HAS_TEST, IS_MEMBER, SECRECY


@dataclass(frozen=True)
class KeyHolder:
    """A member as the rules see one: the proved public key and the organisation."""

    recipient: str
    organisation: str


def is_committee_member(facts: Facts) -> Reason | None:
    if facts[IS_MEMBER]:
        return None
    text = "You hold no key of the committee that opens these envelopes, so there is no share of yours to release."
    return Reason("no_key_in_committee", text, SECRECY)


def is_on_a_committee(facts: Facts) -> Reason | None:
    if facts[HAS_PLACE]:
        return None
    text = "You hold no key of an opening committee of this process, so there is nothing for you to rehearse."
    return Reason("no_key_in_committee", text, SECRECY)


def has_test_envelope(facts: Facts) -> Reason | None:
    """Committees that were named before test envelopes existed have none."""
    if facts[HAS_TEST] or not facts[HAS_PLACE]:
        return None
    text = (
        "This committee was named before there were test envelopes, so there is none to rehearse with. Nothing else "
        "is missing: your key opens bids all the same. A committee that is named now gets one."
    )
    return Reason("no_test_envelope", text, SECRECY)


def committee_named(facts: Facts) -> Reason | None:
    if facts[COMMITTEE_NAMED]:
        return None
    text = "Name the opening committee first: bids are sealed to its keys."
    return Reason("no_committee", text, SECRECY)


def keys_proved(chosen: Sequence[str], *, held: Collection[str]) -> Reason | None:
    if all(choice in held for choice in chosen):
        return None
    return Reason("no_such_key", "Choose among the members who have proved a key.", field="members")


def committee_reasons(
    holders: Sequence[KeyHolder], *, k: int, buyer: str, minimum: tuple[int, int], source: str = ""
) -> Iterable[Reason | None]:
    """Everything against this committee. minimum: the least k and n of the jurisdiction, by this source."""
    listed = [Member(id=f"member-{place}", recipient=holder.recipient) for place, holder in enumerate(holders, 1)]
    for flaw in committee_flaws(listed, k=k, n=len(holders)):
        text = "This cannot be a committee: {flaw}."
        yield Reason("committee_rules", text, SECRECY, field="members", values={"flaw": (flaw,)})
    yield outside_member(holders, buyer=buyer)
    yield large_enough(k, n=len(holders), minimum=minimum, source=source)


def outside_member(holders: Sequence[KeyHolder], *, buyer: str) -> Reason | None:
    if any(holder.organisation != buyer for holder in holders):
        return None
    text = "At least one member must come from outside the buyer, for example from the audit office or a civic group."
    return Reason("no_outside_member", text, SECRECY, field="members")


def large_enough(k: int, *, n: int, minimum: tuple[int, int], source: str = "") -> Reason | None:
    """The larger the purchase, the more people it takes to open early, and the more keys may be lost."""
    least_k, least_n = minimum
    if k >= least_k and n >= least_n:
        return None
    text = "For this value at least {n} members are needed, of whom at least {k} open together."
    return Reason("committee_too_small", text, source, "k", {"k": str(least_k), "n": str(least_n)})


def signing_key_flaw(key: str) -> Reason | None:
    """An Ed25519 public key is 32 bytes in base64; none at all will do."""
    try:
        length = len(b64decode(key, validate=True))
    except (NotBase64, ValueError):
        length = -1
    if not key or length == 32:
        return None
    return Reason("signing_key", "This is no Ed25519 public key: 32 bytes in base64 are expected.", field="signing_key")

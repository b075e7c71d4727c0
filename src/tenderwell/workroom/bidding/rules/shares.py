"""What members give for each bid, and what they hand over to a deputy. Pure."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Facts
from tenderwell.ledger.sealing.findings import PackageError
from tenderwell.ledger.sealing.handover import Handover, has_right_length
from tenderwell.ledger.sealing.header import Header
from tenderwell.ledger.sealing.shares import Complaint, Share, check_complaint, check_share
from tenderwell.workroom.bidding.rules.facts import HAS_RELEASED, SECRECY
from tenderwell.workroom.bidding.rules.period import is_secret


class Given(Protocol):
    """What a member gives for one bid: a share, or the key of an envelope without one, both in hex; or one's word."""

    commitment: str
    share: str
    file_key: str
    is_unreadable: bool


def not_released(facts: Facts) -> Reason | None:
    if is_secret(facts) or not facts[HAS_RELEASED]:
        return None
    return Reason("released_already", "You have released your shares already. Wait for the other members.")


def is_own_number(given: str, *, member: str) -> Reason | None:
    if given == member:
        return None
    text = "These are the shares of {given}, but you are {member}. Make the file with your own key."
    return Reason("other_member", text, field="handover", values={"given": given, "member": member})


def is_nobodys_deputy(member: str) -> Reason | None:
    """member: for whom the deputy stands in already, "" for none. With two consents one person could open alone."""
    if not member:
        return None
    text = "This deputy already stands in for {member}. Nobody gives the consent of two members: choose another deputy."
    return Reason("deputy_of_another", text, SECRECY, field="handover", values={"member": member})


def share_reason(given: Given, *, place: int, member: str, header: Header | None) -> Reason | None:
    """What is wrong with what a member gives for a bid; header: of that bid, None when it is not to be opened."""
    field = f"shares.{place}.share"
    if header is None:
        text = "Bid {bid} is not to be opened: it was replaced, withdrawn, came late, or is unknown. Keep its share."
        return Reason("not_to_be_opened", text, SECRECY, field=f"shares.{place}.commitment", values=short(given))
    if [bool(given.share), bool(given.file_key), given.is_unreadable].count(True) != 1:
        text = "For bid {bid} give one of these: the share, the key of the broken envelope, or that it does not open."
        return Reason("share_or_key", text, field=field, values=short(given))
    problem = share_flaw(given, member=member, header=header)
    if not problem:
        return None
    text = "What you gave for bid {bid} cannot be used: {problem}"
    return Reason("wrong_share", text, field=field, values={**short(given), "problem": (problem,)})


def share_flaw(given: Given, *, member: str, header: Header) -> str:
    """In words, or "" when the share fits the bidder's commitment, or the complaint is founded."""
    if given.is_unreadable:
        return ""  # nobody else can try; the member's word is published, and a reviewer can ask for the key
    if given.share:
        finding = check_share(Share(member=member, commitment=given.commitment, share=given.share), header=header)
        return finding.text if finding else ""
    try:
        check_complaint(Complaint(member=member, commitment=given.commitment, file_key=given.file_key), header=header)
    except PackageError as error:
        return error.finding.text
    return ""


def short(given: Given) -> dict[str, str]:
    return {"bid": given.commitment[:12]}


def all_released(given: Collection[str], *, expected: Iterable[str]) -> Reason | None:
    """A member opens all bids or none, so that nobody chooses whose bid is opened."""
    missing = [commitment[:12] for commitment in expected if commitment not in given]
    if not missing:
        return None
    text = "Shares of these bids are missing: {bids}. Release all of them together."
    return Reason("shares_missing", text, field="shares", values={"bids": ", ".join(missing)})


def deputy_known(*, is_known: bool) -> Reason | None:
    if is_known:
        return None
    text = (
        "The shares are encrypted to a key that nobody here has proved, or to a member who opens these bids anyway. "
        "The deputy needs the role in the opening committee and a registered key."
    )
    return Reason("no_such_deputy", text, SECRECY, field="handover")


def handed_over_right(given: Handover, *, headers: Mapping[str, Header]) -> Iterable[Reason | None]:
    """All bids that are opened now, and nothing else; what is inside only the deputy can read. headers: of these."""
    text = "A share of bid {bid} cannot be one: the bid is not opened now, or the share has a wrong length."
    for each in given.shares:
        header = headers.get(each.commitment)
        if header is None or not has_right_length(each, header=header, recipient=given.recipient):
            yield Reason("wrong_share", text, field="handover", values={"bid": each.commitment[:12]})
    yield all_released([each.commitment for each in given.shares], expected=list(headers))

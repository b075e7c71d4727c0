"""What can be wrong with a sealed bid, by name, and whose doing it is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Blame(StrEnum):
    """Who answers for a finding; it decides what happens to the bid."""

    BIDDER = "bidder"  # the bid is rejected, and the package itself proves why
    MEMBER = "member"  # the other members are called; the bid stands
    KEEPER = "keeper"  # whoever stored the package must bring the true bytes; the bid stands
    NOBODY = "nobody"  # more is needed before anything can be said


class Verdict(StrEnum):
    """Stable codes; a new meaning is a new code."""

    HEADER_MALFORMED = "header-malformed"
    OTHER_COMMITTEE = "other-committee"
    ENVELOPE_UNREADABLE = "envelope-unreadable"
    ENVELOPE_OF_ANOTHER_BID = "envelope-of-another-bid"
    ENVELOPE_BREAKS_COMMITMENT = "envelope-breaks-commitment"
    COMPLAINT_UNFOUNDED = "complaint-unfounded"
    NOT_A_MEMBER = "not-a-member"
    SHARE_OF_ANOTHER_BID = "share-of-another-bid"
    SHARE_WRONG = "share-wrong"
    SHARES_TOO_FEW = "shares-too-few"
    BIDDER_EQUIVOCATES = "bidder-equivocates"
    KEY_MALFORMED = "key-malformed"
    KEY_OF_ANOTHER_BID = "key-of-another-bid"
    PAYLOAD_CHANGED = "payload-changed"
    PAYLOAD_UNREADABLE = "payload-unreadable"
    INNER_MALFORMED = "inner-malformed"
    BID_COPIED = "bid-copied"
    FILE_NAME_UNSAFE = "file-name-unsafe"
    FILE_CHANGED = "file-changed"
    SIGNATURE_WRONG = "signature-wrong"
    PADDING_WRONG = "padding-wrong"
    RESPONSE_MALFORMED = "response-malformed"
    TOTALS_WRONG = "totals-wrong"

    @property
    def blame(self) -> Blame:
        """Who answers for it; the bidder, unless listed otherwise."""
        return _BLAME.get(self, Blame.BIDDER)


_BLAME = {
    Verdict.COMPLAINT_UNFOUNDED: Blame.MEMBER,
    Verdict.NOT_A_MEMBER: Blame.MEMBER,
    Verdict.SHARE_OF_ANOTHER_BID: Blame.MEMBER,
    Verdict.SHARE_WRONG: Blame.MEMBER,
    Verdict.SHARES_TOO_FEW: Blame.NOBODY,
    Verdict.PAYLOAD_CHANGED: Blame.KEEPER,
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. member: the committee member it names, if any."""

    verdict: Verdict
    text: str
    member: str = ""


class PackageError(Exception):
    """A package, share or record that was not accepted; `findings` says all that was seen, the deciding one last."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(f"{finding.verdict}: {finding.text}" for finding in findings))
        self.findings = findings

    @property
    def finding(self) -> Finding:
        """The finding that decided."""
        return self.findings[-1]

    @property
    def verdict(self) -> Verdict:
        """The code of the finding that decided."""
        return self.finding.verdict


def refuse(verdict: Verdict, text: str, *, member: str = "") -> PackageError:
    """The error to raise for one finding."""
    return PackageError(Finding(verdict, text, member))

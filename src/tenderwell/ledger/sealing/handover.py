"""handover.json: a member's shares, each encrypted anew to a deputy; nothing is put together, commitments stay. Pure.

    {"v": "tenderwell/handover/v1", "member": "member-2", "recipient": "age1…",
     "shares": [{"commitment": "hex", "share": "base64 of an age file: ctx, then the share"}]}

What the deputy takes out is checked against what the bidder committed to, so a deputy can be given nothing else.
Handing over is as grave as releasing: the caller first checks the deadline and the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final, Literal

from tenderwell.ledger.sealing import age
from tenderwell.ledger.sealing.canonical import Hex32, Identifier, Strict, decode, encode, from_base64, to_base64
from tenderwell.ledger.sealing.findings import PackageError, Verdict, refuse
from tenderwell.ledger.sealing.header import CTX, Header, share_length
from tenderwell.ledger.sealing.keys import suite_of_recipient
from tenderwell.ledger.sealing.shares import SHARES_LIMIT, Share, check_share, release

VERSION: Final = "tenderwell/handover/v1"
LIMIT = 4 * SHARES_LIMIT


class Passed(Strict, frozen=True):
    """The share of one bid. share: base64 of an age file for the deputy."""

    commitment: Hex32
    share: str


class Handover(Strict, frozen=True):
    """What one member hands over. recipient: the deputy's public key."""

    member: Identifier
    recipient: str
    shares: tuple[Passed, ...]
    v: Literal["tenderwell/handover/v1"] = VERSION


def hand_over(headers: Sequence[Header], *, member: str, identity: str, recipient: str) -> Handover:
    """The member's shares of these bids for a deputy. Raises PackageError for an envelope that holds no good share."""
    return Handover(
        member=member,
        recipient=recipient,
        shares=tuple(
            passed(header, release(header, member=member, identity=identity), recipient) for header in headers
        ),
    )


def passed(header: Header, share: Share, recipient: str) -> Passed:
    raw = b"".join(age.encrypt([header.ctx + share.value], recipient=recipient))
    return Passed(commitment=header.commitment, share=to_base64(raw))


def take_over(handover: Handover, header: Header, *, identity: str) -> Share:
    """The share of this bid that the deputy got. Raises PackageError when there is none, or it is not the one."""
    mine = next((each for each in handover.shares if each.commitment == header.commitment), None)
    if mine is None:
        raise refuse(Verdict.SHARE_OF_ANOTHER_BID, "This bid was not handed over.", member=handover.member)
    try:
        plain = b"".join(age.decrypt(BytesIO(from_base64(mine.share)), identity=identity))
    except ValueError as error:
        text = f"What was handed over does not open with this key: {error}."
        raise refuse(Verdict.ENVELOPE_UNREADABLE, text, member=handover.member) from error
    share = Share(member=handover.member, commitment=header.commitment, share=plain[CTX:].hex())
    if flaw := check_share(share, header=header):
        raise PackageError(flaw)
    return share


def has_right_length(given: Passed, *, header: Header, recipient: str) -> bool:
    """All that can be checked of it without the deputy's key."""
    expected = age.cipher_length(CTX + share_length(header.core.suite), suite=suite_of_recipient(recipient))
    try:
        return len(from_base64(given.share)) == expected
    except ValueError:
        return False


def encode_handover(handover: Handover) -> bytes:
    return encode(handover)


def parse_handover(raw: bytes) -> Handover:
    """Raises NotCanonical for any other form."""
    return decode(raw, form=Handover, limit=LIMIT)

"""Proof that a member can decrypt with the key he or she registers: a secret encrypted to it, sent back."""

import textwrap
from base64 import b64encode
from datetime import datetime, timedelta
from io import BytesIO

from django.core.signing import BadSignature, Signer

from tenderwell.core.errors import Reason
from tenderwell.ledger.sealing import age
from tenderwell.ledger.sealing.keys import suite_of_recipient

VALID = timedelta(hours=24)
SIGNER = Signer(salt="bidding.possession")


def challenge(*, ocid: str, person: str, recipient: str, now: datetime) -> bytes:
    """An age file for `recipient`; its content, sent back, proves possession. Raises ValueError for no recipient.

    Nothing has to be stored: the content is signed, and only who can decrypt it ever sees it.
    """
    suite_of_recipient(recipient)
    secret = SIGNER.sign_object([ocid, person, recipient, int(now.timestamp())])
    return b"".join(age.encrypt([secret.encode()], recipient=recipient))


def armoured(raw: bytes) -> str:
    """The challenge as text, in the form that age programs read. Format: c2sp.org/age (ASCII armor)."""
    lines = textwrap.wrap(b64encode(raw).decode(), 64)
    return "\n".join(["-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----", ""])


def answer(sealed: bytes, *, identity: str) -> str:
    """What the member's program sends back for a challenge."""
    return b"".join(age.decrypt(BytesIO(sealed), identity=identity)).decode()


def proof_flaw(proof: str, *, ocid: str, person: str, recipient: str, now: datetime) -> Reason | None:
    """Why the answer proves nothing; None when it does."""
    text = "This answer does not prove that you hold the key. Get a new challenge and decrypt it with the key."
    wrong = Reason("possession_not_proved", text, field="proof")
    try:
        for_ocid, for_person, for_recipient, issued = SIGNER.unsign_object(proof.strip())
    except (BadSignature, ValueError, TypeError):
        return wrong
    age_of_it = now.timestamp() - issued
    if (for_ocid, for_person, for_recipient) != (ocid, person, recipient) or not 0 <= age_of_it < VALID.total_seconds():
        return wrong
    return None

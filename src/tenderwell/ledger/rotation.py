"""New keys for the log: they sign beside the old ones for a while, an entry announces them, then the old ones go.

The leaf key.rotated/v1 names both, so that whoever follows the log learns of the new keys under the old signatures.
"""

import json
import secrets
from datetime import datetime

from django.db import transaction

from tenderwell.ledger import identity, keys, publishing, store
from tenderwell.ledger.identity import KEY_TYPES, MayNotSign
from tenderwell.ledger.models import Entry
from tenderwell.ledger.note import Signer, parse_note, verified

KIND = "key.rotated/v1"


def begin(*, now: datetime) -> tuple[Signer, ...]:
    """Make new keys, announce them, and sign with old and new ones; returns the new ones.

    Safe to repeat after an interruption. Raises MayNotSign and BadKeyFile.
    """
    store.publish(now=now)
    held = identity.signers()
    if len(held) == len(KEY_TYPES):
        fresh = tuple(Signer(identity.origin(), type, secrets.token_bytes(32)) for type in KEY_TYPES)
        keep(held + fresh)
    old, new = halves()
    announce(old, new)
    store.publish(now=now)
    return new


def finish(*, now: datetime) -> tuple[Signer, ...]:
    """Sign with the new keys only; returns the old ones, whose public halves stay in the policy for old receipts.

    Raises MayNotSign when there is nothing to finish, or when the server still signs without the new keys.
    """
    old, new = halves()
    row = publishing.latest()
    signed = verified(parse_note(row.note), [each.verifier for each in new]) if row else []
    if len(signed) < len(new):
        text = "The last entry is not signed by the new keys: start the server again, and finish after its next one."
        raise MayNotSign(text)
    identity.retire(old)
    keep(new)
    store.heartbeat(now=now)
    return old


def halves() -> tuple[tuple[Signer, ...], tuple[Signer, ...]]:
    """The old and the new keys. Raises MayNotSign unless there are both."""
    held = identity.signers()
    if len(held) != 2 * len(KEY_TYPES):
        raise MayNotSign("There are no new keys beside the old ones: tenderwell ledger rotate begins with them.")
    return held[: len(KEY_TYPES)], held[len(KEY_TYPES) :]


def announce(old: tuple[Signer, ...], new: tuple[Signer, ...]) -> None:
    """The leaf, unless it is there already."""
    body = {"old": [each.verifier.vkey for each in old], "new": [each.verifier.vkey for each in new]}
    with transaction.atomic():
        last = Entry.objects.filter(kind=KIND).order_by("-idx").values_list("body", flat=True).first()
        if last is None or json.loads(bytes(last))["new"] != body["new"]:
            store.append([store.Leaf(KIND, {"origin": identity.origin(), **body})])


def keep(signers: tuple[Signer, ...]) -> None:
    keys.write_secret(identity.key_path(), signers)
    identity.signers_in.cache_clear()

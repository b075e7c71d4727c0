"""Keys of the demo's opening committee, kept in the data folder so that a visitor can open the closed tender.

Real members make their keys on their own devices and show them to nobody; a server never has one.
"""

import os
from pathlib import Path

from django.conf import settings

from tenderwell.core.command import Actor
from tenderwell.ledger.sealing.keys import Suite, new_identity
from tenderwell.ledger.sealing.passphrase import identity_in
from tenderwell.workroom.bidding.sealer import KeyRing

FOLDER = "demo-keys"
MEMBERS = ("gus", "elif", "nora")
NOTE = """# DEMO ONLY: the key of {name}, a member of the opening committee of Port Aurora.
# A real key is made by its member with `tenderwell keygen`, on a device of its own, and never lies on a server.
"""


def folder() -> Path:
    return Path(settings.TENDERWELL_DATA) / FOLDER


def ring_of(name: str, actor: Actor) -> KeyRing:
    """The member with the key in the demo's folder, made when it is not there."""
    path = folder() / f"{name}.key"
    if not path.exists():
        folder().mkdir(mode=0o700, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(NOTE.format(name=name) + new_identity(Suite.X25519) + "\n")
    return KeyRing(actor, identity_in(path.read_text()))

"""The seed that draws between equal bids: fixed by the ledger at the closing, unknown to all before it.

seed = SHA256("tenderwell/tie-break/v1\\n" || root || tender id): root is the Merkle root of the log right after the
entry that announced the end of the tender period, which every later checkpoint of the log confirms.
"""

from dataclasses import dataclass
from hashlib import sha256

from tenderwell.core.models import ActRecord
from tenderwell.ledger import store
from tenderwell.ledger.models import Entry
from tenderwell.workroom.process.models import Process

PREFIX = b"tenderwell/tie-break/v1\n"


@dataclass(frozen=True)
class Seed:
    """value: hex. entry: index of the closing entry; root: of the log of entry + 1 leaves, hex."""

    value: str
    entry: int
    root: str

    def shown(self) -> dict[str, object]:
        return {"value": self.value, "entry": self.entry, "size": self.entry + 1, "root": self.root}


def seed_of(process: Process) -> Seed:
    """The seed of a process whose tender period was announced to be over."""
    closing = ActRecord.objects.filter(subject=process.ocid, event="tender.closed").latest("at")
    entry = Entry.objects.values_list("idx", flat=True).get(ref=closing.ref)
    root = store.root_at(entry + 1)
    value = sha256(PREFIX + root + process.ocid.encode()).hexdigest()
    return Seed(value, entry, root.hex())

"""What can be recorded: public events become OCDS releases, blind events leave a salted commitment."""

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. The name never changes; a new meaning is a new event.

    says: the sentence for the timeline, marked with gettext_noop; {names} are filled from `words()`.
    privacy: how personal data in it is shredded, or why there is none.
    """

    name: ClassVar[str]
    says: ClassVar[str]
    privacy: ClassVar[str]

    def words(self) -> dict[str, str]:
        """What fills the sentence: short public texts (for a blind event, only the auditor reads them)."""
        return {}


@dataclass(frozen=True, kw_only=True)
class PublicEvent(Event):
    """Published at once as one OCDS release whose hash goes into the ledger.

    tag: OCDS release tags, e.g. ("tender",).
    """

    tag: ClassVar[tuple[str, ...]]

    def fragment(self) -> dict[str, Any]:
        """The parts of the OCDS release that this event sets: {"tender": {...}}, JSON values only."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class BlindEvent(Event):
    """Logged as a salted commitment that shows neither process, actor nor kind until it is opened."""

    kind: ClassVar[str] = "act/v1"

    def preimage(self) -> dict[str, Any]:
        """What the commitment hides; JSON values only; ocid, event name and salt are added by `perform()`."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class LeafEvent(Event):
    """Logged in the clear as a leaf of its own kind, for what outsiders must find without a release.

    kind: the leaf's "type", e.g. "committee/v1".
    """

    kind: ClassVar[str]

    def body(self) -> dict[str, Any]:
        """The leaf without its type; JSON values only, no personal data, for it stays for ever."""
        raise NotImplementedError

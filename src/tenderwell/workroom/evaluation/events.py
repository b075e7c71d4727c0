"""What happens while bids are judged: blind until the evaluation is published, then all of it at once."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core.events import BlindEvent, PublicEvent


@dataclass(frozen=True, kw_only=True)
class ShortlistMade(BlindEvent):
    name = "shortlist.made"
    says = _("The bids were checked against the minimum requirements.")
    privacy = "Codes of bids and a hash; published with the evaluation."
    sha256: str
    excluded: tuple[str, ...]

    def preimage(self) -> dict[str, Any]:
        return {"sha256": self.sha256, "excluded": list(self.excluded)}


@dataclass(frozen=True, kw_only=True)
class ScoresCommitted(BlindEvent):
    """The leaf binds the evaluator to the sheet before anybody else has shown one."""

    name = "scores.committed"
    kind = "score.commit/v1"
    says = _("An evaluator committed individual scores.")
    privacy = "The evaluator's code and a salted hash of the sheet; no person, no score."
    evaluator: str
    lot: str
    version: int
    commitment: str

    def preimage(self) -> dict[str, Any]:
        return {
            "evaluator": self.evaluator,
            "lot": self.lot,
            "version": self.version,
            "commitment": self.commitment,
        }


@dataclass(frozen=True, kw_only=True)
class ScoresAgreed(BlindEvent):
    name = "scores.agreed"
    says = _("The evaluators agreed on scores.")
    privacy = "A hash of the agreed scores; published with the evaluation."
    lot: str
    sha256: str

    def preimage(self) -> dict[str, Any]:
        return {"lot": self.lot, "sha256": self.sha256}


@dataclass(frozen=True, kw_only=True)
class EvaluationPublished(PublicEvent):
    name = "evaluation.published"
    tag = ("tenderUpdate",)
    says = _("The evaluation was published: {ranked} bids are ranked, {out} are not.")
    privacy = "Scores of organisations' bids and codes of evaluators; no names of people."
    ranked: int
    out: int
    release: dict[str, Any]  # tender and bids parts of the release

    def words(self) -> dict[str, str]:
        return {"ranked": str(self.ranked), "out": str(self.out)}

    def fragment(self) -> dict[str, Any]:
        return self.release


@dataclass(frozen=True, kw_only=True)
class TechnicalPublished(PublicEvent):
    name = "technical.published"
    tag = ("tenderUpdate",)
    says = _("The technical scores were published: {passed} bids pass, {out} do not. No price is open yet.")
    privacy = "Scores of organisations' bids; no names of people."
    passed: int
    out: int
    release: dict[str, Any]  # tender and bids parts of the release

    def words(self) -> dict[str, str]:
        return {"passed": str(self.passed), "out": str(self.out)}

    def fragment(self) -> dict[str, Any]:
        return self.release

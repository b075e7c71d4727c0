"""Who passes the technical judgement of bids in two envelopes, published before any price is opened.

Source: UNCITRAL Model Law on Public Procurement (2011) Art. 47.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tenderwell.public.ocds import Bid as OcdsBid
from tenderwell.public.ocds import Bids, Result, Score, Tender, plain
from tenderwell.public.ocds import Evaluation as OcdsEvaluation
from tenderwell.workroom.bidding.events import EnvelopesAdmitted
from tenderwell.workroom.bidding.models import Bid
from tenderwell.workroom.bidding.queries import envelopes_of, later_envelopes, valid_bids
from tenderwell.workroom.evaluation import notices, queries
from tenderwell.workroom.evaluation.events import TechnicalPublished
from tenderwell.workroom.evaluation.frozen import schemes_of
from tenderwell.workroom.evaluation.models import Shortlist
from tenderwell.workroom.evaluation.ranking import Offer, Scheme, failures, half_up
from tenderwell.workroom.process.models import Process


@dataclass(frozen=True)
class Judged:
    """One readable bid: the agreed row of each criterion, and why it does not pass; "" when it does."""

    bid: Bid
    rows: tuple[dict[str, str], ...]
    reason: str

    @property
    def passes(self) -> bool:
        return not self.reason


def judged(process: Process) -> Iterator[Judged]:
    """Every readable bid by the shortlist and the agreed scores."""
    scheme, checks = schemes_of(process)[""], queries.current_shortlist(process)
    out = checks.excluded if checks else ()
    agreed = notices.agreed_reasons(process, "")
    for bid in valid_bids(process):
        rows = tuple(row for (code, _), row in sorted(agreed.items()) if code == bid.code)
        reason = notices.not_met(checks, bid.code) if bid.code in out else below_floor(scheme, bid, rows)
        yield Judged(bid, rows, reason)


def below_floor(scheme: Scheme, bid: Bid, rows: tuple[dict[str, str], ...]) -> str:
    points = {row["criterion"]: Fraction(row["points"]) for row in rows}
    failed = failures(scheme, Offer(bid.code, None, points))
    return notices.floor_text(scheme, failed) if failed else ""


def published(process: Process) -> tuple[TechnicalPublished, EnvelopesAdmitted]:
    """What is to be recorded: the results for everybody, and the envelopes that may be opened."""
    found = list(judged(process))
    passed = {each.bid.bidder_id for each in found if each.passes}
    envelopes = later_envelopes(process)
    admitted = EnvelopesAdmitted(
        tender=process.ocid,
        stage=envelopes_of(process)[-1],
        open=tuple(sorted(each.commitment for each in envelopes if each.bidder_id in passed)),
        shut=tuple(sorted(each.commitment for each in envelopes if each.bidder_id not in passed)),
    )
    out = [each for each in found if not each.passes]
    return TechnicalPublished(passed=len(passed), out=len(out), release=parts_of(process, found)), admitted


def parts_of(process: Process, found: list[Judged]) -> dict[str, Any]:
    """Scores and reasons of every bid, and the status of those that are out."""
    scheme, checks = schemes_of(process)[""], queries.current_shortlist(process)
    results = tuple(result_of(checks, scheme, each) for each in found)
    details = tuple(
        OcdsBid(id=each.bid.code, status="disqualified", status_reason=each.reason) for each in found if each.reason
    )
    tender = Tender(id=process.ocid, evaluation=OcdsEvaluation(results=results))
    return dict(plain({"tender": tender, "bids": Bids(details=details)}))


def result_of(checks: Shortlist | None, scheme: Scheme, each: Judged) -> Result:
    return Result(
        id=each.bid.code,
        bid=each.bid.code,
        shortlisting=notices.shortlisting(checks, each.bid.code),
        scores=tuple(score_of(scheme, row) for row in each.rows),
        is_excluded=None if each.passes else True,
        reason=each.reason or None,
    )


def score_of(scheme: Scheme, row: dict[str, str]) -> Score:
    """As it will count: weight times the share reached, rounded once."""
    criterion = next(each for each in scheme.quality if each.id == row["criterion"])
    assert criterion.scale
    weighted = half_up(criterion.weight * Fraction(row["points"]) / criterion.scale.top, scheme.places)
    return Score(
        id=criterion.id,
        points=row["points"],
        weighted=str(weighted),
        reason=row["reason"] or None,
        difference=row["difference"] or None,
    )

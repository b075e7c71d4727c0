"""The opening record: every leaf that concerned a bid of this process, opened, so that the set can be checked."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from tenderwell.core.models import ActRecord
from tenderwell.ledger.models import Entry
from tenderwell.public.ocds.canonical import canonical, digest, plain
from tenderwell.public.ocds.tender import OpenedBid, OpeningRecord, ReleasedShares
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.models import Bid, ReleasedShare, SealedBid
from tenderwell.workroom.process.models import Process

SAID = {"opened": "valid", "submitted": "not opened yet"}
ENDS = {"bid.delivered": "payload delivered", "bid.withdrawn": "withdrawal", "bid.refused": "late"}


def in_order(process: Process) -> list[SealedBid]:
    """Every bid that came in time, whatever became of it, in the order of arrival: bid-1, bid-2, ..."""
    return list(process.sealed_bids.select_related("bidder", "process").order_by("received_at", "pk"))


def codes_of(process: Process) -> dict[str, str]:
    """Commitment -> bid-2, or price-2 for a later envelope; each kind is counted in the order of arrival."""
    first, *_ = queries.envelopes_of(process)
    counts, codes = Counter[str](), dict[str, str]()
    for bid in in_order(process):
        kind = "bid" if bid.stage == first else bid.stage
        counts[kind] += 1
        codes[bid.commitment] = f"{kind}-{counts[kind]}"
    return codes


def opening_record(process: Process, *, now: datetime) -> OpeningRecord:
    """The minutes. Each leaf's preimage is shown, so that anybody can recompute the commitment in the ledger."""
    acts = list(queries.bid_acts(process))
    bids = in_order(process)
    indexes = indexes_of([*(act.ref for act in acts), *closing_refs(process)])
    acts.sort(key=lambda act: indexes[act.ref])
    entries = tuple(entries_of(acts, bids, codes=codes_of(process), indexes=indexes))
    states = [bid.state for bid in bids]
    released = ReleasedShare.objects.filter(bid__process=process, bid__state__in=("opened", "rejected"))
    return OpeningRecord(
        date=now,
        first_index=min(indexes.values(), default=None),
        last_index=max(indexes.values(), default=None),
        received=len(bids),
        withdrawn=states.count("withdrawn"),
        replaced=states.count("replaced"),
        late=sum(act.event == "bid.refused" for act in acts),
        opened=states.count("opened") + states.count("rejected"),
        shares=released.values("member").distinct().count(),
        releases=tuple(releases_of(released)),
        bids=entries,
    )


def releases_of(released: QuerySet[ReleasedShare]) -> Iterable[ReleasedShares]:
    """Which member released when, in that order."""
    grouped = released.values("bid__stage", "member", "released_at").annotate(bids=Count("pk"))
    for each in grouped.order_by("released_at", "member"):
        stage = each["bid__stage"] if each["bid__stage"] != "bid" else None
        yield ReleasedShares(
            id="-".join(filter(None, (stage, each["member"]))),
            member=each["member"],
            date=each["released_at"],
            stage=stage,
            bids=each["bids"],
        )


def entries_of(
    acts: Iterable[ActRecord], bids: Iterable[SealedBid], *, codes: Mapping[str, str], indexes: Mapping[str, int]
) -> Iterable[OpenedBid]:
    """One entry a leaf: ids such as bid-2, bid-2-withdrawn, price-1, late-1."""
    kept = {bid.commitment: bid for bid in bids}
    late = 0
    for act in acts:
        hidden: dict[str, Any] = act.preimage or {}
        commitment = hidden["commitment"]
        late += act.event == "bid.refused"
        sealed = kept.get(commitment)
        verdict, reason = verdict_of(act, sealed)
        yield OpenedBid(
            id=entry_id(act, code=codes.get(commitment, ""), late=late),
            index=indexes[act.ref],
            commitment=commitment,
            stage=sealed.stage if sealed and sealed.stage != "bid" else None,
            verdict=verdict,
            reason=reason or None,
            preimage=hidden,
        )


def entry_id(act: ActRecord, *, code: str, late: int) -> str:
    if act.event == "bid.refused":
        return f"late-{late}"
    return code if act.event == "bid.received" else f"{code}-{act.event.partition('.')[2]}"


def verdict_of(act: ActRecord, sealed: SealedBid | None) -> tuple[str, str]:
    """What became of it, and why a bid was rejected."""
    if act.event in ENDS or sealed is None:
        return ENDS.get(act.event, "unknown"), ""
    if sealed.state == "rejected":
        bid = Bid.objects.get(Q(sealed=sealed) | Q(priced=sealed))
        return bid.verdict, bid.verdict_text
    return SAID.get(sealed.state, sealed.state), ""


def closing_refs(process: Process) -> list[str]:
    return list(ActRecord.objects.filter(subject=process.ocid, event="tender.closed").values_list("ref", flat=True))


def indexes_of(refs: list[str]) -> dict[str, int]:
    """Where the leaves stand in the ledger."""
    return dict(Entry.objects.filter(ref__in=refs).values_list("ref", "idx"))


def plain_and_digest(record: OpeningRecord) -> tuple[dict[str, Any], str]:
    """The record as it is published, and the hash that the leaf opening.done/v1 holds."""
    return plain(record), digest(canonical(record))

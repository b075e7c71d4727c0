"""From the ledger to messages: every act that concerns bidders is told once, to everybody whom it concerns."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tenderwell.core.models import ActRecord
from tenderwell.ledger.models import Entry
from tenderwell.ledger.store import entries
from tenderwell.workroom.bidding.models import LateBid, SealedBid
from tenderwell.workroom.messages.models import Following, Message, Reached
from tenderwell.workroom.parties.models import Membership
from tenderwell.workroom.process.models import STILL_THERE, Process, TeamMember
from tenderwell.workroom.tendering.models import Enquiry

RELEASE = "ocds.release/v1"
BATCH = 500  # entries a look
TOLD = (
    "tender.amended",
    "period.extended",
    "period.extended_for_outage",
    "enquiry.answered",
    "committee.replaced",
    "price_committee.replaced",
    "process.cancelled",
    "bids.opened",
    "bids.none",
)


def tell(now: datetime) -> int:
    """Write a message to everybody whom the next entries of the ledger concern; returns how many entries were new.

    Where it stands is kept in the same transaction, so nothing is told twice and nothing is left out. What was there
    before the first look is not told.
    """
    with transaction.atomic():
        reached, is_new = Reached.objects.select_for_update().get_or_create(id=1, defaults={"index": size()})
        found = [] if is_new else list(entries(reached.index, reached.index + BATCH))
        refs = [entry.ref for entry in found if entry.kind == RELEASE]
        for act in ActRecord.objects.filter(ref__in=refs, event__in=TOLD):
            tell_of(act, now=now)
        reached.index += len(found)
        reached.save(update_fields=["index"])
    return len(found)


def size() -> int:
    last = Entry.objects.order_by("-idx").values_list("idx", flat=True).first()
    return 0 if last is None else last + 1


def tell_of(act: ActRecord, *, now: datetime) -> None:
    process = Process.objects.get(ocid=act.subject)
    rows = (Message(person_id=person, process=process, release=act.ref, made_at=now) for person in audience(process))
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def audience(process: Process) -> set[UUID]:
    """The team, those who follow it, and whoever may bid for a firm that has bid, come late, or asked."""
    held = TeamMember.objects.filter(process=process, until=None).filter(STILL_THERE)
    team = held.values_list("person_id", flat=True)
    following = Following.objects.filter(process=process).values_list("person_id", flat=True)
    acting = Membership.objects.filter(organisation__identifier__in=firms(process), roles__contains=["bidder"])
    return {*team, *following, *acting.filter(until=None).values_list("person_id", flat=True)}


def firms(process: Process) -> Iterable[str]:
    bids = SealedBid.objects.filter(process=process).values_list("bidder__identifier", flat=True)
    late = LateBid.objects.filter(process=process).values_list("bidder__identifier", flat=True)
    return {*bids, *late, *Enquiry.objects.filter(process=process).values_list("asker", flat=True)}

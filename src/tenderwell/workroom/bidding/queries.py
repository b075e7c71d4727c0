"""What rules and pages ask about committees and sealed bids."""

import json
from datetime import datetime

from django.db.models import QuerySet

from tenderwell.core import procedure
from tenderwell.core.command import Moment, provides
from tenderwell.core.models import ActRecord
from tenderwell.ledger.models import Entry
from tenderwell.workroom.bidding import rules
from tenderwell.workroom.bidding.models import (
    Bid,
    Closing,
    CommitteeMember,
    CommitteeRecord,
    HandedOver,
    LateBid,
    MemberKey,
    Opening,
    Rehearsal,
    ReleasedShare,
    SealedBid,
)
from tenderwell.workroom.parties.models import Membership
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.rules import FOR_A_BIDDER
from tenderwell.workroom.tendering.queries import lot_ids
from tenderwell.workroom.tendering.rules import COMMITTEE_READY

BID_EVENTS = ("bid.received", "bid.delivered", "bid.withdrawn", "bid.refused")


def current_committee(process: Process, *, stage: str = "") -> CommitteeRecord | None:
    """Who opens the envelopes of this stage: the committee named for it alone, else the one named for all."""
    named = process.committees.filter(stage__in={"", stage})
    return named.order_by("-stage", "-number").first()  # "" comes last


def current_committees(process: Process) -> list[CommitteeRecord]:
    """The committee named for all envelopes, then the one that opens the prices, where that is another."""
    found = (current_committee(process, stage=stage) for stage in ("", *envelopes_of(process)))
    return list(dict.fromkeys(named for named in found if named))


def opens(named: CommitteeRecord) -> tuple[str, ...]:
    """The stages whose envelopes this committee opens."""
    process = named.process
    return tuple(each for each in envelopes_of(process) if current_committee(process, stage=each) == named)


def member_of(process: Process, person: str, *, stage: str = "") -> CommitteeMember | None:
    """The person's own place, or the one held as a deputy, in the committee that opens this stage, or else the next."""
    stage = stage or envelope_to_open(process)
    own = place_in(current_committee(process, stage=stage), person)
    found = None if own else handed_to(process, person, stage=stage)
    return found.member if found else own


def handed_to(process: Process, person: str, *, stage: str = "") -> HandedOver | None:
    """What a member handed over to this person, for the envelopes that are opened now."""
    named = current_committee(process, stage=stage or envelope_to_open(process))
    if person == "public" or named is None:
        return None
    held = HandedOver.objects.filter(member__committee=named, stage=stage or envelope_to_open(process))
    return held.filter(deputy__person_id=person).select_related("member__committee__process").first()


def stands_in_for(process: Process, deputy: MemberKey | None, *, apart_from: CommitteeMember) -> str:
    """The other member for whom this person opens the envelopes that are opened now; "" for none."""
    found = handed_to(process, str(deputy.person_id)) if deputy else None
    return found.member.code if found and found.member != apart_from else ""


def deputy_keys(process: Process) -> QuerySet[MemberKey]:
    """Proved keys of people who hold the role and are not on the committee that opens the envelopes now."""
    named = current_committee(process, stage=envelope_to_open(process))
    team = process.team.filter(role="committee", until=None).values("person_id")
    seated = CommitteeMember.objects.filter(committee=named).values_list("key__person_id", flat=True)
    return current_keys(process).filter(person_id__in=team).exclude(person_id__in=list(seated))


def place_in(named: CommitteeRecord | None, person: str) -> CommitteeMember | None:
    if person == "public" or named is None:
        return None
    return named.members.filter(key__person_id=person).select_related("key", "committee__process").first()


def places_of(process: Process, person: str) -> list[CommitteeMember]:
    """The person's place in each committee of the process."""
    found = (place_in(named, person) for named in current_committees(process))
    return [place for place in found if place]


def to_rehearse(process: Process, person: str) -> CommitteeMember | None:
    """The place whose test envelope comes next: one not opened yet, else the last; None where there is none."""
    tests = [place for place in places_of(process, person) if hasattr(place.committee, "rehearsal")]
    open_ones = [place for place in tests if place.code not in rehearsed(place.committee)]
    return next(iter(open_ones), tests[-1] if tests else None)


def rehearsed(named: CommitteeRecord) -> tuple[str, ...]:
    """Members who have opened their part of the committee's test envelope."""
    shares = Rehearsal.objects.filter(committee=named).values_list("shares", flat=True).first()
    return tuple(sorted(shares or ()))


def has_rehearsed(process: Process, person: str) -> bool:
    places = places_of(process, person)
    return bool(places) and all(place.code in rehearsed(place.committee) for place in places)


def current_keys(process: Process) -> QuerySet[MemberKey]:
    held = process.member_keys.filter(replaced_at=None)
    return held.select_related("organisation", "person").order_by("proved_at", "pk")


def key_choices(process: Process, actor: object) -> list[tuple[str, str]]:
    """Committee members who have proved a key, for the form that names the committee."""
    return [(str(key.pk), f"{key.person.name}, {key.organisation.name}") for key in current_keys(process)]


def envelopes_of(process: Process) -> tuple[str, ...]:
    """The sealed packages of which a bid consists, in the order of their opening; mostly one, "bid"."""
    return tuple(procedure.get(process.procedure_key).settings.get("envelopes", "bid").split())


def envelope_to_open(process: Process) -> str:
    """The one whose turn it is; the last one for ever."""
    envelopes = envelopes_of(process)
    return envelopes[min(process.openings.count(), len(envelopes) - 1)]


def admission(process: Process) -> ActRecord | None:
    """The act that admitted envelopes to the second opening."""
    return ActRecord.objects.filter(subject=process.ocid, event="envelopes.admitted").order_by("at", "pk").last()


def admitted(process: Process) -> frozenset[str]:
    """Commitments of the envelopes that the ledger admits to the second opening; none before it says so."""
    act = admission(process)
    if act is None:
        return frozenset()
    return frozenset(json.loads(bytes(Entry.objects.values_list("body", flat=True).get(ref=act.ref)))["open"])


def later_envelopes(process: Process) -> list[SealedBid]:
    """The envelopes that are still shut after the first opening."""
    return list(process.sealed_bids.filter(state="submitted").order_by("received_at", "pk"))


def current_bids(process: Process) -> QuerySet[SealedBid]:
    """The bids that would be opened: each bidder's latest complete one, in the order of arrival.

    The first envelope is opened of those who sent every envelope, the next one of those whom the ledger admits.
    """
    first, *others = envelopes_of(process)
    stage = envelope_to_open(process)
    standing = process.sealed_bids.filter(state="submitted")
    found = standing.filter(stage=stage).select_related("bidder").order_by("received_at", "pk")
    if stage != first:
        return found.filter(commitment__in=admitted(process))
    for other in others:
        found = found.filter(bidder__in=standing.filter(stage=other).values("bidder"))
    return found


def latest_bid(process: Process, *, bidder: str, stage: str = "bid") -> SealedBid | None:
    """The bidder's bid with the highest number, whatever became of it."""
    return process.sealed_bids.filter(bidder__identifier=bidder, stage=stage).order_by("-seq").first()


def my_bid(process: Process, *, bidder: str) -> SealedBid | None:
    """The bid of this organisation that stands now: complete or announced."""
    standing = ("submitted", "declared", "opened", "rejected")
    held = process.sealed_bids.filter(bidder__identifier=bidder, state__in=standing)
    return held.order_by("-seq").first() if bidder else None


def announced_bid(process: Process, *, bidder: str) -> SealedBid | None:
    """The first envelope of this organisation's that was announced and of which parts are still to come."""
    held = process.sealed_bids.filter(bidder__identifier=bidder, state="declared")
    return held.order_by("received_at", "pk").first()


def missing_envelopes(process: Process, *, bidder: str) -> list[str]:
    """Stages of which a bidder who sent others has sent nothing that stands; without them the bid is none."""
    held = process.sealed_bids.filter(bidder__identifier=bidder, state__in=("submitted", "declared"))
    sent = set(held.values_list("stage", flat=True))
    return [stage for stage in envelopes_of(process) if sent and stage not in sent]


def my_bids(process: Process, *, bidder: str) -> QuerySet[SealedBid]:
    return process.sealed_bids.filter(bidder__identifier=bidder).order_by("-seq")


def my_late_bids(process: Process, *, bidder: str) -> QuerySet[LateBid]:
    return process.late_bids.filter(bidder__identifier=bidder).order_by("received_at")


def closing_of(process: Process) -> Closing | None:
    return Closing.objects.filter(process=process).first()


def opening_of(process: Process) -> Opening | None:
    """The latest opening; its record holds what the earlier one said."""
    return Opening.objects.filter(process=process).order_by("-opened_at").first()


def are_bids_opened(ocid: str) -> bool:
    """Whether the opening has made public who bid; before it no page may show that anybody did."""
    return Opening.objects.filter(process__ocid=ocid).exists()


def opened_bids(process: Process) -> QuerySet[Bid]:
    """Every opened bid with its bidder, valid or not, in the order of arrival."""
    return process.bids.select_related("bidder", "sealed").order_by("received_at", "pk")


def valid_bids(process: Process) -> QuerySet[Bid]:
    """What is evaluated: the bids that opened and can be read."""
    return opened_bids(process).filter(status="valid")


def bid_acts(process: Process) -> QuerySet[ActRecord]:
    """The journal of everything that left a blind leaf of kind sealed/v1 in this process."""
    return ActRecord.objects.filter(subject=process.ocid, event__in=BID_EVENTS).order_by("at", "pk")


def act_of(process: Process, *, event: str, commitment: str) -> ActRecord | None:
    """The journal row that opens the blind leaf of this bid."""
    return bid_acts(process).filter(event=event, preimage__commitment=commitment).first()


def lots_of(process: Process) -> frozenset[str]:
    """The ids of the tender's lots; none when it is not divided."""
    return frozenset(lot_ids(process))


@provides(FOR_A_BIDDER)
def for_a_bidder(moment: Moment) -> bool:
    """For the rules of the team; a firm counts once its bid is opened or it was awarded something."""
    process, person = moment.subject, moment.actor.id
    firms = {*process.supplier_ids, *process.bids.values_list("bidder__identifier", flat=True)}
    if not firms or not moment.actor.is_person:
        return False
    acted = ActRecord.objects.filter(subject=process.ocid, actor=person, organisation__in=firms)
    return (
        acted.exists()
        or Membership.objects.filter(person_id=person, until=None, organisation__identifier__in=firms).exists()
    )


@provides(COMMITTEE_READY)
def committee_ready(moment: Moment) -> bool:
    """For tendering: bidders can encrypt to a named committee."""
    return committee_named(moment)


@provides(rules.COMMITTEE_NAMED)
def committee_named(moment: Moment) -> bool:
    return bool(moment.subject.committees.filter(stage="").exists())


@provides(rules.IS_MEMBER)
def is_member(moment: Moment) -> bool:
    return member_of(moment.subject, moment.actor.id) is not None


@provides(rules.HAS_PLACE)
def has_place(moment: Moment) -> bool:
    return bool(places_of(moment.subject, moment.actor.id))


@provides(rules.HAS_TEST)
def has_test(moment: Moment) -> bool:
    return to_rehearse(moment.subject, moment.actor.id) is not None


@provides(rules.HAS_KEY)
def has_key(moment: Moment) -> bool:
    held = moment.subject.member_keys.filter(replaced_at=None)
    return moment.actor.id != "public" and held.filter(person_id=moment.actor.id).exists()


@provides(rules.CLOSING)
def closing(moment: Moment) -> datetime | None:
    announced = closing_of(moment.subject)
    return announced.announced_at if announced else None


@provides(rules.CURRENT_BIDS)
def count_current(moment: Moment) -> int:
    return current_bids(moment.subject).count()


@provides(rules.IS_DIVIDED)
def is_divided(moment: Moment) -> bool:
    return bool(lots_of(moment.subject))


@provides(rules.AWAITED)
def awaited(moment: Moment) -> int:
    return SealedBid.objects.filter(process=moment.subject, state="declared").count()


@provides(rules.GRACE)
def grace(moment: Moment) -> tuple[int, str]:
    law = moment.jurisdiction.grace_seconds
    return int(law.value), law.source


@provides(rules.BIDS_OPENED)
def bids_opened(moment: Moment) -> bool:
    return opening_of(moment.subject) is not None


@provides(rules.MY_BID)
def my_bid_now(moment: Moment) -> str:
    bid = my_bid(moment.subject, bidder=moment.actor.organisation)
    return bid.commitment if bid and bid.state in ("submitted", "declared") else ""


@provides(rules.HAS_RELEASED)
def has_released(moment: Moment) -> bool:
    """Of the bids that will be opened now; a share of a bid that was replaced meanwhile does not count."""
    member = member_of(moment.subject, moment.actor.id)
    held = ReleasedShare.objects.filter(bid__in=current_bids(moment.subject))
    return member is not None and held.filter(member=member.code).exists()

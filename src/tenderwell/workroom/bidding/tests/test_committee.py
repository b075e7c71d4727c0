"""Keys are proved, the committee is logged in the clear without names, and its record cannot be changed."""

import json

import pytest

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.ledger.sealing.committee import parse_committee
from tenderwell.public.record.models import Record, Release
from tenderwell.workroom.bidding import commands, queries, sealer
from tenderwell.workroom.bidding.inputs import NameCommittee, RegisterMemberKey, ReplaceCommittee
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.journey import (
    DAY,
    bid_of,
    committee_named,
    key_proved,
    keys_proved,
    open_for_bids,
    opened,
)
from tenderwell.workroom.bidding.tests.test_pages import signed_in
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.tests.personas import NOW, assign, personas

pytestmark = pytest.mark.django_db


def test_the_record_is_logged_byte_for_byte() -> None:
    process = planned()
    keys_proved(process)
    named = committee_named(process)
    leaf = bytes(Entry.objects.get(kind="committee/v1").body)
    assert leaf == named.record.encode()
    assert parse_committee(leaf).hash == named.hash


def test_the_notice_shows_offices_and_keys_and_no_person() -> None:
    process = planned()
    rings = keys_proved(process)
    named = committee_named(process)
    body = bytes(Release.objects.get(ocid=process.ocid, act_name="committee.named").body).decode()
    shown = json.loads(body)["tender"]["committee"]
    assert (shown["k"], shown["n"], shown["sha256"]) == (2, 3, named.hash)
    assert {member["recipient"] for member in shown["members"]} == {ring.recipient for ring in rings}
    assert not any(name in body for name in ("Gus", "Elif", "Nora", "@"))


def test_without_an_outside_member_there_is_no_committee() -> None:
    process = planned()
    for name in ("gus", "dora", "dan"):
        key_proved(process, name)
    with pytest.raises(Refused, match="no_outside_member"):
        committee_named(process)


def test_a_key_that_nobody_proved_cannot_be_chosen() -> None:
    process = planned()
    keys_proved(process)
    data = NameCommittee(k=2, members=["a", "b", "c"])
    with pytest.raises(Refused, match="no_such_key"):
        perform(commands.name_committee, personas().ada, process.ocid, data, now=NOW)


def test_somebody_elses_recipient_cannot_be_registered() -> None:
    process = planned()
    assign(process, "gus", "committee")
    stolen = KeyRing.new(personas().nora).recipient
    with pytest.raises(Refused, match="possession_not_proved"):
        data = RegisterMemberKey(recipient=stolen, proof="guess")
        perform(commands.register_member_key, personas().gus, process.ocid, data, now=NOW)


def test_only_a_committee_member_registers_a_key() -> None:
    process = planned()
    with pytest.raises(Refused, match="wrong_role"):
        sealer.register(KeyRing.new(personas().ada), process, now=NOW)


def test_a_new_key_counts_for_the_next_committee_and_the_record_keeps_the_old_one() -> None:
    process = planned()
    rings = keys_proved(process)
    named = committee_named(process)
    renewed = KeyRing.new(rings[0].actor)
    sealer.register(renewed, process, now=NOW)
    assert queries.current_keys(process).count() == 3
    assert renewed.recipient not in named.record
    assert renewed.recipient in committee_named(process).record


def test_the_notice_shows_only_the_members_of_the_last_committee() -> None:
    process = planned()
    keys_proved(process)
    key_proved(process, "dora")
    committee_named(process)
    keys = [str(key.pk) for key in queries.current_keys(process)][:3]
    perform(commands.name_committee, personas().ada, process.ocid, NameCommittee(k=2, members=keys), now=NOW)
    record = json.loads(bytes(Record.objects.get(ocid=process.ocid).body))
    assert len(record["tender"]["committee"]["members"]) == 3


def test_when_the_committee_is_replaced_bidders_seal_again_and_the_old_bids_stay_shut() -> None:
    tender = open_for_bids()
    old = bid_of(tender, personas().bob)
    keys = [str(key.pk) for key in queries.current_keys(tender.process)]
    why = ReplaceCommittee(k=2, members=keys, reason="Two members lost their keys on the same day.")
    perform(commands.replace_committee, personas().ada, tender.process.ocid, why, now=tender.end - DAY)
    old.refresh_from_db()
    assert old.state == "void"
    assert bid_of(tender, personas().bob, "950").seq == 2
    record = opened(tender).openings.get().record
    assert [entry["verdict"] for entry in record["bids"]] == ["void", "valid"]


def test_only_the_lead_names_the_committee() -> None:
    process = planned()
    keys_proved(process)
    keys = [str(key.pk) for key in queries.current_keys(process)]
    with pytest.raises(Refused, match="wrong_role"):
        perform(commands.name_committee, personas().gus, process.ocid, NameCommittee(k=2, members=keys), now=NOW)


def test_a_member_hands_over_to_a_deputy_before_the_tender_is_published() -> None:
    process = planned()
    leaving, *staying = keys_proved(process)
    committee_named(process)
    deputy = key_proved(process, "dora")
    keys = [str(key.pk) for key in queries.current_keys(process).exclude(person_id=leaving.actor.id)]
    perform(commands.name_committee, personas().ada, process.ocid, NameCommittee(k=2, members=keys), now=NOW)
    record = parse_committee(bytes(Entry.objects.filter(kind="committee/v1").latest("idx").body))
    assert {member.recipient for member in record.members} == {ring.recipient for ring in (deputy, *staying)}
    assert Release.objects.filter(ocid=process.ocid, act_name="committee.named").count() == 2
    assert queries.member_of(process, leaving.actor.id) is None


def test_after_the_publication_a_deputy_comes_only_with_a_new_committee_and_new_seals() -> None:
    tender = open_for_bids()
    old = bid_of(tender, personas().bob)
    leaving = tender.rings[0]
    key_proved(tender.process, "dora", now=tender.end - DAY)
    keys = [str(key.pk) for key in queries.current_keys(tender.process).exclude(person_id=leaving.actor.id)]
    with pytest.raises(Refused):
        named = NameCommittee(k=2, members=keys)
        perform(commands.name_committee, personas().ada, tender.process.ocid, named, now=tender.end - DAY)
    why = ReplaceCommittee(k=2, members=keys, reason="Gus is ill; Dora, the deputy, takes the seat.")
    perform(commands.replace_committee, personas().ada, tender.process.ocid, why, now=tender.end - DAY)
    old.refresh_from_db()
    assert old.state == "void"
    assert queries.member_of(tender.process, leaving.actor.id) is None


def test_above_the_value_of_the_law_a_committee_has_five_members_of_whom_three_open() -> None:
    process = planned(estimate="1500000")
    keys_proved(process)
    with pytest.raises(Refused, match="committee_too_small") as refused:
        committee_named(process, k=2)
    assert refused.value.reasons[0].source.endswith("s. 14")
    for name in ("dora", "dan"):
        key_proved(process, name)
    with pytest.raises(Refused, match="committee_too_small"):
        committee_named(process, k=2)
    assert (committee_named(process, k=3).committee.k, queries.current_keys(process).count()) == (3, 5)


def test_the_page_that_names_the_committee_begins_with_what_the_law_asks_for() -> None:
    process = planned(estimate="1500000")
    keys_proved(process)
    page = signed_in(personas().ada).get(f"/en/desk/{process.ocid}/bidding/name_committee/").content.decode()
    assert 'value="3"' in page
    assert page.count("checked") == 3

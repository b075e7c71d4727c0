"""A committee is checked, kept and logged; the record names organisations and keys, no person."""

from dataclasses import dataclass
from typing import Any

from tenderwell.core.command import Act
from tenderwell.core.errors import refuse_any
from tenderwell.ledger.sealing.committee import Committee, Member, committee
from tenderwell.workroom.bidding import events, notices, queries, rehearsal, rules
from tenderwell.workroom.bidding.inputs import NameCommittee
from tenderwell.workroom.bidding.models import CommitteeMember, CommitteeRecord, MemberKey
from tenderwell.workroom.process.models import Process


@dataclass(frozen=True)
class Named:
    """A committee that was just named, with the tender part of its release."""

    kept: CommitteeRecord
    tender: dict[str, Any]

    @property
    def numbers(self) -> dict[str, Any]:
        """What its event says."""
        return {"k": self.kept.committee.k, "n": self.kept.committee.n, "tender": self.tender}


def named_by(act: Act, process: Process, data: NameCommittee, *, stage: str = "") -> Named:
    """Check, keep and log a committee. stage: the envelope that it opens, "" for all that have none of their own."""
    held = {str(key.pk): key for key in queries.current_keys(process)}
    refuse_any(rules.keys_proved(data.members, held=held))
    keys = [held[choice] for choice in data.members]
    holders = [rules.KeyHolder(key.recipient, key.organisation.identifier) for key in keys]
    minimum, source = act.jurisdiction.committee_for(process.value_amount)
    buyer = process.buyer.identifier
    refuse_any(*rules.committee_reasons(holders, k=data.k, buyer=buyer, minimum=minimum, source=source))
    kept = keep(act, process, record_of(process, keys=keys, k=data.k, stage=stage), keys=keys, stage=stage)
    act.record(events.CommitteeLogged(record=notices.plain_record(kept.committee)))
    return Named(kept, notices.committee_part(kept.committee, stage=stage, now=act.now))


def record_of(process: Process, *, keys: list[MemberKey], k: int, stage: str) -> Committee:
    """The committee/v1 record. A share names its member alone, so members of two committees have other ids."""
    prefix = f"{stage}-" if stage else ""
    members = (
        Member(
            id=f"{prefix}member-{place}",
            recipient=key.recipient,
            name=key.organisation.name,
            role="buyer" if key.organisation_id == process.buyer_id else "outside the buyer",
        )
        for place, key in enumerate(keys, 1)
    )
    number = process.committees.count() + 1
    return committee(members, id=f"{process.ocid}-committee-{number}", tender=process.ocid, k=k)


def keep(act: Act, process: Process, record: Committee, *, keys: list[MemberKey], stage: str) -> CommitteeRecord:
    named = CommitteeRecord.objects.create(
        process=process,
        number=process.committees.count() + 1,
        stage=stage,
        record=record.record.decode(),
        hash=record.hash,
        named_at=act.now,
    )
    CommitteeMember.objects.bulk_create(
        CommitteeMember(committee=named, code=member.id, key=key)
        for member, key in zip(record.members, keys, strict=True)
    )
    rehearsal.prepare(named)
    return named


def void_bids(act: Act, process: Process) -> None:
    """What was sealed to a committee that was replaced is not opened by anybody; it has to be sealed again."""
    standing = process.sealed_bids.filter(state__in=("declared", "submitted"))
    current = {stage: queries.current_committee(process, stage=stage) for stage in {bid.stage for bid in standing}}
    stale = [bid.pk for bid in standing if (now := current[bid.stage]) and bid.parsed.core.committee.hash != now.hash]
    process.sealed_bids.filter(pk__in=stale).update(state="void", ended_at=act.now)

"""The one act of the server itself: to let bids close later when it has failed before the end."""

from datetime import datetime

import structlog
from pydantic import BaseModel

from tenderwell.core.command import SERVER, Act, command, perform
from tenderwell.core.errors import Refused
from tenderwell.core.jurisdiction import Jurisdiction
from tenderwell.core.periods import Period
from tenderwell.public.ocds import plain
from tenderwell.public.ocds import tender as ocds
from tenderwell.public.ocds.common import Period as OcdsPeriod
from tenderwell.workroom.bidding import heartbeats
from tenderwell.workroom.bidding.events import ExtendedForOutage
from tenderwell.workroom.bidding.models import OutageExtension
from tenderwell.workroom.bidding.outages import Outage, counted, extended_end
from tenderwell.workroom.bidding.queries import closing_of
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering.commands.telling import close_later
from tenderwell.workroom.tendering.models import Amendment
from tenderwell.workroom.tendering.notices import amended_notice
from tenderwell.workroom.tendering.rules import shown_time

log = structlog.get_logger()


class ExtendForOutage(BaseModel):
    pass


@command(on=Process, input=ExtendForOutage)
def extend_for_outage(act: Act, process: Process, data: ExtendForOutage) -> OutageExtension:
    """Let bids close later because the service failed

    The silence ends with a heartbeat, so that both its ends stand in the ledger before they are quoted.
    """
    last, period, rule = heartbeats.beat(act.now), process.periods_held()["tenderPeriod"], act.jurisdiction.outages
    moment = max(act.now, last.at)
    found = heartbeats.outages_of(process, now=moment)
    assert rule  # the guard outage_counts said so
    end = extended_end(found, end=period.end, rule=rule)
    assert end
    extension = OutageExtension(
        process=process, before=period.end, after=end, last_index=last.index, made_at=act.now,
        code=f"amendment-{process.amendments.count() + 1}",
    )  # fmt: skip
    extension.save()
    publish(act, process, extension, found, period=period)
    return extension


def publish(act: Act, process: Process, extension: OutageExtension, found: list[Outage], *, period: Period) -> None:
    """The incident and the new end, as an amendment that everybody can recompute from the heartbeats."""
    reason = why(found, act.jurisdiction)
    amendment = Amendment.objects.create(
        process=process,
        code=extension.code,
        reason=reason,
        differences=close_later(act, process, period, extension.after),
        made_at=act.now,
    )
    parts = amended_notice(process, amendment)
    parts["tender"]["outageExtensions"] = [plain(part_of(extension, found, act.jurisdiction))]
    act.record(ExtendedForOutage(parts=parts, reason=reason))


def why(found: list[Outage], law: Jurisdiction) -> str:
    times = "; ".join(f"from {shown_time(each.start, law)} to {shown_time(each.end, law)}" for each in found)
    return f"The service could not be reached, {times}, as the heartbeats in the ledger show."


def part_of(extension: OutageExtension, found: list[Outage], law: Jurisdiction) -> ocds.OutageExtension:
    """With the rule's figures, so that the new end can be recomputed from this part and the ledger alone."""
    rule = law.outages
    assert rule
    return ocds.OutageExtension(
        id=extension.code,
        date=extension.made_at,
        previous_end=extension.before,
        new_end=extension.after,
        counted_seconds=int(counted(found, end=extension.before, rule=rule).total_seconds()),
        hours=rule.hours,
        tolerated_seconds=rule.tolerated_seconds,
        final_minutes=rule.final_minutes,
        step_minutes=rule.step_minutes,
        source=rule.source,
        outages=tuple(outage_part(place, each) for place, each in enumerate(found, 1)),
    )


def outage_part(place: int, outage: Outage) -> ocds.Outage:
    return ocds.Outage(
        id=f"outage-{place}",
        period=OcdsPeriod(start_date=outage.start, end_date=outage.end),
        index_before=outage.before,
        index_after=outage.after,
    )


def extended(ocid: str, *, now: datetime) -> bool:
    """Let the server do what the rule asks of it, before it judges a bid as late; whether bids are taken at `now`."""
    process = Process.objects.filter(ocid=ocid).first()
    if process is None or "tenderPeriod" not in process.periods or closing_of(process):
        return False
    if heartbeats.later_end(process, now=now):
        try:
            perform(extend_for_outage, SERVER, ocid, ExtendForOutage(), now=now)
        except Refused as refused:
            log.info("outage_settled_by_another", ocid=ocid, codes=[each.code for each in refused.reasons])
        process.refresh_from_db()
    return process.periods_held()["tenderPeriod"].is_open(now)

"""Tell everybody what changed in a published tender: what it was, what it is, and why."""

from datetime import datetime

from django.utils.translation import gettext_noop as _

from tenderwell.core.command import Act
from tenderwell.core.periods import Period
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering import notices, rules
from tenderwell.workroom.tendering.events import PeriodExtended, TenderAmended
from tenderwell.workroom.tendering.models import Amendment

Differences = list[dict[str, str]]


def difference(field: str, before: str, after: str) -> dict[str, str]:
    return {"field": field, **({"before": before} if before else {}), **({"after": after} if after else {})}


def close_later(act: Act, process: Process, period: Period, end: datetime) -> Differences:
    """Let the tender period end at `end`; nothing to tell when it does already."""
    if end == period.end:
        return []
    process.set_period("tenderPeriod", Period(period.start, end))
    return [told_time(act, _("closing time"), period.end, end), *ask_longer(act, process, end)]


def ask_longer(act: Act, process: Process, end: datetime) -> Differences:
    """Questions are taken again when bids close later by more than the answers need."""
    asked = process.periods_held()["enquiryPeriod"]
    later = rules.questions_end(end, act.jurisdiction)
    if later <= max(asked.end, act.now):
        return []
    process.set_period("enquiryPeriod", Period(asked.start, later))
    return [told_time(act, _("end of questions"), asked.end, later)]


def told_time(act: Act, field: str, before: datetime, after: datetime) -> dict[str, str]:
    return difference(field, rules.shown_time(before, act.jurisdiction), rules.shown_time(after, act.jurisdiction))


def publish(
    act: Act, process: Process, differences: Differences, *, reason: str, kind: type[TenderAmended | PeriodExtended]
) -> Amendment:
    """Publish the amendment with the tender as it stands now."""
    amendment = Amendment.objects.create(
        process=process,
        code=f"amendment-{process.amendments.count() + 1}",
        reason=reason,
        differences=differences,
        made_at=act.now,
    )
    act.record(kind(parts=notices.amended_notice(process, amendment), reason=reason))
    return amendment

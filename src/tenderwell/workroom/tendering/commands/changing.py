"""Change a published tender in the open: what it was, what it is, why; late changes extend the period."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.workroom.process.models import Document, Process
from tenderwell.workroom.tendering import rules
from tenderwell.workroom.tendering.changeable import Part, part_choices, parts_of
from tenderwell.workroom.tendering.commands.telling import Differences, close_later, difference, publish
from tenderwell.workroom.tendering.events import PeriodExtended, TenderAmended
from tenderwell.workroom.tendering.models import Amendment


class Change(BaseModel):
    model_config = ConfigDict(title=_("Change"))
    part: Annotated[str, ChoicesFrom(part_choices)] = Field(title="What changes", max_length=80)
    text: Text = Field(title="What it says from now on", min_length=1, max_length=5000)


class AmendTender(BaseModel):
    reason: Text = Field(title="Why the tender changes", description="Published", min_length=10, max_length=4000)
    changes: list[Change] = Field(
        [],
        title="Changes",
        description="Documents that you added since the publication are published with it",
        max_length=50,
    )
    closes_at: datetime | None = Field(
        None,
        title="New closing time",
        description="Empty: it stays, or moves as far as the law asks after a late change",
    )


class ExtendPeriod(BaseModel):
    reason: Text = Field(title="Why bids close later", description="Published", min_length=10, max_length=2000)
    closes_at: datetime = Field(title="New closing time")


@command(on=Process, input=AmendTender)
def amend_tender(act: Act, process: Process, data: AmendTender) -> Amendment:
    """Change the tender"""
    period, parts = process.periods_held()["tenderPeriod"], parts_of(process)
    refuse_any(
        rules.later_than(period.end, data.closes_at) if data.closes_at else None,
        *(flaw for place, change in enumerate(data.changes) for flaw in flaws(change, place, parts)),
    )
    changed = [change for change in data.changes if parts[change.part].differs(change.text)]
    files = list(process.documents.filter(part="tender", published_at=None).order_by("number", "version"))
    end = max(rules.end_after_late_change(act.now, period, act.jurisdiction), data.closes_at or period.end)
    nothing = "Nothing would change. Change a text, add a document, or extend the period."
    refuse_any(None if changed or files else Reason("nothing_changed", nothing, field="changes"))
    told = [*(write(change, parts) for change in changed), *(publish_file(each, act.now) for each in files)]
    return publish(act, process, told + close_later(act, process, period, end), reason=data.reason, kind=TenderAmended)


def flaws(change: Change, place: int, parts: dict[str, Part]) -> Iterator[Reason | None]:
    """Every reason against one change."""
    part, field = parts.get(change.part), f"changes.{place}.text"
    if part is None:
        text = "There is no such part of the tender. Choose one of the list."
        yield Reason("no_such_part", text, field=f"changes.{place}.part")
        return
    yield part.flaw(change.text, field=field)
    yield rules.text_flaw(change.text, field=field)


def write(change: Change, parts: dict[str, Part]) -> dict[str, str]:
    """Write the change down; what it was and what it is."""
    part = parts[change.part]
    before = part.text
    part.write(change.text)
    return difference(part.label, before, part.text)


def publish_file(document: Document, now: datetime) -> dict[str, str]:
    document.published_at = now
    document.save(update_fields=["published_at"])
    before = f"version {document.version - 1}" if document.version > 1 else ""
    return difference(f"document “{document.title}”", before, f"version {document.version}")


@command(on=Process, input=ExtendPeriod)
def extend_period(act: Act, process: Process, data: ExtendPeriod) -> Amendment:
    """Let bids close later"""
    period = process.periods_held()["tenderPeriod"]
    refuse_any(rules.later_than(period.end, data.closes_at))
    told: Differences = close_later(act, process, period, data.closes_at)
    return publish(act, process, told, reason=data.reason, kind=PeriodExtended)

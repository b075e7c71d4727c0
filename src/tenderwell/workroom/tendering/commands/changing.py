"""Change a published tender in the open: what it was, what it is, why; late changes extend the period."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import Text
from tenderwell.core.periods import Period
from tenderwell.workroom.process.models import Document, Process
from tenderwell.workroom.process.queries import current_documents
from tenderwell.workroom.tendering import notices, queries, rules
from tenderwell.workroom.tendering.events import PeriodExtended, TenderAmended
from tenderwell.workroom.tendering.models import Amendment

Changed = Literal[
    "",
    "problem",
    "users",
    "skills",
    "standards",
    "work_stage",
    "payment_approach",
    "incentives",
    "expected_length",
    "handover",
    "invoicing",
]


class AmendTender(BaseModel):
    reason: Text = Field(title="Why the tender changes", description="Published", min_length=10, max_length=4000)
    description: Text = Field("", title="New description", description="Empty: stays as it is", max_length=2000)
    field: Changed = Field("", title="Part of the requirements that changes")
    text: Text = Field("", title="Its new text", max_length=5000)
    closes_at: datetime | None = Field(None, title="New closing time", description="Empty: as the law says")


class ExtendPeriod(BaseModel):
    reason: Text = Field(title="Why bids close later", description="Published", min_length=10, max_length=2000)
    closes_at: datetime = Field(title="New closing time")


@command(on=Process, input=AmendTender)
def amend_tender(act: Act, process: Process, data: AmendTender) -> Amendment:
    """Change the tender"""
    period = process.periods_held()["tenderPeriod"]
    incomplete = bool(data.field) != bool(data.text.strip())
    text = "Choose the part that changes and write its new text."
    refuse_any(
        Reason("incomplete", text, field="text") if incomplete else None,
        rules.text_flaw(data.text, field="text") if data.text else None,
        rules.later_than(period.end, data.closes_at) if data.closes_at else None,
    )
    files = list(process.documents.filter(part="tender", published_at=None).order_by("number", "version"))
    differences = [*text_changes(process, data), *(file_change(each) for each in files)]
    end = max(rules.end_after_late_change(act.now, period, act.jurisdiction), data.closes_at or period.end)
    if end != period.end:
        differences.append(difference("closing time", f"{period.end:%Y-%m-%d %H:%M %Z}", f"{end:%Y-%m-%d %H:%M %Z}"))
    nothing = "Nothing would change. Change the text, add a document, or extend the period."
    refuse_any(None if differences else Reason("nothing_changed", nothing))
    apply(act, process, data, Period(period.start, end))
    return publish(act, process, data.reason, differences, kind=TenderAmended)


def text_changes(process: Process, data: AmendTender) -> list[dict[str, str]]:
    found = []
    if data.description and data.description != process.description:
        found.append(difference("description", process.description, data.description))
    brief = queries.brief_of(process)
    if data.field and brief:
        label = queries.FIELDS.get(data.field, data.field)
        found.append(difference(label, str(getattr(brief, data.field) or ""), data.text))
    return found


def file_change(document: Document) -> dict[str, str]:
    before = f"version {document.version - 1}" if document.version > 1 else ""
    return difference(f"document “{document.title}”", before, f"version {document.version}")


def difference(field: str, before: str, after: str) -> dict[str, str]:
    return {"field": field, **({"before": before} if before else {}), "after": after}


def apply(act: Act, process: Process, data: AmendTender, period: Period) -> None:
    """Write the change down."""
    if data.description:
        process.description = data.description
        process.save(update_fields=["description"])
    brief = queries.brief_of(process)
    if data.field and brief:
        setattr(brief, data.field, data.text)
        brief.save(update_fields=[data.field])
    process.documents.filter(part="tender", published_at=None).update(published_at=act.now)
    process.set_period("tenderPeriod", period)


def publish(
    act: Act, process: Process, reason: str, differences: list[dict[str, str]], *, kind: type[TenderAmended]
) -> Amendment:
    """The amendment and the tender as it stands now."""
    amendment = Amendment.objects.create(
        process=process,
        code=f"amendment-{process.amendments.count() + 1}",
        reason=reason,
        differences=differences,
        made_at=act.now,
    )
    parts: dict[str, Any] = notices.released(
        id=process.ocid,
        description=process.description or None,
        tenderPeriod=notices.period(process.periods_held()["tenderPeriod"]),
        amendments=[notices.amendment(amendment)],
        documents=notices.documents(current_documents(process, part="tender"), process),
        brief=notices.brief(process),
    )
    act.record(kind(parts=parts, reason=reason))
    return amendment


@command(on=Process, input=ExtendPeriod)
def extend_period(act: Act, process: Process, data: ExtendPeriod) -> Amendment:
    """Let bids close later"""
    period = process.periods_held()["tenderPeriod"]
    refuse_any(rules.later_than(period.end, data.closes_at))
    process.set_period("tenderPeriod", Period(period.start, data.closes_at))
    before, after = f"{period.end:%Y-%m-%d %H:%M %Z}", f"{data.closes_at:%Y-%m-%d %H:%M %Z}"
    return publish(act, process, data.reason, [difference("closing time", before, after)], kind=PeriodExtended)

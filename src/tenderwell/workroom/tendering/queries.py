"""What rules, forms and later stages ask about a tender."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core import procedure
from tenderwell.core.command import Moment, provides
from tenderwell.core.errors import Reason
from tenderwell.public import ocds
from tenderwell.public.ocds import plain
from tenderwell.public.portal.sentences import entry
from tenderwell.workroom.engagement.queries import notice_of
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering import rules
from tenderwell.workroom.tendering.models import Brief, Enquiry, Item

Choices = list[tuple[str, str]]
FIELDS = {
    "problem": _("the problem"),
    "users": _("who will use it and what they must do"),
    "skills": _("skills and experience needed"),
    "standards": _("technical or quality standards"),
    "work_stage": _("how far the work is"),
    "latest_start": _("the latest start"),
    "budget": _("the largest budget"),
    "payment_approach": _("how it is paid"),
    "incentives": _("incentives"),
    "expected_length": _("the expected length"),
    "questions": _("how to ask questions"),
}


def brief_of(process: Process) -> Brief | None:
    return Brief.objects.filter(process=process).first()


def lot_ids(process: Process) -> list[str]:
    """The ids of the lots; empty when the tender is not divided."""
    return list(process.lots.order_by("pk").values_list("code", flat=True))


def lot_choices(process: Process, actor: object) -> Choices:
    return [(lot.code, entry(lot.code, text=lot.title)) for lot in process.lots.order_by("pk")]


def item_choices(process: Process, actor: object) -> Choices:
    return [(item.code, entry(item.code, text=item.description[:80])) for item in process.items.order_by("pk")]


def requirement_choices(process: Process, actor: object) -> Choices:
    return [(each.code, entry(each.code, text=each.title)) for each in process.requirements.order_by("pk")]


def names_of(organisation: str) -> list[str]:
    """What would give an organisation away: its name and its registered number."""
    return [part for row in Organisation.objects.filter(identifier=organisation) for part in (row.name, row.identifier)]


def open_questions(process: Process, actor: object) -> Choices:
    waiting = process.enquiries.filter(answered_at=None).order_by("asked_at")
    return [(each.code, entry(each.code, text=each.text[:80])) for each in waiting]


def unanswered(process: Process) -> int:
    return Enquiry.objects.filter(process=process, answered_at=None).count()


def frozen_criteria(process: Process) -> list[dict[str, Any]]:
    """The trees by which bids are ranked, as frozen at publication; see tendering.criteria."""
    held = getattr(process, "criteria", None)
    return held.trees if held else []


def ocds_items(process: Process) -> list[dict[str, Any]]:
    """The items as they are published."""
    return [item_part(item) for item in process.items.order_by("pk")]


def item_part(item: Item) -> dict[str, Any]:
    found = plain(
        ocds.Item(
            id=item.code,
            description=item.description,
            classification=ocds.Classification(
                scheme=item.scheme or None,
                id=item.classification,
                description=item.classification_text or None,
            )
            if item.classification
            else None,
            quantity=item.quantity,
            unit=ocds.Unit(name=item.unit) if item.unit else None,
            related_lot=item.lot or None,
        )
    )
    assert isinstance(found, dict)
    return dict(found)


def earliest_close(process: Process, *, now: datetime) -> tuple[datetime, str]:
    """The earliest closing for a tender published `now`, and the law that says so."""
    law = procedure.get(process.procedure_key)
    return rules.earliest_close(now, process.jurisdiction, procedure=law.id, method=law.ocds_method)


def warnings(process: Process, *, now: datetime) -> list[Reason]:
    """What to look at again before publishing; nobody is stopped."""
    dates = getattr(process, "dates", None)
    estimate = process.value_amount or Decimal(0)
    proportions = rules.proportion_warnings(
        estimate=estimate,
        lots=list(process.lots.values_list("amount", flat=True)),
        questions=dates.questions_until - now if dates and not process.jurisdiction.is_practice else None,
        linked=process.requirements.exclude(outcome="").count(),
        requirements=process.requirements.count(),
    )
    return [*rules.warnings(written_texts(process), estimate=estimate), *proportions]


def written_texts(process: Process) -> dict[str, str]:
    """Everything that was written for bidders, by where it stands."""
    brief = brief_of(process)
    found = {name: str(getattr(brief, name) or "") for name in FIELDS} if brief else {}
    for requirement in process.requirements.order_by("pk"):
        found[requirement.code] = f"{requirement.title}. {requirement.text}"
    for lot in process.lots.order_by("pk"):
        found[lot.code] = f"{lot.title}. {lot.description}"
    return found


@provides(rules.MISSING_FIELDS)
def missing_fields(moment: Moment) -> tuple[str, ...]:
    brief = brief_of(moment.subject)
    return tuple(label for name, label in FIELDS.items() if brief is None or getattr(brief, name) in (None, ""))


@provides(rules.HAS_WHAT)
def has_what(moment: Moment) -> bool:
    return bool(moment.subject.items.exists() or moment.subject.lots.exists())


@provides(rules.HAS_CRITERIA)
def has_criteria(moment: Moment) -> bool:
    return bool(frozen_criteria(moment.subject))


@provides(rules.DATE_FLAW)
def date_flaw(moment: Moment) -> Reason | None:
    process = moment.subject
    dates = getattr(process, "dates", None)
    if dates is None:
        return rules.DATE_FLAW.default
    law = procedure.get(process.procedure_key)
    return rules.date_flaw(
        moment.now,
        dates.closes_at,
        dates.questions_until,
        moment.jurisdiction,
        procedure=law.id,
        method=law.ocds_method,
    )


@provides(rules.UNANSWERED)
def waiting_questions(moment: Moment) -> int:
    return unanswered(moment.subject)


@provides(rules.ENGAGED)
def engaged(moment: Moment) -> bool:
    notice = notice_of(moment.subject)
    return notice is not None and notice.closed_at is not None


@provides(rules.ENGAGEMENT_ABOVE)
def engagement_above(moment: Moment) -> Any:
    law = moment.jurisdiction.engagement_above
    return (law.value, law.source) if law else None

"""What of a published tender can be changed, by name; criteria cannot, they are frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from tenderwell.core.errors import Reason
from tenderwell.core.money import NotAnAmount, amount_of
from tenderwell.public.portal.sentences import entry
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering.criteria import plain as plain_number
from tenderwell.workroom.tendering.models import Item, Lot, Requirement
from tenderwell.workroom.tendering.queries import FIELDS, brief_of

MAY_SAY = {
    "engagement_results": _("what the early notice changed"),
    "working_arrangements": _("where and how people work"),
    "handover": _("handover from the present supplier"),
    "security_clearance": _("security checks"),
    "invoicing": _("how to send invoices, and when they are paid"),
}
NAMES = {
    "title": _("title"),
    "description": _("description"),
    "text": _("text"),
    "reason": _("reason"),
    "amount": _("amount"),
    "sustainability": _("environmental and social conditions"),
    "quantity": _("quantity"),
    "unit": _("unit"),
}


@dataclass(frozen=True)
class Part:
    """One thing that can be changed. of: the code of its lot, item or requirement; attribute: where `row` keeps it."""

    key: str
    name: str
    row: models.Model
    attribute: str
    of: str = ""

    @property
    def label(self) -> str:
        """As it is published."""
        return f"{self.of}: {self.name}" if self.of else self.name

    @property
    def shown(self) -> str:
        """As the reader of a page calls it."""
        return entry(self.of, text=gettext(self.name)) if self.of else gettext(self.name)

    @property
    def text(self) -> str:
        """What it says now."""
        value = getattr(self.row, self.attribute)
        return plain_number(value) if isinstance(value, Decimal) else "" if value is None else str(value)

    def read(self, text: str) -> str | date | Decimal:
        """The new value; raises ValueError when a date or number is not written as one."""
        kind = self.row._meta.get_field(self.attribute)
        if isinstance(kind, models.DateField):
            return date.fromisoformat(text.strip())
        return amount_of(text.strip()) if isinstance(kind, models.DecimalField) else text.strip()

    def flaw(self, text: str, *, field: str) -> Reason | None:
        """Why the text cannot be the new value; None when it can."""
        longest = self.row._meta.get_field(self.attribute).max_length  # type: ignore[union-attr]
        if longest and len(text.strip()) > longest:
            return Reason("too_long", "Write at most {most} signs.", field=field, values={"most": str(longest)})
        try:
            value = self.read(text)
        except (NotAnAmount, ValueError):
            hint = "Write a date like 2026-07-01 or a number like 1250.50, as the text it replaces: {text}."
            return Reason("not_readable", hint, field=field, values={"text": self.text})
        if self.attribute == "quantity" and isinstance(value, Decimal) and value <= 0:
            return Reason("no_quantity", "Of an item at least some is bought: write more than 0.", field=field)
        return None

    def differs(self, text: str) -> bool:
        """Whether the text says something else than now."""
        return bool(self.read(text) != getattr(self.row, self.attribute))

    def write(self, text: str) -> None:
        setattr(self.row, self.attribute, self.read(text))
        self.row.save(update_fields=[self.attribute])


def parts_of(process: Process) -> dict[str, Part]:
    """Everything that can be changed, by key."""
    return {part.key: part for part in found_in(process)}


def found_in(process: Process) -> Iterator[Part]:
    for name in ("title", "description"):
        yield Part(name, NAMES[name], process, name)
    if brief := brief_of(process):
        for name, label in (FIELDS | MAY_SAY).items():
            yield Part(name, label, brief, name)
    for requirement in process.requirements.order_by("pk"):
        yield from parts_in(requirement, ("title", "text", "reason"))
    for lot in process.lots.order_by("pk"):
        yield from parts_in(lot, ("title", "description", "amount", "sustainability"))
    for item in process.items.order_by("pk"):
        yield from parts_in(item, ("description", "quantity", "unit"))


def parts_in(row: Requirement | Lot | Item, names: tuple[str, ...]) -> Iterator[Part]:
    for name in names:
        yield Part(f"{row.code}.{name}", NAMES[name], row, name, row.code)


def part_choices(process: Process, actor: object) -> list[tuple[str, str]]:
    """For the form: what can be changed, with what it says now."""
    return [(part.key, f"{part.shown}: {part.text[:60]}") for part in parts_of(process).values()]

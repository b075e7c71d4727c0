"""The failures of the service that let bids close later, as the record tells them."""

from datetime import datetime

from django.utils.translation import gettext as _

from tenderwell.public.portal.reading import Node, instant, nodes, words
from tenderwell.ui import parts
from tenderwell.ui.templatetags.ui import moment


def outages(compiled: Node) -> parts.Table:
    """One row a silence: from when to when, its heartbeats' entries, and what the closing time became."""
    rows = [row(extension, outage) for extension in nodes(compiled, "tender", "outageExtensions")
            for outage in nodes(extension, "outages")]  # fmt: skip
    columns = map(parts.Column, (_("Last sign of life"), _("Next sign of life"), _("Entries in the ledger"),
                                 _("Bids closed before"), _("Bids close now")))  # fmt: skip
    return parts.Table(_("Outages of the service"), list(columns), rows)


def row(extension: Node, outage: Node) -> tuple[object, ...]:
    entries = [words(outage, name) for name in ("indexBefore", "indexAfter")]
    return (
        shown(instant(outage, "period", "startDate")),
        shown(instant(outage, "period", "endDate")),
        ", ".join(filter(None, entries)),
        shown(instant(extension, "previousEnd")),
        shown(instant(extension, "newEnd")),
    )


def shown(when: datetime | None) -> object:
    return moment(when) if when else ""

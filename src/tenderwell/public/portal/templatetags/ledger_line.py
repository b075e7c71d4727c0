"""The line below a page of many processes: which state of the ledger stands behind it."""

from typing import Any

from django import template

from tenderwell.ledger import publishing

register = template.Library()


@register.inclusion_tag("portal/ledger_line.html")
def ledger_line() -> dict[str, Any]:
    """Entries and time of the last published checkpoint; nothing when there is none. One query."""
    row = publishing.latest()
    return {"size": row.size, "when": publishing.stated_time(row.latest)} if row else {}

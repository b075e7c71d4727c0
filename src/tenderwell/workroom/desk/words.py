"""States, roles and periods in words, for the people who work here."""

from tenderwell.public.portal.names import period_name, role_name, role_names, state_name
from tenderwell.ui import parts

__all__ = ["period_name", "role_name", "role_names", "state_tag"]

COLOURS = {
    "tendering": "green",
    "closed": "yellow",
    "technical": "yellow",
    "prices": "yellow",
    "evaluation": "yellow",
    "evaluated": "yellow",
    "standstill": "yellow",
    "awarded": "blue",
    "delivery": "blue",
    "complete": "turquoise",
    "unsuccessful": "orange",
    "cancelled": "red",
}


def state_tag(state: str) -> parts.Tag:
    """The state of a process as a coloured word; an unknown one as it is."""
    return parts.Tag(state_name(state), COLOURS.get(state, "grey"))

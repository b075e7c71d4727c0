"""What a person's desk shows: the processes they work on, the organisations they act for, the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tenderwell.core.command import Actor, commands
from tenderwell.core.models import ActRecord
from tenderwell.public.record import reading
from tenderwell.ui import parts
from tenderwell.workroom.bidding.queries import BID_EVENTS, are_bids_opened
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.queries import state_at


@dataclass(frozen=True)
class Row:
    """A process in a list, with the state in force now and the person's roles."""

    process: Process
    state: str
    roles: tuple[str, ...]


def my_processes(actor: Actor, *, now: datetime) -> list[Row]:
    """Every process on whose team the person is now, newest first; two queries whatever their number."""
    found = Process.objects.filter(team__person_id=actor.id, team__until=None).select_related("buyer").distinct()
    roles: dict[Any, list[str]] = {}
    for process_id, role in found.values_list("pk", "team__role"):
        roles.setdefault(process_id, []).append(role)
    ordered = found.order_by("-begun_at")
    return [Row(each, state_at(each, now), tuple(sorted(roles[each.pk]))) for each in ordered]


def compiled_record(ocid: str) -> Mapping[str, Any]:
    """The public record of a process; empty before its first release."""
    found = reading.record_of(ocid)
    return found.compiled if found else {}


def happenings(ocid: str, *, limit: int) -> list[parts.Happening]:
    """The latest acts as the page's history; only the command's name, never what is still blind."""
    rows = journal_of(ocid).values_list("at", "command")[:limit]
    return [parts.Happening(at, _(commands[command].title) if command in commands else command) for at, command in rows]


def journal_of(ocid: str) -> QuerySet[ActRecord]:
    """Every act on the process, newest first; those on sealed bids only once the bids are opened."""
    rows = ActRecord.objects.filter(subject=ocid).order_by("-at", "-pk")
    return rows if are_bids_opened(ocid) else rows.exclude(event__in=BID_EVENTS)

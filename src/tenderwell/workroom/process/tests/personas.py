"""The people of the tests, and a process that they begin."""

from datetime import datetime
from typing import Any

from tenderwell.core.command import perform
from tenderwell.workroom.parties.tests.personas import (
    AUDIT,
    BOB_ROOFS,
    CITY,
    CLEO_WORKS,
    COURT,
    NOW,
    WATCH,
    Personas,
    actor,
    email,
    member,
    person,
    personas,
    public_body,
    supplier,
)
from tenderwell.workroom.process.commands import AssignRole, BeginProcess, begin_process
from tenderwell.workroom.process.commands import assign_role as assign_role_command
from tenderwell.workroom.process.models import Process

__all__ = [
    "AUDIT",
    "BOB_ROOFS",
    "CITY",
    "CLEO_WORKS",
    "COURT",
    "NOW",
    "WATCH",
    "Personas",
    "actor",
    "assign",
    "begun",
    "email",
    "member",
    "person",
    "personas",
    "public_body",
    "supplier",
]


def begun(now: datetime = NOW, **given: Any) -> Process:
    """A process that Ada has just begun, with nobody else on the team."""
    data = BeginProcess(**{"title": "Roofs of twelve schools", "category": "works", "estimate": "500000", **given})
    process: Process = perform(begin_process, personas(now).ada, CITY, data, now=now)
    return process


def assign(process: Process, name: str, role: Any, *, now: datetime = NOW) -> None:
    """Ada gives somebody a role."""
    perform(assign_role_command, personas().ada, process.ocid, AssignRole(email=email(name), role=role), now=now)

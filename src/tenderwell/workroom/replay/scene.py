"""One process in the making: who acts, and when."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel

from tenderwell.core.command import Actor, perform
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.replay.cast import Cast
from tenderwell.workroom.replay.source import Source

PREPARED = timedelta(hours=1)
SECOND = timedelta(seconds=1)
UNSAID = "The source does not say."
REASON = "Decided as the source of this replay says."


@dataclass
class Play:
    """lots: the source's id of a lot -> its id here."""

    source: Source
    cast: Cast
    jurisdiction: str
    buyer: str = ""
    process: Process | None = None
    lots: dict[str, str] = field(default_factory=dict)

    @property
    def ocid(self) -> str:
        assert self.process
        return self.process.ocid

    def actor(self, name: str) -> Actor:
        return self.cast.staff(name, self.buyer)

    def do(self, command: Any, who: str | Actor, data: BaseModel, now: datetime) -> Any:
        """Perform a command on the process, as somebody of the staff or as a given actor."""
        actor = self.actor(who) if isinstance(who, str) else who
        return perform(command, actor, self.ocid, data, now=now)

    @property
    def subject(self) -> Process:
        """The process as it was when its plan was published: enough to ask what belongs to it."""
        assert self.process
        return self.process

    def fresh(self) -> Process:
        return Process.objects.select_related("buyer").get(ocid=self.ocid)


def opening(play: Play) -> datetime:
    assert play.source.opens_at
    return play.source.opens_at


def closing(play: Play) -> datetime:
    assert play.source.closes_at
    return play.source.closes_at

"""A program of its own that writes acts until it is killed, and one that checks what is left: see test_kill.py.

python -m tests.stories.writing prepare | write | check      (TENDERWELL_DATA says where)
"""

import os
import sys
from threading import Thread


def begin() -> None:
    from tenderwell.cli import set_up_django

    set_up_django()


def prepare() -> None:
    """Tables, and two processes that take comments today; prints their ocids."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from tests.stories.test_many_writers import noticed

    now = timezone.now()
    print(noticed(now).ocid, noticed(now).ocid, flush=True)


def write() -> None:
    """Two threads write comments on one process each; a line is printed after each act that was acknowledged."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.stories.test_many_writers import noticed

    for process in [noticed(), noticed()]:
        Thread(target=comment_for_ever, args=[process.ocid]).start()


def comment_for_ever(ocid: str) -> None:
    from tenderwell.core.command import perform
    from tenderwell.workroom.engagement import commands as early
    from tenderwell.workroom.process.tests.personas import NOW, personas
    from tests.stories.life import DAY

    for count in range(190):  # what one notice takes a day
        text = early.MakeComment(text=f"Please ask for tiles, for the time {count}.")
        made = perform(early.comment, personas().finn, ocid, text, now=NOW + DAY)
        os.write(1, f"{ocid} {made.code} {count}\n".encode())  # in one piece: two threads write here


def check() -> None:
    """Ledger, journal, record and tables agree; prints every comment that is there."""
    from tenderwell.core.models import ActRecord
    from tenderwell.workroom.engagement.models import Comment
    from tests.stories.test_many_writers import assert_nothing_is_lost

    assert_nothing_is_lost()
    comments = list(Comment.objects.select_related("notice__process"))
    assert len(comments) == ActRecord.objects.filter(command="engagement.comment").count()
    for each in comments:
        print(f"{each.notice.process.ocid} {each.code}", flush=True)


if __name__ == "__main__":
    begin()
    {"prepare": prepare, "write": write, "check": check}[sys.argv[1]]()

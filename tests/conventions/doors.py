"""Every address of the workroom and the API that is no command's, with those who may read what is there, by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tenderwell.workroom.process.tests.personas import CITY
from tests.conventions.people import ROLES, World

EVERYBODY = frozenset(ROLES) - {"nobody"}
BIDDERS = frozenset({"quill", "cleo"})
ACCOUNTABLE = frozenset({"nora", "dora", "rita"})  # the opening committee, who judges, who decides complaints
TEAM = frozenset({"dora", "hugo", "olga"})
JUDGES = frozenset({"dora", "rita"})  # Hugo has an interest; Nora opened the bids and does not judge them
NOBODY: frozenset[str] = frozenset()
# Each shows or changes what is one's own.
PERSONAL = {"desk/": "GET", "desk/choose/": "POST", "desk/messages/": "GET", "desk/messages/read/": "POST"}


@dataclass(frozen=True)
class Door:
    """One address. path: from what the world knows; readers: who is let in."""

    path: Callable[[World], str]
    scene: str
    readers: frozenset[str]
    method: str = "GET"
    body: bytes = b""


def desk(scene: str, tail: str, readers: frozenset[str], *, method: str = "GET", body: bytes = b"") -> Door:
    def path(world: World) -> str:
        known = {"receipt": world.receipt, "refusal": world.refusal, "part": world.part}
        return f"/en/desk/{world.ocid(scene)}/{tail.format(**known)}"

    return Door(path, scene, readers, method, body)


def programs(scene: str, tail: str, readers: frozenset[str], *, method: str = "GET", body: bytes = b"") -> Door:
    def path(world: World) -> str:
        known = {"receipt": world.receipt, "part": world.part}
        return f"/api/v1/processes/{world.ocid(scene)}/{tail.format(**known)}"

    return Door(path, scene, readers, method, body)


def doors() -> Iterator[Door]:
    yield from (*desk_doors(), *bid_doors(), *opened_doors(), *program_doors())


def desk_doors() -> Iterator[Door]:
    """The process's own pages, before anything of it is published and after."""
    for tail in ("", "steps/4.1.2/", "planning/overview/", "tendering/preview/"):
        yield desk("draft", tail, TEAM)
    yield desk("draft", "journal/", NOBODY)
    yield desk("draft", "follow/", NOBODY)
    yield desk("draft", "follow/", NOBODY, method="POST")
    yield desk("tender", "", EVERYBODY)
    yield desk("tender", "steps/4.2.1/", EVERYBODY)
    yield desk("tender", "follow/", EVERYBODY)
    yield desk("tender", "planning/overview/", TEAM | {"nora"})
    yield desk("tender", "tendering/preview/", TEAM | {"nora"})
    for scene in ("tender", "judged", "running"):
        yield desk(scene, "journal/", NOBODY)  # the lead, the approver, the contract manager and the auditor
    yield Door(lambda world: f"/en/desk/organisations/{CITY}/", "tender", frozenset({"rex", *TEAM}))


def bid_doors() -> Iterator[Door]:
    """What a bidder has before the opening is its own; a draft has nothing for bidders."""
    for scene, readers in (("draft", NOBODY), ("tender", BIDDERS)):
        yield desk(scene, "bidding/", readers)
        yield desk(scene, "bidding/seal/", readers)
        yield desk(scene, "bidding/parts/{part}/", readers, method="PUT", body=b"")
        yield desk(scene, "bidding/hand_in/", readers, method="POST", body=b"{}")
        yield programs(scene, "bidding/parts/{part}", readers, method="PUT", body=b"")
        yield programs(scene, "bidding/hand_in", readers, method="POST", body=b"{}")
    for tail in ("receipts/{receipt}/", "receipts/{receipt}.tlog-proof", "receipts/{receipt}.json"):
        yield desk("tender", f"bidding/{tail}", frozenset({"quill"}))
    for tail in ("refusals/{refusal}/", "refusals/{refusal}.txt"):
        yield desk("closed", f"bidding/{tail}", frozenset({"quill"}))
    yield programs("tender", "bidding/receipts/{receipt}.tlog-proof", frozenset({"quill"}))


def opened_doors() -> Iterator[Door]:
    """The committee, the opened bids, those who judge them, and the letters."""
    both = BIDDERS | ACCOUNTABLE
    for draw in (desk, programs):
        yield draw("tender", "bidding/tender.json", both)
        yield draw("draft", "bidding/tender.json", NOBODY)
        yield draw("tender", "bidding/rehearsal.json", frozenset({"nora"}))
        yield draw("tender", "bidding/bids.json", NOBODY)
        yield draw("closed", "bidding/bids.json", frozenset({"nora"}))
        yield draw("closed", "bidding/closing.tlog-proof", both)
        yield draw("closed", "bidding/handover.json", NOBODY)  # no member has handed over to a deputy
    yield desk("draft", "bidding/committee/", frozenset({"dora"}))
    yield desk("tender", "bidding/committee/", ACCOUNTABLE)
    yield desk("tender", "bidding/opening/", NOBODY)
    yield desk("judged", "bidding/opening/", both | {"olga"})
    yield desk("judged", "bidding/bids/bid-1/files/0/", ACCOUNTABLE)
    for tail in ("bids/", "bids/bid-1/files/0/", "comparison/", "comparison.csv"):
        yield desk("judged", f"evaluation/{tail}", JUDGES)
        yield desk("closed", f"evaluation/{tail}", NOBODY)
    yield desk("chosen", "awarding/letters/", frozenset({"rita", "cleo"}))
    for tail in ("", "letter.pdf"):
        yield desk("chosen", f"awarding/letters/bid-1/{tail}", frozenset({"rita"}))
        yield desk("chosen", f"awarding/letters/bid-2/{tail}", frozenset({"rita", "cleo"}))


def program_doors() -> Iterator[Door]:
    yield programs("draft", "steps", TEAM)
    yield programs("tender", "steps", frozenset(ROLES) - {"lea"})  # her token has ended
    yield programs("draft", "bidding/challenge?recipient=age1", NOBODY)
    yield programs("tender", "bidding/challenge?recipient=age1", frozenset({"nora"}))
    has_token = EVERYBODY - {"zoe", "lea"}
    yield Door(lambda world: "/api/v1/files", "tender", has_token, method="POST", body=b"text")

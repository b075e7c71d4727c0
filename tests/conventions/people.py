"""A world with processes at every stage, and everybody who has no business in some of them: for test_wrong_people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from tenderwell.core.command import Actor, perform
from tenderwell.workroom.bidding import commands as bidding
from tenderwell.workroom.bidding import queries, reception, sealer
from tenderwell.workroom.evaluation.commands import SubmitScores, submit_scores
from tenderwell.workroom.evaluation.tests.journey import rows_for, shortlisted
from tenderwell.workroom.parties.commands import EndMembership, IssueToken, end_membership, issue_token
from tenderwell.workroom.parties.models import Organisation, Person
from tenderwell.workroom.process.commands import DeclareInterest, EndRole, declare_interest, end_role
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import (
    CITY,
    NOW,
    actor,
    assign,
    email,
    member,
    person,
    personas,
    public_body,
    supplier,
)
from tenderwell.workroom.tendering.commands.questions import AskQuestion, ask_question
from tests.stories.scenes import DAY, Scene, scenes

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OTHER_CITY, QUILL_ROOFS = "XA-GOV-9", "XA-REG-1009"
TEAM = ("dora", "hugo", "olga")  # on every team of the city, each with one role
# What each person is in a process of the city. Written down by hand: the program is not asked.
ROLES: dict[str, frozenset[str]] = {
    "nobody": frozenset(),
    "zoe": frozenset({"person"}),  # has an account and acts for nobody
    "hal": frozenset({"person"}),  # leads the processes of another buyer
    "lea": frozenset({"person"}),  # led this one, and has left the city
    "rex": frozenset({"person"}),  # approved here; the role has ended
    "quill": frozenset({"person", "tenderer"}),  # has bid, and asked a question, in secret
    "cleo": frozenset({"person", "tenderer"}),  # a rival
    "dora": frozenset({"person", "evaluator"}),
    "hugo": frozenset({"person", "specialist"}),  # has declared an interest
    "olga": frozenset({"person", "observer"}),
    "nora": frozenset({"person", "committee"}),
    "rita": frozenset({"person", "reviewer"}),
}
OUTSIDERS = ("nobody", "zoe", "hal", "lea", "rex", "quill", "cleo", "rita")  # a draft does not exist for them
UNSTAFFED = ("draft", "noticed", "direct", "planned_in_two")  # without an opening committee
INTEREST = "My aunt owns the quarry that the slates come from."
DRAFT_TITLE = "A lighthouse on the northern mole"
SCORING = "The method of this bid convinces only its author."
MEMBER = "Hugo Quatermain"


@dataclass(frozen=True)
class Secret:
    """What only these may read. Everybody else must not find it in any answer."""

    text: str
    knowers: frozenset[str]


@dataclass
class World:
    scenes: dict[str, Scene]
    tokens: dict[str, str]
    receipt: str  # commitment of Quill's bid in "tender"
    refusal: str  # commitment of Quill's late bid in "closed"
    part: str  # SHA-256 of a part that Quill has sent
    secrets: tuple[Secret, ...]

    def ocid(self, scene: str) -> str:
        return self.scenes[scene].process.ocid

    def roles(self, name: str, scene: str) -> frozenset[str]:
        return ROLES[name] - ({"committee"} if scene in UNSTAFFED else set())

    def header(self, name: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[name]}"} if name in self.tokens else {}

    def told_too_much(self, name: str, body: str) -> list[str]:
        return [secret.text for secret in self.secrets if secret.text in body and name not in secret.knowers]


@contextmanager
def clock(now: datetime) -> Iterator[None]:
    with patch("django.utils.timezone.now", lambda: now):
        yield


def world() -> World:
    """Every scene, everybody in it, and what some of them keep from the others."""
    found = scenes()
    person("zoe")
    public_body(OTHER_CITY, "City of Far Haven", "buyer", "hal", NOW, code="FH")
    member(OTHER_CITY, "hal", "hal", ["admin", "procurer"], NOW)
    supplier(QUILL_ROOFS, "Quill Slate Roofs", "quill", NOW)
    for name in ("hugo", "olga", "lea", "rex"):
        member(CITY, "ada", name, ["procurer", "member"] if name == "lea" else ["member"], NOW)
    Person.objects.filter(email=email("hugo")).update(name=MEMBER)
    Process.objects.filter(pk=found["draft"].process.pk).update(title=DRAFT_TITLE)
    for scene in found.values():
        staffed(scene)
    asked = AskQuestion(text="May slates be used?")
    tender, closed, judged = (found[name] for name in ("tender", "closed", "judged"))
    perform(ask_question, actor("quill"), tender.process.ocid, asked, now=NOW + DAY)
    alone(judged)
    tokens = {name: token(name) for name in ROLES if name not in ("nobody", "zoe")}
    perform(end_membership, personas().ada, CITY, EndMembership(email=email("lea")), now=NOW)
    return World(found, tokens, receipt=bid(tender), refusal=late_bid(closed), part="0" * 64, secrets=tuple(secrets()))


def staffed(scene: Scene) -> None:
    """The same people stand in every process; two of them have gone again."""
    ocid, now = scene.process.ocid, scene.now
    for name, role in (("hugo", "specialist"), ("olga", "observer"), ("lea", "lead"), ("rex", "approver")):
        assign(scene.process, name, role, now=now)
        has_interest = name == "hugo"
        data = DeclareInterest(has_interest=has_interest, interest=INTEREST if has_interest else "")
        perform(declare_interest, actor(name), ocid, data, now=now)
    perform(end_role, personas().ada, ocid, EndRole(email=email("rex"), role="approver"), now=now)


def alone(scene: Scene) -> None:
    """Dora has scored; Dan has not, so nobody else may see hers."""
    shortlisted(scene.process, now=scene.now)
    rows = [row.model_copy(update={"reason": SCORING}) for row in rows_for(scene.process, "", {})]
    perform(submit_scores, actor("dora"), scene.process.ocid, SubmitScores(scores=rows), now=scene.now)


def token(name: str) -> str:
    acts = actor(name)
    secret: str = perform(issue_token, acts, acts.organisation, IssueToken(label="Program"), now=NOW).secret
    return secret


def sealed(scene: Scene, who: Actor) -> Any:
    bidder = Organisation.objects.get(identifier=who.organisation)
    response = sealer.offer(bidder, currency="USD", amounts={"": Decimal("777.00")})
    return sealer.uploaded(sealer.seal_for(scene.process, response))


def bid(scene: Scene) -> str:
    quill = actor("quill")
    perform(bidding.submit_bid, quill, scene.process.ocid, sealed(scene, quill), now=scene.now)
    found = queries.my_bid(scene.process, bidder=QUILL_ROOFS)
    assert found
    return found.commitment


def late_bid(scene: Scene) -> str:
    quill = actor("quill")
    late = reception.taken_or_refused(
        bidding.submit_bid, quill, scene.process.ocid, sealed(scene, quill), now=scene.now
    )
    return str(late.commitment)


def secrets() -> Iterator[Secret]:
    inside = frozenset({"dora", "hugo", "olga", "nora"})
    yield Secret(DRAFT_TITLE, inside - {"nora"})
    yield Secret(INTEREST, frozenset())
    yield Secret(SCORING, frozenset({"dora"}))
    yield Secret("Quill Slate Roofs", frozenset({"quill"}))
    yield Secret(QUILL_ROOFS, frozenset({"quill"}))
    yield Secret(email("quill"), frozenset({"quill"}))
    yield Secret(MEMBER, inside | {"rita", "rex"})  # Rex is a colleague and sees the city's members

"""Pages of bidders and of the opening committee, and the files they take home."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from pydantic import ValidationError

from tenderwell.core.command import Actor, Command, Moment, perform, refusals
from tenderwell.core.errors import Reason, Refused
from tenderwell.core.forms import message_of, told
from tenderwell.core.web import actor_of, command_page, prefills
from tenderwell.ledger.sealing.canonical import NotCanonical, decode
from tenderwell.ui import parts
from tenderwell.workroom.bidding import commands, deputies, pages, possession, queries, reception
from tenderwell.workroom.bidding.downloads import ACCOUNTABLE, bidder_page, own_bid, own_refusal, process_for
from tenderwell.workroom.bidding.inputs import LARGEST_PAYLOAD, ReleaseShares
from tenderwell.workroom.bidding.models import LateBid, SealedBid
from tenderwell.workroom.bidding.receipts import receipt_of
from tenderwell.workroom.process.models import Process


def home(request: HttpRequest, ocid: str) -> HttpResponse:
    """A tenderer's way to a bid: what to do, in order, and what was handed in."""
    process, actor, now = bidder_page(request, ocid), actor_of(request), timezone.now()
    may = refusals(commands.submit_bid, actor, process, now=now)
    announced = queries.announced_bid(process, bidder=actor.organisation)
    shown = {
        "process": process,
        "now": now,
        "end": process.periods_held().get("tenderPeriod"),
        "tasks": pages.bidder_tasks(process, bidder=actor.organisation, is_open=not may),
        "why_not": [parts.Reason(told(reason), reason.source) for reason in may],
        "bids": pages.bid_rows(process, bidder=actor.organisation),
        "late": queries.my_late_bids(process, bidder=actor.organisation),
        "current": queries.my_bid(process, bidder=actor.organisation),
        "missing": pages.missing_names(process, bidder=actor.organisation),
        "announced": announced,
        "announced_name": pages.envelope_name(announced.stage) if announced else "",
        "section": "desk",
    }
    return render(request, "bidding/home.html", shown)


def submit(request: HttpRequest, ocid: str) -> HttpResponse:
    return hand_in_page(request, ocid, commands.submit_bid)


def declare(request: HttpRequest, ocid: str) -> HttpResponse:
    return hand_in_page(request, ocid, commands.declare_bid)


def deliver(request: HttpRequest, ocid: str) -> HttpResponse:
    return hand_in_page(request, ocid, commands.deliver_payload)


def withdraw(request: HttpRequest, ocid: str) -> HttpResponse:
    """Take a bid back; the page says what that means."""
    return command_page(request, commands.withdraw_bid, ocid, template="bidding/withdraw.html", way=reception.take_back)


def hand_in_page(request: HttpRequest, ocid: str, cmd: Command) -> HttpResponse:
    """Take the files; then the receipt, or, when the period was over, the signed refusal."""

    def done(result: SealedBid | LateBid) -> HttpResponse:
        kind = "bidding:refusal" if isinstance(result, LateBid) else "bidding:receipt"
        return redirect(kind, ocid, result.commitment)

    context = {"upload_limit": LARGEST_PAYLOAD, "home_ocid": ocid}
    return command_page(
        request, cmd, ocid, template="bidding/submit.html", context=context, done=done, way=reception.taken_or_refused
    )


def receipt(request: HttpRequest, ocid: str, commitment: str) -> HttpResponse:
    """What the bidder keeps: the facts, the words to compare, the proof to download."""
    bid = own_bid(request, ocid, commitment)
    shown = {"process": bid.process, "bid": bid, "receipt": receipt_of(bid), "facts": pages.receipt_facts(bid)}
    return render(request, "bidding/receipt.html", shown | {"section": "desk"})


def refusal(request: HttpRequest, ocid: str, commitment: str) -> HttpResponse:
    late = own_refusal(request, ocid, commitment)
    end = late.process.periods_held()["tenderPeriod"].end
    announced = queries.my_bids(late.process, bidder=actor_of(request).organisation).filter(commitment=commitment)
    shown = {"late": late, "process": late.process, "end": end, "announced": announced.first(), "section": "desk"}
    return render(request, "bidding/refusal.html", shown)


def register_key(request: HttpRequest, ocid: str) -> HttpResponse:
    """First the public key, then the challenge that only its holder can decrypt."""
    recipient = (request.POST.get("recipient") or request.GET.get("recipient") or "").strip()
    context: Mapping[str, Any] = {"recipient": recipient, "challenge": challenge_for(request, ocid, recipient)}
    return command_page(
        request, commands.register_member_key, ocid, template="bidding/register_key.html", context=context
    )


def challenge_for(request: HttpRequest, ocid: str, recipient: str) -> str:
    """The challenge in PEM-like armour; empty when there is no usable key yet."""
    actor = actor_of(request)
    try:
        raw = possession.challenge(ocid=ocid, person=actor.id, recipient=recipient, now=timezone.now())
    except ValueError:
        return ""
    return possession.armoured(raw)


def committee(request: HttpRequest, ocid: str) -> HttpResponse:
    """Who opens the bids, what each member has to do, and how far it is."""
    process = process_for(request, ocid, roles=ACCOUNTABLE)
    actor, now = actor_of(request), timezone.now()
    shown = {
        "process": process,
        "committees": pages.committees_shown(process),
        "places": queries.places_of(process, actor.id),
        "tasks": pages.member_tasks(process, actor, now=now),
        "may_hand_over": not refusals(deputies.hand_over_shares, actor, process, now=now),
        "held_for": queries.handed_to(process, actor.id),
        "closing": queries.closing_of(process),
        "opening": queries.opening_of(process),
        "section": "desk",
    }
    return render(request, "bidding/committee.html", shown)


@prefills("bidding.name_committee")
@prefills("bidding.replace_committee")
@prefills("bidding.name_price_committee")
@prefills("bidding.replace_price_committee")
def committee_start(moment: Moment) -> Mapping[str, Any]:
    """Everybody who proved a key, and the least number that the law allows for this value."""
    (k, _), _ = moment.jurisdiction.committee_for(moment.subject.value_amount)
    return {"k": k, "members": [str(key.pk) for key in queries.current_keys(moment.subject)]}


def rehearse(request: HttpRequest, ocid: str) -> HttpResponse:
    """Try the opening with the committee's test envelope."""
    return command_page(request, commands.rehearse_opening, ocid, template="bidding/rehearse.html")


def hand_over(request: HttpRequest, ocid: str) -> HttpResponse:
    """A member's shares for a deputy, encrypted on the member's device."""
    process = process_for(request, ocid, roles=frozenset({"committee"}))
    context = {"deputies": queries.deputy_keys(process)}
    return command_page(request, deputies.hand_over_shares, ocid, template="bidding/hand_over.html", context=context)


def release(request: HttpRequest, ocid: str) -> HttpResponse:
    """Send the file of shares that the member's own program made."""
    process = process_for(request, ocid, roles=frozenset({"committee"}))
    actor, now = actor_of(request), timezone.now()
    form = pages.SharesForm(request.POST, request.FILES) if request.method == "POST" else pages.SharesForm()
    problems = release_problems(process, actor, form, now=now)
    if request.method == "POST" and not problems and form.is_valid():
        return redirect("bidding:committee", ocid)
    title = pages.release_title(process)
    shown = {"process": process, "form": form, "why_not": problems, "title": title, "section": "desk"}
    return render(request, "bidding/release.html", shown, status=422 if request.method == "POST" else 200)


def release_problems(process: Process, actor: Actor, form: pages.SharesForm, *, now: datetime) -> list[parts.Reason]:
    """Release what the file holds; every reason against it. Before a file is sent: why it cannot be done now."""
    cmd = pages.release_command(process)
    if not form.is_bound:
        return reasons_shown(refusals(cmd, actor, process, now=now))
    if not form.is_valid():
        return []
    try:
        perform(cmd, actor, process.ocid, shares_in(form.cleaned_data["shares"].read()), now=now)
    except Refused as refused:
        return reasons_shown(refused.reasons)
    except ValidationError as error:
        return [parts.Reason(message_of(each), "") for each in error.errors()]
    return []


def reasons_shown(reasons: Iterable[Reason]) -> list[parts.Reason]:
    return [parts.Reason(told(each), each.source) for each in reasons]


def shares_in(raw: bytes) -> ReleaseShares:
    """What a member's file gives for each bid. Raises Refused, or ValidationError as for what a program sends."""
    text = "This is no file of shares. Send the file that “tenderwell open-share” wrote."
    try:
        rows = decode(raw, form=list[dict[str, Any]], limit=pages.SHARES_LIMIT)
    except NotCanonical as error:
        raise Refused(Reason("no_shares", text, field="shares")) from error
    return ReleaseShares.model_validate({"shares": rows})


def opening(request: HttpRequest, ocid: str) -> HttpResponse:
    """The opening record as the process's people see it; the public site shows the same from the record."""
    process = process_for(request, ocid, roles=ACCOUNTABLE | {"tenderer", "procurer", "budget_holder", "observer"})
    found = queries.opening_of(process)
    if found is None:
        raise Http404(ocid)
    shown = {
        "process": process,
        "opening": found,
        "bids": pages.opened_table(process),
        "leaves": pages.leaf_table(found.record),
        "section": "desk",
    }
    return render(request, "bidding/opening.html", shown)

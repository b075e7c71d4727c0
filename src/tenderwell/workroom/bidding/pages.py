"""What the pages of bidders and committee members show, as the components of `ui` take it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenderwell.core.command import Actor, Command, refusals, timestamp
from tenderwell.ledger.sealing.committee import Committee, words_of
from tenderwell.ui import parts
from tenderwell.ui.fields import UploadField
from tenderwell.ui.formats import file_size, moment, money
from tenderwell.workroom.bidding import commands, queries, receipts
from tenderwell.workroom.bidding.models import CommitteeRecord, ReleasedShare, SealedBid
from tenderwell.workroom.process.models import Process

SHARES_LIMIT = 20_000_000


class SharesForm(forms.Form):
    """The file that `tenderwell open-share` wrote."""

    shares = UploadField(
        types=(".json",),
        max_bytes=SHARES_LIMIT,
        label=gettext_lazy("Your file of shares"),
        help_text=gettext_lazy("Written by “tenderwell open-share”; it holds your share of each bid and nothing else"),
    )


def at(process: Process, when: datetime) -> object:
    """An instant as the process's own place writes it."""
    return moment(when, zone=ZoneInfo(process.jurisdiction.calendar.zone))


def bidder_tasks(process: Process, *, bidder: str, is_open: bool) -> list[parts.Task]:
    """From reading the tender to keeping the receipt; a bid that was only announced is not handed in yet."""
    current, announced = (ask(process, bidder=bidder) for ask in (queries.my_bid, queries.announced_bid))
    is_sent = current is not None and announced is None
    begin, keep = "done" if current else "todo", "done" if is_sent else "waiting"
    fill = "done" if is_sent else "todo" if is_open else "waiting"
    receipt = reverse("bidding:receipt", args=(process.ocid, current.commitment)) if current else ""
    seal = reverse("bidding:seal", args=(process.ocid,)) if is_open else ""
    notice = reverse("portal:process", args=(process.ocid,))
    asked = _("Requirements, criteria and conditions are in the notice")
    inside = _("Declarations, prices, answers, files and partners, task by task; kept as you go")
    return [
        parts.Task(_("Read what is asked"), begin, notice, asked),
        parts.Task(_("Fill in and seal your bid"), fill, seal, inside),
        parts.Task(_("Keep your receipt"), keep, receipt, _("It proves that your bid is in the ledger")),
    ]


def envelope_name(stage: str) -> str:
    texts = {"technical": _("technical envelope"), "price": _("price envelope")}
    return texts.get(stage, _("bid"))


def missing_names(process: Process, *, bidder: str) -> list[str]:
    """The envelopes that the bidder's bid still lacks."""
    return [envelope_name(stage) for stage in queries.missing_envelopes(process, bidder=bidder)]


def bid_rows(process: Process, *, bidder: str) -> parts.Table:
    """The bids this organisation handed in. What they say is not here: nobody can read them yet."""
    rows = [
        (numbered(bid), at(process, bid.received_at), bid.get_state_display(), *size_and_receipt(bid))
        for bid in queries.my_bids(process, bidder=bidder)
    ]
    others = map(parts.Column, (_("Received"), _("State"), _("Size"), _("Receipt")))
    columns = [parts.Column(_("Bid"), is_number=True), *others]
    return parts.Table(_("Your bids"), columns, rows, empty=_("You have handed in no bid yet."))


def size_and_receipt(bid: SealedBid) -> tuple[object, object]:
    return file_size(bid.payload_size), receipt_link(bid)


def numbered(bid: SealedBid) -> object:
    return bid.seq if bid.stage == "bid" else f"{envelope_name(bid.stage)} {bid.seq}"


def receipt_link(bid: SealedBid) -> str:
    url = reverse("bidding:receipt", args=(bid.process.ocid, bid.commitment))
    text = _("Receipt of bid {number}").format(number=bid.seq)
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, text)


def receipt_facts(bid: SealedBid) -> list[parts.Fact]:
    found = receipts.receipt_of(bid)
    return [
        parts.Fact(_("Received"), at(bid.process, bid.received_at), timestamp(bid.received_at)),
        parts.Fact(_("State"), bid.get_state_display()),
        parts.Fact(_("Number of the bid"), bid.commitment, _("SHA-256 of header.json")),
        parts.Fact(_("In eight words"), format_html('<bdi lang="en">{}</bdi>', " ".join(words_of(bid.commitment)))),
        parts.Fact(_("Replaces"), bid.replaces or _("No earlier bid")),
        parts.Fact(_("Size"), file_size(bid.payload_size), _("Padded, so that it does not tell how much you wrote")),
        parts.Fact(_("Entry in the ledger"), found.index),
    ]


@dataclass(frozen=True)
class CommitteeShown:
    """One committee as its page shows it. title: what it opens."""

    title: str
    committee: Committee
    members: parts.Table


def committees_shown(process: Process) -> list[CommitteeShown]:
    """The committee, and that for the prices where it is another."""
    found = queries.current_committees(process)
    titles = [_("The opening committee"), _("The committee for the prices")]
    return [
        CommitteeShown(title, named.committee, member_table(named, title=title))
        for title, named in zip(titles, found, strict=False)
    ]


def member_table(named: CommitteeRecord, *, title: str) -> parts.Table:
    """Who holds keys, by office, who has rehearsed and who has released shares of what this committee opens."""
    released = ReleasedShare.objects.filter(bid__process=named.process)
    ready, is_price = set(queries.rehearsed(named)), {"price": _("Price shares")}
    columns = [parts.Column(text) for text in (_("Member"), _("Organisation"), _("Comes from"), _("Rehearsed"))]
    done: list[set[str]] = []
    for stage in queries.opens(named):
        columns.append(parts.Column(is_price.get(stage, _("Shares"))))
        done.append(set(released.filter(bid__stage=stage).values_list("member", flat=True)))
    rows = [
        (each.id, each.name, each.role, _("Yes") if each.id in ready else _("Not yet"),
         *(_("Released") if each.id in out else _("Not yet") for out in done))
        for each in named.committee.members
    ]  # fmt: skip
    return parts.Table(title, columns, rows)


def is_price_turn(process: Process) -> bool:
    """Whether the first envelopes are open and those with the prices are next."""
    return queries.envelope_to_open(process) != queries.envelopes_of(process)[0]


def release_command(process: Process) -> Command:
    """What a member performs now: the first opening, or that of the price envelopes."""
    return commands.release_price_shares if is_price_turn(process) else commands.release_shares


def release_title(process: Process) -> str:
    return _("Release your shares of the price envelopes") if is_price_turn(process) else _("Release your shares")


def member_tasks(process: Process, actor: Actor, *, now: datetime) -> list[parts.Task]:
    """What a member of the committee does, in order; empty for others."""
    if "committee" not in process.roles_of(actor):
        return []
    ocid, closing = process.ocid, queries.closing_of(process)
    has_key = process.member_keys.filter(person_id=actor.id, replaced_at=None).exists()
    back = reverse("bidding:committee", args=(ocid,))
    announce = reverse("desk:command", args=(ocid, "bidding", "announce_closing")) + f"?next={back}"
    may_announce = not refusals(commands.announce_closing, actor, process, now=now)
    may_rehearse = not refusals(commands.rehearse_opening, actor, process, now=now)
    return [
        parts.Task(
            _("Make a key and register it"),
            "done" if has_key else "todo",
            reverse("bidding:register-key", args=(ocid,)),
        ),
        parts.Task(
            _("Rehearse the opening with a test envelope"),
            "done" if queries.has_rehearsed(process, actor.id) else ("todo" if may_rehearse else "waiting"),
            reverse("bidding:rehearse", args=(ocid,)) if may_rehearse else "",
            rehearsal_hint(process, actor),
        ),
        parts.Task(
            _("Announce the end of the tender period"),
            "done" if closing else ("todo" if may_announce else "waiting"),
            announce if may_announce else "",
        ),
        *(
            task
            for stage in queries.envelopes_of(process)
            if is_his_turn(process, actor, stage)
            for task in opening_tasks(process, actor, stage, now=now)
        ),
    ]


def rehearsal_hint(process: Process, actor: Actor) -> str:
    """Committees that were named before there were test envelopes have none."""
    if not queries.places_of(process, actor.id) or queries.to_rehearse(process, actor.id):
        return ""
    return _(
        "There is no test envelope: the committee was named before there were any. Your key opens bids all the same."
    )


def is_his_turn(process: Process, actor: Actor, stage: str) -> bool:
    """Whether the member opens this stage: on its committee, or on none yet."""
    is_here = queries.member_of(process, actor.id, stage=stage) is not None
    return is_here or not queries.places_of(process, actor.id)


def opening_tasks(process: Process, actor: Actor, stage: str, *, now: datetime) -> list[parts.Task]:
    """Downloading the bids of one envelope, and releasing the shares of them."""
    is_turn = queries.envelope_to_open(process) == stage and queries.closing_of(process) is not None
    is_done = has_released(process, actor, stage=stage) or process.openings.filter(stage=stage).exists()
    may = is_turn and not refusals(release_command(process), actor, process, now=now)
    status = "done" if is_done else ("todo" if may else "waiting")
    is_price = stage != queries.envelopes_of(process)[0]
    download = _("Download the price envelopes to open") if is_price else _("Download the bids to open")
    bids, release = (reverse(f"bidding:{page}", args=(process.ocid,)) for page in ("bids", "release"))
    return [
        parts.Task(download, status, bids if is_turn else ""),
        parts.Task(
            _("Release your shares of the price envelopes") if is_price else _("Release your shares"),
            status,
            release if may else "",
        ),
    ]


def has_released(process: Process, actor: Actor, *, stage: str) -> bool:
    member = queries.member_of(process, actor.id, stage=stage)
    held = ReleasedShare.objects.filter(bid__process=process, bid__stage=stage)
    return member is not None and held.filter(member=member.code).exists()


def opened_table(process: Process) -> parts.Table:
    rows = [
        (
            bid.code,
            bid.bidder.name,
            at(process, bid.received_at),
            money(bid.amount, currency=bid.currency) if bid.amount is not None else "",
            bid.get_status_display(),
            bid.verdict_text,
        )
        for bid in queries.opened_bids(process)
    ]
    plain = map(parts.Column, (_("Bid"), _("Bidder"), _("Received")))
    amount = parts.Column(_("Amount without tax"), is_number=True)
    columns = [*plain, amount, *map(parts.Column, (_("State"), _("Why")))]
    return parts.Table(_("Opened bids"), columns, rows, empty=_("No bid was opened."))


def leaf_table(record: dict[str, Any]) -> parts.Table:
    """Every entry of the ledger that concerned a bid of this tender."""
    rows = [
        (entry["id"], entry["index"], entry["verdict"], entry["preimage"]["received"], entry["commitment"][:16])
        for entry in record.get("bids", [])
    ]
    columns = [
        parts.Column(_("Entry")),
        parts.Column(_("Place in the ledger"), is_number=True),
        *map(parts.Column, (_("What became of it"), _("When"), _("Number of the bid"))),
    ]
    return parts.Table(_("Every entry that concerned a bid"), columns, rows, empty=_("There was none."))

"""What the pages of bidders and committee members show, as the components of `ui` take it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenderwell.core.command import Actor, refusals, timestamp
from tenderwell.ledger.sealing.committee import words_of
from tenderwell.ui import parts
from tenderwell.ui.fields import UploadField
from tenderwell.ui.formats import file_size, moment, money
from tenderwell.workroom.bidding import commands, queries, receipts
from tenderwell.workroom.bidding.models import ReleasedShare, SealedBid
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
    """From reading the tender to keeping the receipt."""
    current = queries.my_bid(process, bidder=bidder)
    begin, fill = ("done", "done") if current else ("todo", "todo" if is_open else "waiting")
    keep = "done" if current else "waiting"
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


def bid_rows(process: Process, *, bidder: str) -> parts.Table:
    """The bids this organisation handed in. What they say is not here: nobody can read them yet."""
    rows = [
        (bid.seq, at(process, bid.received_at), bid.get_state_display(), file_size(bid.payload_size), receipt_link(bid))
        for bid in queries.my_bids(process, bidder=bidder)
    ]
    others = map(parts.Column, (_("Received"), _("State"), _("Size"), _("Receipt")))
    columns = [parts.Column(_("Bid"), is_number=True), *others]
    return parts.Table(_("Your bids"), columns, rows, empty=_("You have handed in no bid yet."))


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
        parts.Fact(_("In eight words"), " ".join(words_of(bid.commitment))),
        parts.Fact(_("Replaces"), bid.replaces or _("No earlier bid")),
        parts.Fact(_("Size"), file_size(bid.payload_size), _("Padded, so that it does not tell how much you wrote")),
        parts.Fact(_("Entry in the ledger"), found.index),
    ]


def member_table(process: Process) -> parts.Table:
    """Who holds keys, by office, and who has released shares."""
    named = queries.current_committee(process)
    released = set(
        ReleasedShare.objects.filter(bid__process=process).values_list("member", flat=True).distinct()
    )
    rows = [
        (member.id, member.name, member.role, _("Released") if member.id in released else _("Not yet"))
        for member in (named.committee.members if named else ())
    ]
    columns = [parts.Column(text) for text in (_("Member"), _("Organisation"), _("Comes from"), _("Shares"))]
    return parts.Table(_("The opening committee"), columns, rows, empty=_("No committee has been named yet."))


def member_tasks(process: Process, actor: Actor, *, now: datetime) -> list[parts.Task]:
    """What a member of the committee does, in order; empty for others."""
    if "committee" not in process.roles_of(actor):
        return []
    ocid = process.ocid
    closing, opened = queries.closing_of(process), queries.opening_of(process)
    has_key = process.member_keys.filter(person_id=actor.id, replaced_at=None).exists()
    released = has_released(process, actor)
    back = reverse("bidding:committee", args=(ocid,))
    announce = reverse("desk:command", args=(ocid, "bidding", "announce_closing")) + f"?next={back}"
    key_task = "done" if has_key else "todo"
    may_announce = not refusals(commands.announce_closing, actor, process, now=now)
    files = "todo" if closing and not opened else "waiting"
    done = "done" if released or opened else ""
    return [
        parts.Task(_("Make a key and register it"), key_task, reverse("bidding:register-key", args=(ocid,))),
        parts.Task(
            _("Announce the end of the tender period"),
            "done" if closing else ("todo" if may_announce else "waiting"),
            announce if may_announce else "",
        ),
        parts.Task(
            _("Download the bids to open"), done or files, reverse("bidding:bids", args=(ocid,)) if closing else ""
        ),
        parts.Task(
            _("Release your shares"), done or files, reverse("bidding:release", args=(ocid,)) if files == "todo" else ""
        ),
    ]


def has_released(process: Process, actor: Actor) -> bool:
    member = queries.member_of(process, actor.id)
    held = ReleasedShare.objects.filter(bid__process=process)
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

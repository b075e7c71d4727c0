"""The public opening record: who released keys when, which bids were opened, and why the others stayed shut."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tenderwell.public.portal.reading import Node, instant, money, names, node, nodes, words
from tenderwell.public.portal.sentences import translated
from tenderwell.ui import parts
from tenderwell.ui.templatetags.ui import moment
from tenderwell.ui.templatetags.ui import money as amount

PARTS = ("committee", "priceCommittee")
OPENED = ("bids.opened", "prices.opened")  # the acts whose releases publish the record


@dataclass(frozen=True)
class Opening:
    """What the page shows of an opening record."""

    when: datetime | None
    k: str
    n: str
    prices: str
    counts: list[parts.Fact]
    released: list[parts.Table]
    bids: parts.Table
    shut: parts.Table
    entries: parts.Table


def opening_of(compiled: Node) -> Opening | None:
    """None when no opening was published."""
    record = node(compiled, "tender", "openingRecord")
    if not record:
        return None
    return Opening(
        when=instant(record, "date"),
        k=words(compiled, "tender", "committee", "k"),
        n=words(compiled, "tender", "committee", "n"),
        prices=who_opens_prices(compiled),
        counts=counts(record),
        released=[released(part, record, compiled=compiled) for part in PARTS if node(compiled, "tender", part)],
        bids=bids(compiled, record),
        shut=shut(compiled, record),
        entries=entries(record, ocid=words(compiled, "ocid")),
    )


def counts(record: Node) -> list[parts.Fact]:
    texts = {
        "received": _("Came in time"),
        "opened": _("Opened"),
        "replaced": _("Replaced by their bidders"),
        "withdrawn": _("Withdrawn by their bidders"),
        "late": _("Came too late"),
    }
    return [parts.Fact(text, words(record, name)) for name, text in texts.items() if words(record, name)]


def who_opens_prices(compiled: Node) -> str:
    """A sentence where the prices have a committee of their own."""
    named = node(compiled, "tender", "priceCommittee")
    if not named:
        return ""
    text = _("The prices have a committee of their own: any {k} of its {n} members open them, and nobody else can.")
    return text.format(k=words(named, "k"), n=words(named, "n"))


def released(part: str, record: Node, *, compiled: Node) -> parts.Table:
    """Each member of a committee with the time of each release; who released nothing is named too."""
    rows: list[tuple[object, ...]] = []
    titles = {"committee": _("Who opened"), "priceCommittee": _("Who opened the prices")}
    for member in nodes(compiled, "tender", part, "members"):
        mine = [each for each in nodes(record, "releases") if words(each, "member") == words(member, "id")]
        who = (code(member), words(member, "name"), role(member))
        rows += [(*who, moment(instant(each, "date")), release_text(each)) for each in mine]
        rows += [] if mine else [(*who, "–", _("Released nothing"))]
    columns = (_("Member"), _("Organisation"), _("Comes from"), _("When"), _("What"))
    return parts.Table(titles[part], [parts.Column(each) for each in columns], rows)


def code(value: Node) -> str:
    """Its short name in the record, never broken in two."""
    return format_html('<bdi class="ref">{}</bdi>', words(value, "id"))


def role(member: Node) -> str:
    texts = {"buyer": _("the buyer"), "outside the buyer": _("outside the buyer")}
    return texts.get(words(member, "role"), words(member, "role"))


def release_text(release: Node) -> str:
    count = words(release, "bids")
    if words(release, "stage") == "price":
        return _("Shares of price envelopes: {count}").format(count=count)
    if words(release, "stage"):
        return _("Shares of technical envelopes: {count}").format(count=count)
    return _("Shares of bids: {count}").format(count=count)


def bids(compiled: Node, record: Node) -> parts.Table:
    """What was opened, in the order of arrival, with what it says and what is wrong with it."""
    found = {words(each, "id"): each for each in nodes(record, "bids")}
    rows = [
        (
            code(bid),
            names(bid, "tenderers"),
            moment(instant(found.get(words(bid, "id")), "preimage", "received")),
            amount(price) if (price := money(bid, "value")) else _("Not open"),
            state_of(bid),
        )
        for bid in nodes(compiled, "bids", "details")
    ]
    columns = [parts.Column(each) for each in (_("Bid"), _("Tenderer"), _("Came"))]
    columns += [parts.Column(_("Price without tax"), is_number=True), parts.Column(_("State"))]
    return parts.Table(_("Opened bids"), columns, rows, empty=_("No bid was opened."))


def state_of(bid: Node) -> str:
    if words(bid, "status") != "disqualified":
        return _("Can be read")
    return _("Out: {reason}").format(reason=translated(words(bid, "statusReason")))


def shut(compiled: Node, record: Node) -> parts.Table:
    """What stayed shut, or was opened and rejected, and why."""
    bidders = {words(each, "id"): words(each, "name") for each in nodes(compiled, "parties")}
    rows = [
        (
            words(each, "id"),
            bidders.get(words(each, "preimage", "bidder")) or words(each, "preimage", "bidder"),
            moment(instant(each, "preimage", "received")),
            why(each),
        )
        for each in nodes(record, "bids")
        if words(each, "verdict") not in ("valid", "payload delivered", "withdrawal")
    ]
    columns = [parts.Column(each) for each in (_("Bid"), _("Tenderer"), _("Came"), _("Why"))]
    return parts.Table(_("What was not opened, or was rejected"), columns, rows)


def why(entry: Node) -> str:
    """The verdict in a sentence; of a rejected bid what was found."""
    texts = {
        "replaced": _("Its bidder sent a later one. It stays shut for ever."),
        "withdrawn": _("Its bidder took it back. It stays shut for ever."),
        "late": _("It came after the end of the period. Nothing of it was kept; the bidder has a signed refusal."),
        "void": _("The committee was replaced before the end, so it had to be sealed again. It stays shut."),
        "lapsed": _("It was not complete at the end of the period. It stays shut."),
        "shut": _("Its bid did not pass the technical judgement. Its price stays shut for ever."),
        "not opened yet": _("A price envelope: it is opened later, if its bid passes."),
    }
    verdict = words(entry, "verdict")
    return texts.get(verdict) or _("Rejected: {reason}").format(reason=words(entry, "reason") or verdict)


def entries(record: Node, *, ocid: str) -> parts.Table:
    """Every entry of the ledger that concerned a bid, with what the bidder's receipt shows as well."""
    rows = list(entry_rows(record, ocid))
    columns = [parts.Column(_("Entry")), parts.Column(_("Place in the ledger"), is_number=True)]
    columns += [parts.Column(each) for each in (_("What it hid"), _("When"), _("Number of the bid"))]
    return parts.Table(_("Every entry that concerned a bid"), columns, rows)


def proof_link(ocid: str, index: str) -> object:
    """The place in the ledger, leading to its proof."""
    if not ocid or not index.isdigit():
        return index
    url = reverse("portal:proof", args=(ocid, int(index)))
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, index)


def entry_rows(record: Node, ocid: str) -> Iterator[tuple[object, ...]]:
    acts = {
        "bid.received": _("A bid came"),
        "bid.delivered": _("The rest of an announced bid came"),
        "bid.withdrawn": _("A bid was withdrawn"),
        "bid.refused": _("A late bid was refused"),
    }
    for each in nodes(record, "bids"):
        act = words(each, "preimage", "act")
        when = moment(instant(each, "preimage", "received"))
        index = proof_link(ocid, words(each, "index"))
        yield words(each, "id"), index, acts.get(act, act), when, words(each, "commitment")[:16]

"""The sealing client on members' and bidders' pages: its script, its settings, its place; it needs JavaScript."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tenderwell.ui.sealing_texts import translated
from tenderwell.workroom.bidding.client_files import url_and_integrity
from tenderwell.workroom.bidding.models import SealedBid

register = template.Library()
SAME = ("bids", "rehearsal", "handover")  # called as their pages are
DATA = {"tender": "tender-file", "closing": "closing-proof"} | {name: name for name in SAME}


@register.simple_tag
def member_client(task: str, ocid: str) -> SafeString:
    """task: "key" to make and prove a key, "rehearse" with the test envelope, "release" to take the shares out,
    "handover" to encrypt them to a deputy.
    """
    script = url_and_integrity("sealing/member.js")
    if not script:
        return SafeString("")
    urls = {name: reverse(f"bidding:{page}", args=(ocid,)) for name, page in DATA.items()}
    urls["policy"] = reverse("ledger:policy")
    config: dict[str, Any] = {
        "task": task,
        "ocid": ocid,
        "suite": "pq",
        "urls": urls,
        "worker": url_and_integrity("sealing/keyworker.js"),
        "texts": translated(),
    }
    return placed("sealing", config, script)


@register.simple_tag
def own_bid(bid: SealedBid) -> SafeString:
    """What the bidder's own browser kept of this bid; nothing of it is on the server."""
    script = url_and_integrity("sealing/ownbid.js")
    if not script:
        return SafeString("")
    bidder = {"id": bid.bidder.identifier, "name": bid.bidder.name}
    config = {"bidder": bidder, "commitment": bid.commitment, "language": get_language(), "texts": translated()}
    return placed("own-bid", config, script)


def placed(name: str, config: dict[str, Any], script: dict[str, str]) -> SafeString:
    """An empty place, its settings and its script."""
    return format_html(
        '<div id="{}"></div>{}<script defer src="{}" integrity="{}"></script>',
        name,
        json_script(config, "sealing-config"),
        script["url"],
        script["integrity"],
    )

"""The page that shows anybody how to check the ledger, and checks a receipt in the browser."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from tenderwell.ledger import identity, publishing, releases, store
from tenderwell.ui.integrity import url_and_integrity

SCRIPT = "js/check.js"
TEXTS = {
    "receipt": _("The receipt, a file that ends in .tlog-proof"),
    "receiptHint": _("From the page of a process, or the one that a bidder got. It stays on this device."),
    "policy": _("The policy, if you have one of your own"),
    "policyHint": _("It says whose signatures count. Without it the policy of this site is believed."),
    "header": _("The file header.json of a sealed bid, if the receipt is for one"),
    "headerHint": _("To see whether the receipt is for exactly this bid."),
    "good": _("Right:"),
    "bad": _("Wrong:"),
    "told": _("To know:"),
    "well": _("The receipt holds"),
    "ill": _("The receipt does not hold. Keep it: it is the evidence."),
    "there": _("It stands at place {index} of the ledger {origin}, which had {size} entries."),
    "notThere": _("What the receipt says does not stand in the ledger at this place: one of the two was changed."),
    "signed": _("The ledger’s own key has signed it."),
    "unsigned": _("It is not signed by a key of the policy."),
    "seen": _("The witness {name} saw it on {time}."),
    "nobody": _("The policy asks for no witness: only the ledger’s own signature stands for it."),
    "few": _("Too few witnesses have signed it."),
    "yours": _("It is the receipt of exactly this sealed bid."),
    "notYours": _("It is the receipt of another bid."),
    "still": _("The ledger of this site, with {size} entries now, still has it at this place."),
    "gone": _("The ledger of this site no longer has it at this place: its history was rewritten."),
    "noLog": _("The ledger of this site cannot be read now, so it was not compared."),
    "same": _("What this site publishes of it today is what was logged."),
    "other": _("What this site publishes of it today is not what was logged."),
    "strangeUrl": _("It names an address that this page does not follow."),
    "ownPolicy": _("The policy came from this site itself: compare it with somebody you trust."),
    "unreadable": _("The file cannot be checked: {reason}."),
    "oldBrowser": _("This browser does not know the signatures of the ledger. Use a newer one, or verify.py below."),
    "program": _("This browser got what was logged."),
    "otherProgram": _("This browser got something else than what was logged. Do not seal a bid with it."),
}  # fmt: skip


@dataclass(frozen=True)
class Program:
    """A file with which bidders seal, as it was logged. url: where this site serves it."""

    name: str
    sha256: str
    url: str


@require_safe
def check_page(request: HttpRequest) -> HttpResponse:
    """How to check, and a place to do it."""
    head, logged = publishing.latest(), releases.logged(releases.CLIENT)
    urls = {name: reverse(f"ledger:{name}") for name in ("checkpoint", "policy")}
    shown: dict[str, Any] = {
        "section": "check",
        "size": head.size if head else 0,
        "signed": publishing.stated_time(head.latest) if head else None,
        "witnesses": list(dict.fromkeys(party.verifier.name for party in identity.witnesses())),
        "script": url_and_integrity(SCRIPT),
        "config": {
            "texts": {name: gettext(text) for name, text in TEXTS.items()},
            "urls": {**urls, "log": urls["policy"].removesuffix("policy")},
        },
        "client": logged,
        "programs": programs(logged) if logged else [],
    }
    return render(request, "portal/check.html", shown)


def programs(logged: releases.Release) -> list[Program]:
    return [Program(name, digest, static(f"sealing/{name}")) for name, digest in logged.files.items()]


@require_safe
def client_proof(request: HttpRequest) -> HttpResponse:
    """The proof that the hashes of the sealing client stand in the ledger."""
    logged = releases.logged(releases.CLIENT)
    if logged is None:
        raise Http404
    response = HttpResponse(store.proof(logged.index), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sealing-client.tlog-proof"'
    return response

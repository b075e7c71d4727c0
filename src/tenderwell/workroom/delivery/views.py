"""Pages of the contract on which what is signed or decided can be read in full first."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from tenderwell.core.command import Command
from tenderwell.core.web import actor_of, command_page
from tenderwell.public.portal.sentences import entry
from tenderwell.ui import formats, parts
from tenderwell.ui.templatetags.ui import moment, money
from tenderwell.workroom.delivery import rules
from tenderwell.workroom.delivery.commands import changing, contracting
from tenderwell.workroom.delivery.models import Change, Contract
from tenderwell.workroom.delivery.queries import approved_changes, drafts, standing
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.queries import may_try

Cards = Callable[[Process], Sequence[parts.Card]]


def read_first(request: HttpRequest, ocid: str, cmd: Command, cards: Cards) -> HttpResponse:
    """The command's page below the cards, which only those see whom it is for."""
    process = get_object_or_404(Process, ocid=ocid)
    may = may_try(cmd, actor_of(request), process, now=timezone.now())
    context = {"read": cards(process) if may else ()}
    return command_page(request, cmd, ocid, template="core/read_first.html", context=context)


def sign_for_buyer(request: HttpRequest, ocid: str) -> HttpResponse:
    return read_first(request, ocid, contracting.sign_for_buyer, contract_cards)


def sign_for_supplier(request: HttpRequest, ocid: str) -> HttpResponse:
    return read_first(request, ocid, contracting.sign_for_supplier, contract_cards)


def propose_change(request: HttpRequest, ocid: str) -> HttpResponse:
    return read_first(request, ocid, changing.propose_change, room_cards)


def approve_change(request: HttpRequest, ocid: str) -> HttpResponse:
    return read_first(request, ocid, changing.approve_change, change_cards)


def reject_change(request: HttpRequest, ocid: str) -> HttpResponse:
    return read_first(request, ocid, changing.reject_change, change_cards)


def contract_cards(process: Process) -> list[parts.Card]:
    """The drafts that can be signed."""
    found = drafts(process).select_related("award").prefetch_related("award__suppliers")
    return [contract_card(each) for each in found.order_by("code")]


def contract_card(contract: Contract) -> parts.Card:
    rows = (
        (_("Value"), money(contract.amount, contract.currency)),
        (_("Supplier"), ", ".join(each.name for each in contract.award.suppliers.all())),
        (_("Begins"), moment(contract.starts_at) if contract.starts_at else ""),
        (_("Ends"), moment(contract.ends_at) if contract.ends_at else ""),
    )
    return parts.Card(entry(contract.code, text=contract.title), facts=facts(rows))


def facts(rows: Sequence[tuple[str, object]]) -> list[parts.Fact]:
    return [parts.Fact(key, value) for key, value in rows if value]


def room_cards(process: Process) -> list[parts.Card]:
    """Each contract with how far it has been changed, and how far it may be."""
    limit = process.jurisdiction.change_limit(process.category).value
    return [
        parts.Card(entry(each.code, text=each.title), facts=room(each, limit))
        for each in standing(process).prefetch_related("changes").order_by("code")
    ]


def room(contract: Contract, limit: Decimal, *, more: Decimal = Decimal(0)) -> list[parts.Fact]:
    """more: the amount of a change that waits."""
    share = rules.change_share(contract.at_signing, [*approved_changes(contract), more])
    rows = (
        (_("Value at signing"), money(contract.at_signing, contract.currency)),
        (_("All changes with this one") if more else _("Changes so far"), formats.percent(share)),
        (_("At most"), formats.percent(limit) if limit < 1 else ""),
    )
    return facts(rows)


def change_cards(process: Process) -> list[parts.Card]:
    """The changes that wait for a decision."""
    waiting = Change.objects.filter(contract__process=process, approved_at=None, rejected_at=None)
    found = waiting.select_related("contract").prefetch_related("contract__changes")
    limit = process.jurisdiction.change_limit(process.category).value
    return [change_card(each, limit) for each in found.order_by("contract__code", "code")]


def change_card(change: Change, limit: Decimal) -> parts.Card:
    contract = change.contract
    rows = (
        (_("Why"), change.reason),
        (_("What it means for the people who use it"), change.user_impact),
        (_("Change of the value"), money(change.amount_change, contract.currency) if change.amount_change else ""),
        (_("New end of the contract"), moment(change.new_end) if change.new_end else ""),
    )
    shown = [*facts(rows), *room(contract, limit, more=change.amount_change)]
    return parts.Card(entry(contract.code, change.code, text=change.description), facts=shown)

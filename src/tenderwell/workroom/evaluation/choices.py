"""What the forms of the evaluation offer: bids by their code, so that names do not weigh; lots; criteria."""

from django.utils.translation import gettext as _

from tenderwell.workroom.bidding.queries import valid_bids
from tenderwell.workroom.evaluation import queries
from tenderwell.workroom.evaluation.frozen import schemes_of
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering.queries import lot_choices

Options = list[tuple[str, str]]


def bid_name(code: str) -> str:
    """bid-2 as people say it: Bid 2."""
    return _("Bid {number}").format(number=code.rpartition("-")[2])


def bids(process: Process, actor: object) -> Options:
    return [(bid.code, bid_name(bid.code)) for bid in valid_bids(process)]


def lots(process: Process, actor: object) -> Options:
    """Lots with something to score, when the tender is divided."""
    titles = dict(lot_choices(process, actor))
    return [(lot, titles[lot]) for lot in queries.lots_to_score(process) if lot]


def criteria(process: Process, actor: object) -> Options:
    """Every criterion that people score."""
    titles: dict[str, list[str]] = {}
    for scheme in schemes_of(process).values():
        for each in scheme.quality:
            titles.setdefault(each.id, []).append(each.title)
    return [(key, " / ".join(dict.fromkeys(found))) for key, found in titles.items()]


def requirements(process: Process, actor: object) -> Options:
    return list(queries.minimum_requirements(process).items())


def met(process: Process, actor: object) -> Options:
    return [("2", _("2: met")), ("1", _("1: partly met")), ("0", _("0: not met"))]

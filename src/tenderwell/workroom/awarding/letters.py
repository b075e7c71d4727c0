"""The letter to each bidder after a decision: its own result, the winner's by the same criteria, nobody else's.

Source: 2014/24/EU Art. 55(2); guidelines 4.3.3.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tenderwell.public.record.models import Release
from tenderwell.ui import formats, parts, pdf
from tenderwell.workroom.awarding.models import Award, Ending
from tenderwell.workroom.awarding.queries import Letter
from tenderwell.workroom.evaluation.frozen import schemes_of
from tenderwell.workroom.evaluation.queries import current_consensus, current_evaluation, current_shortlist
from tenderwell.workroom.process.models import Process

DECIDED = ("award.decided", "award.direct", "award.none")


@dataclass(frozen=True)
class Section:
    """A part of the letter, the same on the page and in the PDF."""

    title: str
    texts: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: parts.Table | None = None


def sections(process: Process, letter: Letter) -> list[Section]:
    """Everything the letter says, in order."""
    if not letter.awards:
        return [nobody(process), *left_out(process, letter)]
    judged = [part for award in letter.awards for part in judgement(process, letter, award)]
    last = () if letter.is_cancelled else (next_steps(process),)
    return [*cancelled(process, letter), decision(letter), *left_out(process, letter), *judged, *last]


def cancelled(process: Process, letter: Letter) -> Iterator[Section]:
    """That the decision does not hold any more, before everything else."""
    if not letter.is_cancelled:
        return
    ending = Ending.objects.filter(process=process).first()
    why = (_("The reasons: {reason}").format(reason=ending.reason),) if ending else ()
    text = _("The decision below was taken back. It gives nobody the contract any more.")
    yield Section(_("This decision was cancelled"), (text, *why))


def decision(letter: Letter) -> Section:
    """The result, and who gets the contract."""
    own = (
        _("Your organisation has been chosen.")
        if letter.has_won
        else _("We thank you for your bid. Your organisation has not been chosen.")
    )
    return Section(_("The decision"), (own, *(sentence(award) for award in letter.awards)))


def nobody(process: Process) -> Section:
    """That nobody gets the contract, and why."""
    ending = Ending.objects.get(process=process)
    thanks = _("We thank you for your bid. Nobody gets this contract.")
    return Section(_("The decision"), (thanks, _("The reasons: {reason}").format(reason=ending.reason)))


def sentence(award: Award) -> str:
    names = ", ".join(award.suppliers.order_by("identifier").values_list("name", flat=True))
    words = {"names": names, "lot": award.lot, "reason": award.rationale}
    if award.lot:
        return _("{lot} goes to {names}. The reasons: {reason}").format(**words)
    return _("The contract goes to {names}. The reasons: {reason}").format(**words)


def left_out(process: Process, letter: Letter) -> Iterator[Section]:
    """Why the bid did not take part in the ranking, if it did not."""
    found = current_shortlist(process)
    failed = [row for row in (found.rows if found else []) if row["bid"] == letter.bid.code and row["score"] == 0]
    if letter.bid.verdict_text:
        yield Section(_("Why your bid was not considered"), (letter.bid.verdict_text,))
    if failed:
        points = tuple(f"{row['title']}: {row['reason']}" for row in failed)
        yield Section(_("What your bid did not meet"), (_("These essential requirements were not met:"),), points)


def judgement(process: Process, letter: Letter, award: Award) -> Iterator[Section]:
    """One lot: both results by the same criteria, and the reasons."""
    own = result_of(process, award.lot, letter.bid.code)
    winner = result_of(process, award.lot, award.bid.code) if award.bid else None
    if own is None or winner is None or award.bid is None:
        return
    title = _("The result by criterion, {lot}").format(lot=award.lot) if award.lot else _("The result by criterion")
    yield Section(title, table=comparison(process, award.lot, own, winner))
    if points := reasons(process, award.lot, letter.bid.code):
        yield Section(_("Why your bid got these points"), points=points)
    if award.bid != letter.bid and (points := reasons(process, award.lot, award.bid.code)):
        yield Section(_("What the chosen bid got its points for"), points=points)


def result_of(process: Process, lot: str, bid: str) -> dict[str, Any] | None:
    """How one bid came out in one lot, as the evaluation was published."""
    found = current_evaluation(process)
    rows = found.ranking if found else []
    return next((row for row in rows if (row["lot"], row["bid"]) == (lot, bid)), None)


def comparison(process: Process, lot: str, own: dict[str, Any], winner: dict[str, Any]) -> parts.Table:
    titles = titles_of(process, lot)
    theirs = {score["criterion"]: score["weighted"] for score in winner["scores"]}
    rows = [
        (titles.get(score["criterion"], score["criterion"]), decimal(score["weighted"]), decimal(theirs.get(key)))
        for score in own["scores"]
        for key in [score["criterion"]]
    ]
    return parts.Table(
        _("Weighted points"),
        (
            parts.Column(_("Criterion")),
            parts.Column(_("Yours"), is_number=True),
            parts.Column(_("Chosen bid"), is_number=True),
        ),
        rows,
        (_("Total"), decimal(own["total"]), decimal(winner["total"])),
    )


def titles_of(process: Process, lot: str) -> dict[str, str]:
    scheme = schemes_of(process).get(lot)
    return {each.id: each.title for each in scheme.criteria} if scheme else {}


def decimal(fraction: str | None) -> str:
    """An exact number such as "385/4" as people read it."""
    return "–" if fraction is None else formats.number(round(float(Fraction(fraction)), 4))


def reasons(process: Process, lot: str, bid: str) -> tuple[str, ...]:
    """The agreed points of one bid with their reasons."""
    found = current_consensus(process, lot=lot)
    titles = titles_of(process, lot)
    rows = [row for row in (found.scores if found else []) if row["bid"] == bid]
    line = _("{criterion}, {points} points: {reason}")
    return tuple(
        line.format(criterion=titles.get(row["criterion"], ""), points=row["points"], reason=row["reason"])
        for row in rows
    )


def next_steps(process: Process) -> Section:
    """Until when the decision can be challenged, with the zone."""
    periods = process.periods_held()
    sentences = {
        "standstillPeriod": _("No contract is signed before {end}."),
        "complaintPeriod": _("You can complain about the decision until {end}, on your desk."),
    }
    told = [text.format(end=moment(periods[name].end)) for name, text in sentences.items() if name in periods]
    return Section(_("If you do not agree"), (*told, _("A complaint that is open stops the signing of the contract.")))


def moment(when: datetime) -> str:
    return formats.moment_text(when, zone=timezone.get_current_timezone())


def letter_file(process: Process, letter: Letter) -> bytes:
    """The letter as tagged PDF, with the release of the award inside."""
    date = letter.awards[0].decided_at if letter.awards else Ending.objects.get(process=process).ended_at
    data = pdf.Letter(
        title=subject_line(process),
        parts=[part for section in sections(process, letter) for part in set_section(section)],
        recipient=(letter.bid.bidder.name, letter.bid.bidder.identifier),
        particulars=(process.ocid, moment(date)),
        sender=process.buyer.name,
    )
    return pdf.letter_pdf("letter", data, when=date, attachment=published_award(process))


def subject_line(process: Process) -> str:
    return _("The decision on your bid: {title}").format(title=process.title)


def set_section(section: Section) -> list[pdf.Part]:
    found = [pdf.heading(section.title), *(pdf.paragraph(text) for text in section.texts)]
    if section.points:
        found.append(pdf.bullets(section.points))
    return [*found, set_table(section.table)] if section.table else found


def set_table(table: parts.Table) -> pdf.Part:
    rows: Sequence[Sequence[object]] = [*table.rows, *([table.total] if table.total else [])]
    numbers = [at for at, column in enumerate(table.columns) if column.is_number]
    lines = [[str(cell) for cell in row] for row in rows]
    return pdf.grid([str(column.label) for column in table.columns], lines, numbers=numbers)


def published_award(process: Process) -> pdf.Attachment | None:
    """The latest release that says who won, byte for byte."""
    found = Release.objects.filter(ocid=process.ocid, act_name__in=DECIDED).order_by("-date").first()
    text = _("The published award, as open data")
    return pdf.Attachment(f"{found.id}.json", bytes(found.body), text) if found else None

"""Procedures and jurisdictions as tables and facts that a citizen can read, each with the law behind it."""

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.translation import gettext as _

from tenderwell.core.command import commands
from tenderwell.core.jurisdiction import Jurisdiction, Limit, OutageRule
from tenderwell.core.procedure import Procedure, Step
from tenderwell.public.portal.names import method_name, number_of_days, period_name, role_names, stages, state_name
from tenderwell.ui import formats, parts

NOT_APPLIED = 10**12  # a limit that nothing reaches: the jurisdiction states no such rule


def path(found: Procedure) -> list[tuple[str, str]]:
    """The states in their order; beside one that ends by itself, when and how."""
    ends = {tick.from_: _ends(tick.after, tick.to) for tick in found.clock}
    return [(state_name(state), ends.get(state, "")) for state in found.states]


def _ends(period: str, state: str) -> str:
    text = _("ends by itself at the time “{period}”; then: {state}")
    return text.format(period=period_name(period), state=state_name(state))


def step_tables(found: Procedure) -> list[parts.Table]:
    """One table of steps for each stage."""
    taken = {step.command.partition(".")[0] for step in found.steps}
    columns = [parts.Column(text) for text in (_("Step"), _("When"), _("Who"), _("Leads to"), _("Law"))]
    return [
        parts.Table(
            title,
            columns,
            [row(found, step) for step in found.steps if step.command.startswith(f"{stage}.")],
        )
        for stage, title in stages().items()
        if stage in taken
    ]


def row(found: Procedure, step: Step) -> tuple[str, ...]:
    leads = ", ".join(state_name(state) for state in step.to if state in found.states)
    return step_name(step.command), when(found, step), role_names(step.by), leads or "–", step.source or "–"


def step_name(command: str) -> str:
    """What the desk calls it; the bare name where no workroom is installed."""
    return _(commands[command].title) if command in commands else command


def when(found: Procedure, step: Step) -> str:
    """In which states a step may be taken; in short where it is nearly always."""
    allowed = [state for state in found.states if state in step.from_]
    if len(allowed) == len(found.states):
        return _("At any time")
    if allowed == [state for state in found.states if state not in found.final]:
        return _("At any time until it ends")
    return ", ".join(map(state_name, allowed))


def facts(one: Jurisdiction) -> list[parts.Fact]:
    """Every limit of a jurisdiction with its source; what it does not state is left out."""
    return [*periods(one), *amounts(one), *openings(one)]


def periods(one: Jurisdiction) -> Iterator[parts.Fact]:
    if one.is_practice:
        length = _("Seconds: {count}. These rules are for practice")
        count = formats.number(int(one.calendar.day.total_seconds()))
        yield parts.Fact(_("How long a day lasts"), length.format(count=count))
    for method, found in one.minimum_days.items():
        key = _("Shortest time for bids: {method}").format(method=method_name(method))
        yield from days(key, found)
    yield from days(_("Questions end before bids close"), one.question_days)
    yield from days(_("A later answer or change moves the end"), one.late_answer_days)
    yield from days(_("Standstill before the contract is signed"), one.standstill_days)
    yield from days(_("Time to complain after the decision"), one.complaint_days)
    yield from days(_("Time to pay an invoice"), one.payment_days)


def days(key: str, found: Limit | None) -> Iterator[parts.Fact]:
    if found is not None and found.days:
        yield parts.Fact(key, number_of_days(found.days), cited(found.source))


def cited(source: str) -> str:
    """The article, apart from the direction of the text around it."""
    return format_html("<bdi>{}</bdi>", source)


def amounts(one: Jurisdiction) -> Iterator[parts.Fact]:
    above = _("Two people must approve above")
    rows = (
        (above, one.two_people_above),
        (_("Early notice needed above"), one.engagement_above),
        (_("Direct award without a further ground below"), one.direct_below),
        (_("Larger opening committee above"), one.large_committee_above),
    )
    for key, found in rows:
        if found is not None and found.value < NOT_APPLIED:
            value = formats.money(found.value, currency=one.currency) if found.value else _("any value")
            yield parts.Fact(key, value, cited(found.source))
    shares = (
        (_("Changes of a contract, at most"), one.change_share),
        (_("Changes of a contract for works, at most"), one.works_change_share),
    )
    for key, found in shares:
        if found is not None and found.value < 1:
            yield parts.Fact(key, formats.percent(found.value), cited(found.source))


def openings(one: Jurisdiction) -> Iterator[parts.Fact]:
    (k, n), (large_k, large_n) = one.minimum_committee, one.large_committee
    text = _("{k} of {n} members, for large purchases {large_k} of {large_n}")
    yield parts.Fact(_("Opening committee, at least"), text.format(k=k, n=n, large_k=large_k, large_n=large_n))
    if one.outages:
        yield parts.Fact(_("When the service fails before the end"), outage(one.outages), cited(one.outages.source))


def outage(rule: OutageRule) -> str:
    text = _(
        "Bids close later by the lost time, in full steps of {step} minutes, when the service failed for more than "
        "{tolerated} minutes within the last {hours} hours, or at all within the last {final} minutes."
    )
    return text.format(
        step=rule.step_minutes, tolerated=rule.tolerated_seconds // 60, hours=rule.hours, final=rule.final_minutes
    )

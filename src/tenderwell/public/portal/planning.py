"""What was planned, as the page shows it: needs, outcomes, costs over the whole life, the route, early comments."""

from django.utils.translation import gettext as _

from tenderwell.public.portal.reading import Node, instant, money, node, nodes, words
from tenderwell.ui import parts
from tenderwell.ui.templatetags.ui import money as amount


def needs(compiled: Node) -> list[parts.Card]:
    return [
        parts.Card(
            title=words(each, "who"),
            text=words(each, "need"),
            line=" · ".join(text for text in (words(each, "source"), words(each, "method")) if text),
        )
        for each in nodes(compiled, "planning", "userNeeds")
    ]


def outcomes(compiled: Node) -> parts.Table:
    rows = [
        (words(each, "title"), words(each, "measure"), words(each, "baseline"), words(each, "target"))
        for each in nodes(compiled, "planning", "outcomes")
    ]
    columns = (
        parts.Column(_("Outcome")),
        parts.Column(_("How it is measured")),
        parts.Column(_("Today")),
        parts.Column(_("Target")),
    )
    return parts.Table(_("What shall be better afterwards"), columns, rows)


def costs(compiled: Node) -> parts.Table:
    """The cost lines; the last row is the sum the plan states."""
    rows = [
        (words(each, "description"), words(each, "phase"), words(each, "source"), amount(money(each, "value")))
        for each in nodes(compiled, "planning", "costLines")
    ]
    columns = (
        parts.Column(_("Cost")),
        parts.Column(_("Phase")),
        parts.Column(_("Source")),
        parts.Column(_("Amount"), is_number=True),
    )
    whole = money(compiled, "planning", "wholeLifeCost")
    total = (_("Over the whole life"), "", "", amount(whole)) if whole else ()
    return parts.Table(_("Costs over the whole life"), columns, rows, total=total)


def route(compiled: Node) -> list[parts.Fact]:
    decision = node(compiled, "planning", "routeDecision")
    rows = [parts.Fact(words(each, "question"), words(each, "answer")) for each in nodes(decision, "answers")]
    if why := words(decision, "rationale"):
        rows.append(parts.Fact(_("Reason"), why))
    return rows


def team(compiled: Node) -> str:
    """The roles in the team; names are never published."""
    return ", ".join(
        f"{words(each, 'role').replace('_', ' ')} ({words(each, 'count') or 1})"
        for each in nodes(compiled, "planning", "team")
    )


def comments(compiled: Node) -> list[parts.Happening]:
    return [
        parts.Happening(
            when,
            words(each, "description"),
            words(each, "author") or _("Somebody who gave no name"),
            detail=words(each, "answer"),
        )
        for each in nodes(compiled, "planning", "engagement", "comments")
        if (when := instant(each, "date"))
    ]

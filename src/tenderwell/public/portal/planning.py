"""What was planned, as the page shows it: needs, outcomes, costs over the whole life, the route, early comments."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenderwell.public.portal.reading import Node, instant, money, node, nodes, words
from tenderwell.public.portal.sentences import translated
from tenderwell.ui import parts
from tenderwell.ui.templatetags.ui import moment
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
        (words(each, "description"), phase(each), words(each, "source"), amount(money(each, "value")), years(each))
        for each in nodes(compiled, "planning", "costLines")
    ]
    columns = (
        parts.Column(_("Cost")),
        parts.Column(_("When")),
        parts.Column(_("Source")),
        parts.Column(_("A year"), is_number=True),
        parts.Column(_("Years"), is_number=True),
    )
    whole = money(compiled, "planning", "wholeLifeCost")
    total = (_("Over the whole life"), "", "", amount(whole), "") if whole else ()
    return parts.Table(_("Costs over the whole life"), columns, rows, total=total)


def phase(line: Node) -> str:
    texts = {
        "acquisition": _("Buying"),
        "operation": _("Running"),
        "switching": _("Switching"),
        "end_of_life": pgettext("phase", "End"),
    }
    found = words(line, "phase")
    return texts.get(found, found)


def years(line: Node) -> str:
    return words(line, "years") or "1"


def route(compiled: Node) -> list[parts.Fact]:
    decision = node(compiled, "planning", "routeDecision")
    answers = nodes(decision, "answers")
    rows = [parts.Fact(translated(words(each, "question")), words(each, "answer")) for each in answers]
    if why := words(decision, "rationale"):
        rows.append(parts.Fact(_("Reason"), why))
    return rows


def team(compiled: Node) -> str:
    """The roles in the team; names are never published."""
    texts = {
        "lead": pgettext("role", "Lead"),
        "approver": _("Approver"),
        "budget_holder": _("Budget holder"),
        "evaluator": _("Evaluator"),
        "contract_manager": _("Contract manager"),
        "specialist": _("Specialist"),
        "user_representative": _("Speaks for the people who will use it"),
        "observer": _("Observer"),
        "committee": _("Opening committee member"),
    }
    return ", ".join(
        f"{texts.get(words(each, 'role'), words(each, 'role'))} ({words(each, 'count') or 1})"
        for each in nodes(compiled, "planning", "team")
    )


def comments(compiled: Node) -> list[parts.Card]:
    """Each comment under its author's name, with what the buyer answered and what changes because of it."""
    return [
        parts.Card(
            words(each, "description"),
            line=format_html("{} · {}", words(each, "author") or _("Somebody who gave no name"), moment(when)),
            facts=[
                parts.Fact(key, words(each, name))
                for key, name in (
                    (_("About"), "passage"),
                    (_("Answer of the buyer"), "answer"),
                    (_("What changes because of it"), "effect"),
                )
                if words(each, name)
            ],
        )
        for each in nodes(compiled, "planning", "engagement", "comments")
        if (when := instant(each, "date"))
    ]

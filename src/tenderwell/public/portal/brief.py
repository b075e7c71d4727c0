"""What the tender asks for, as the page shows it: the answers of the brief, and the requirements with their weight."""

from django.utils.translation import gettext as _

from tenderwell.public.portal.reading import Node, instant, money, node, nodes, words
from tenderwell.ui import parts
from tenderwell.ui.templatetags.ui import day
from tenderwell.ui.templatetags.ui import money as amount


def answers(compiled: Node) -> list[parts.Fact]:
    """The answers that every tender of ours gives; only those that are there."""
    brief = node(compiled, "tender", "brief")
    texts = {
        "problem": _("What is the problem?"),
        "users": _("Who will use it?"),
        "workStage": _("How far is the work?"),
        "skills": _("Skills and experience needed"),
        "standards": _("Technical and quality standards"),
        "securityClearance": _("Security clearance"),
        "workingArrangements": _("How we work together"),
        "paymentApproach": _("How it is paid"),
        "invoicing": _("How to send invoices"),
        "incentives": _("Incentives"),
        "expectedLength": _("How long it may take"),
        "handover": _("How it is handed over"),
        "engagementResults": _("What firms told us before"),
        "questions": _("How to ask questions"),
    }
    found = [parts.Fact(text, words(brief, name)) for name, text in texts.items() if words(brief, name)]
    budget, start = money(brief, "maximumBudget"), instant(brief, "latestStartDate")
    found += [parts.Fact(_("Largest budget"), amount(budget))] if budget else []
    return found + ([parts.Fact(_("Latest start"), day(start))] if start else [])


def asked(requirement: Node) -> str:
    """What is asked, with how long the answer may be."""
    text, most = words(requirement, "description"), words(requirement, "mostWords")
    return " ".join(filter(None, (text, most and _("Longest answer, in words: {count}.").format(count=most))))


def requirements(compiled: Node) -> parts.Table:
    """What a bid must, should or may offer, and why."""
    texts = {"essential": _("A bid must meet it"), "desirable": _("Better bids meet it")}
    rows = [
        (
            words(each, "title"),
            asked(each),
            texts.get(words(each, "importance"), words(each, "importance")) or "–",
            words(each, "rationale") or "–",
        )
        for criterion in nodes(compiled, "tender", "criteria")
        for group in nodes(criterion, "requirementGroups")
        for each in nodes(group, "requirements")
    ]
    columns = (
        parts.Column(_("Requirement")),
        parts.Column(_("What is asked")),
        parts.Column(_("How important")),
        parts.Column(_("Why")),
    )
    return parts.Table(_("Requirements"), columns, rows)

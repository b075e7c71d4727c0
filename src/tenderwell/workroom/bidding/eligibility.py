"""What a bidder declares of itself, and what it has to answer, in the words of the tender.

Sources: UNCITRAL Model Law on Public Procurement (2011) art. 9 and 21; 2014/24/EU art. 57; OECD guidelines for
fighting bid rigging (certificate of independent bid determination).
"""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from tenderwell.ledger.sealing.tender_file import Declaration, Question
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering import queries as tendering
from tenderwell.workroom.tendering.notices import most_words

LONGEST_LINE = 300
GROUNDS = (
    (
        "no-conviction",
        _("In the last five years neither the firm nor those who direct it were convicted of a crime in business."),
    ),
    ("not-insolvent", _("The firm is not insolvent, bankrupt or being wound up.")),
    ("taxes-paid", _("The firm has paid its taxes and social security contributions.")),
    (
        "no-conflict-of-interest",
        _("There is no conflict of interest, and the firm had no part in preparing this tender."),
    ),
    ("independent-bid", _("The firm sets its prices alone, without any agreement with a competitor.")),
    ("true-and-complete", _("What this bid says is true and complete.")),
)


def declarations(process: Process) -> tuple[Declaration, ...]:
    """The grounds for exclusion, and each condition of the criteria that a bid passes or fails."""
    grounds = (Declaration(id=code, text=gettext(text)) for code, text in GROUNDS)
    return (*grounds, *conditions(process))


def conditions(process: Process) -> Iterator[Declaration]:
    """Each pass-or-fail criterion once, though several lots may ask for it."""
    trees = tendering.frozen_criteria(process)
    titles = [each["title"] for tree in trees for each in tree["criteria"] if each["kind"] == "pass_fail"]
    for place, title in enumerate(dict.fromkeys(titles), 1):
        text = gettext("The firm meets the condition: {condition}").format(condition=one_line(title))
        yield Declaration(id=f"condition-{place}", text=text)


def questions(process: Process) -> tuple[Question, ...]:
    """The requirements, to each of which a bid says how it meets it."""
    rows = process.requirements.order_by("pk")
    return tuple(
        Question(
            title=one_line(each.title),
            text=each.text,
            words=most_words(process, each),
            is_essential=each.importance == "essential",
        )
        for each in rows
    )


def one_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_LINE]

"""Sentences that our own acts wrote into the record, in the reader's language; any other text as it is."""

import re
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from tenderwell.ui.formats import day_text

SENTENCES = (
    _("Could we make it ourselves?"),
    _("Does something we have do it?"),
    _("Could we buy it together with others?"),
    _("Withheld until {day}: {reason}"),
    _("It stays below the least that the criteria ask for: {criteria}."),
    _("The service could not be reached, {times}, as the heartbeats in the ledger show."),
    _("A question was answered late; bidders get time to use the answer."),
    _("Recompute the ranking with: tenderwell check-evaluation FILE"),
    _("Evaluation package {number}"),
    _("Sealed by the bidder’s own program, opened by the committee after the deadline."),
)
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def pattern(sentence: str) -> re.Pattern[str]:
    """What finds the sentence again, with what filled it."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL)


KNOWN = tuple((sentence, pattern(sentence)) for sentence in SENTENCES)


def translated(text: str) -> str:
    """The text in the reader's language when it is one of ours, with its days as the reader writes them."""
    for sentence, found in KNOWN:
        if match := found.fullmatch(text):
            return gettext(sentence).format(**{name: told(value) for name, value in match.groupdict().items()})
    return text


def told(value: str) -> str:
    return day_text(date.fromisoformat(value)) if DAY.fullmatch(value) else value

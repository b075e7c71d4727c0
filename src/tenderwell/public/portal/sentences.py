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


# What fills the sentences of acts: our own codes and the few words that we put beside them.
CODES = {
    "award": _("award {number}"),
    "bid": _("bid {number}"),
    "change": _("change {number}"),
    "comment": _("comment {number}"),
    "complaint": _("complaint {number}"),
    "contract": _("contract {number}"),
    "enquiry": _("question {number}"),
    "invoice": _("invoice {number}"),
    "item": _("item {number}"),
    "lot": _("lot {number}"),
    "member": _("member {number}"),
    "milestone": _("milestone {number}"),
    "requirement": _("requirement {number}"),
}
A_CODE = re.compile(r"([a-z]+)-(\d+)", re.ASCII)
CODE = r"(?P<code>[a-z]+-\d+)"
FILLINGS = (
    (re.compile(rf"{CODE}, accepted"), _("{code}, accepted")),
    (re.compile(rf"{CODE}, disputed"), _("{code}, disputed")),
    (re.compile(rf"{CODE} after (?P<days>\d+) days"), _("{code} (days to payment: {days})")),
    (re.compile(r"buyer, (?P<rating>[1-5]) of 5"), _("the buyer, {rating} of 5")),
    (re.compile(r"supplier, (?P<rating>[1-5]) of 5"), _("the supplier, {rating} of 5")),
    (re.compile("upheld"), _("Upheld")),
    (re.compile("dismissed"), _("Dismissed")),
)


def filling(text: str) -> str:
    """What fills an act's sentence, in the reader's language when it is ours: "invoice-1 after 12 days"."""
    for found, words in FILLINGS:
        if match := found.fullmatch(text):
            return gettext(words).format(**{name: code_name(value) for name, value in match.groupdict().items()})
    return code_name(text)


def code_name(code: str) -> str:
    """Our code of a part as people say it: "bid-2" is bid 2; any other text as it is."""
    match = A_CODE.fullmatch(code)
    return gettext(CODES[match[1]]).format(number=match[2]) if match and match[1] in CODES else code


def entry(*codes: str, text: str) -> str:
    """A line of a list that begins with codes, as people say them: "Contract 1, change 2: A second roof"."""
    return gettext("{names}: {text}").format(names=heading(*codes), text=text)


def heading(*codes: str) -> str:
    """Codes as people say them, at the beginning of a line: "Contract 1, change 2"."""
    names = gettext(", ").join(map(code_name, codes))
    return names[:1].upper() + names[1:]

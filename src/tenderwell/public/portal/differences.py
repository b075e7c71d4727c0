"""What was and what is, side by side: changes as people read them, times and amounts in the reader's form."""

import re
from collections.abc import Iterable
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tenderwell.public.portal.reading import Node, instant, words
from tenderwell.public.portal.sentences import entry
from tenderwell.ui import formats
from tenderwell.ui.templatetags.ui import moment

A_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:?\d\d)")
AN_AMOUNT = re.compile(r"\d{1,15}\.\d+")


def shown(text: str) -> str:
    """A time of the record in the reader's zone, an exact amount with separators, any other text as it is."""
    if A_TIME.fullmatch(text) and (when := instant({"at": text}, "at")):
        return moment(when)
    return formats.number(Decimal(text).normalize()) if AN_AMOUNT.fullmatch(text) else text


def field_name(text: str) -> str:
    """What changed, in the reader's words: "lot-1: title" is Lot 1: title."""
    code, _colon, name = text.rpartition(": ")
    return entry(code, text=_(name)) if code and name else _(name) if name else ""


def difference(change: Node) -> SafeString:
    """One changed field: its old text struck out, then the new one."""
    return format_html(
        '<span class="diff"><b>{}</b> <del><span class="govuk-visually-hidden">{}</span> {}</del>'
        ' <ins><span class="govuk-visually-hidden">{}</span> {}</ins></span>',
        field_name(words(change, "field")),
        _("before:"),
        shown(words(change, "before")) or "–",
        _("now:"),
        shown(words(change, "after")) or "–",
    )


def differences(changes: Iterable[Node]) -> SafeString:
    """All changed fields, one below the other."""
    return format_html_join("", "{}", ((difference(each),) for each in changes))

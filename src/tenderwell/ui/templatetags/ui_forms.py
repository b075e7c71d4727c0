"""Tags for forms: the error summary, one control with its descriptions, the character count."""

from collections.abc import Iterator

from django import forms, template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenderwell.ui.formats import locale, number
from tenderwell.ui.forms import Part, Problem, problems
from tenderwell.ui.rows import Rows

register = template.Library()
MAX_ROWS_WITHOUT_LIMIT = 1000


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(*parts: Part) -> dict[str, list[Problem]]:
    """What is wrong with forms, rows and lists of Problem, first on the page; empty parts are passed over."""
    return {"problems": problems(*parts)}


@register.filter
def is_tick(field: forms.BoundField) -> bool:
    """Whether the field is a single checkbox, which stands before its label."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def character_limit(field: forms.BoundField) -> int:
    """How many characters a long text may have; 0 for fields that do not count."""
    limit = getattr(field.field, "max_length", None)
    return limit or 0 if isinstance(field.field.widget, forms.Textarea) else 0


@register.simple_tag
def control(field: forms.BoundField) -> SafeString:
    """The control of a field; a counted one is described by its count too."""
    if not character_limit(field):
        return field.as_widget()
    described = f"{field.aria_describedby or ''} {field.auto_id}-info".strip()
    css = f"{field.field.widget.attrs.get('class') or 'govuk-textarea'} govuk-js-character-count"
    return field.as_widget(attrs={"aria-describedby": described, "class": css})


@register.simple_tag
def count_message(limit: int) -> str:
    """What the count says before a script ran."""
    text = ngettext("You can enter up to %(n)s character", "You can enter up to %(n)s characters", limit)
    return text % {"n": number(limit)}


@register.simple_tag
def count_attributes() -> SafeString:
    """The texts of the character count for its script, in every plural form of the language."""
    return mark_safe(" ".join(_count_texts()))


def _count_texts() -> Iterator[SafeString]:
    under = {n: ngettext("You have %(n)s character remaining", "You have %(n)s characters remaining", n) for n in _EACH}
    over = {n: ngettext("You have %(n)s character too many", "You have %(n)s characters too many", n) for n in _EACH}
    yield from _plural_attributes("characters-under-limit", texts=under)
    yield from _plural_attributes("characters-over-limit", texts=over)
    yield format_html('data-i18n.characters-at-limit="{}"', _("You have 0 characters remaining"))


# Numbers that meet every plural form of the six languages.
_EACH = (*range(31), 100, 101, 102, 103, 111, 1_000_000)


def _plural_attributes(key: str, *, texts: dict[int, str]) -> Iterator[SafeString]:
    by_category = {locale().plural_form(n): text for n, text in texts.items()}
    by_category.setdefault("other", texts[5])
    for category, text in by_category.items():
        yield format_html('data-i18n.{}.{}="{}"', key, category, text % {"n": "%{count}"})


@register.filter
def may_remove(rows: Rows) -> bool:
    """Whether a row may go without leaving too few."""
    return len(rows.forms) > rows.min_num


@register.filter
def may_add(rows: Rows) -> bool:
    """Whether there is room for one more row."""
    return len(rows.forms) < (rows.max_num or MAX_ROWS_WITHOUT_LIMIT)

"""Repeating groups of a form: "Add another" and "Remove" as submit buttons, without JavaScript."""

import re
from typing import cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

Text = str | Promise
PRESSED_ADD = "add-row"
PRESSED_REMOVE = "remove-row"


class Rows(BaseFormSet[forms.Form]):
    """A formset whose template has the buttons; `heading` names one row, as "Item"."""

    template_name = "ui/forms/rows.html"
    heading: Text = _("Entry")
    legend: Text = ""
    hint: Text = ""
    default_error_messages = {
        **BaseFormSet.default_error_messages,
        "too_few_forms": ngettext_lazy("Add at least %(num)d entry", "Add at least %(num)d entries", "num"),
        "too_many_forms": ngettext_lazy("Give at most %(num)d entry", "Give at most %(num)d entries", "num"),
    }
    add_label: Text = _("Add another")


def rows_of(form: type[forms.Form], *, minimum: int = 1, maximum: int = 100) -> type[Rows]:
    """The Rows class for a form of one row, showing at least `minimum` rows and taking at most `maximum`."""
    made = formset_factory(
        form, formset=Rows, extra=0, min_num=minimum, validate_min=True, max_num=maximum, validate_max=True
    )
    return cast(type[Rows], made)


def changed_rows(data: QueryDict) -> QueryDict | None:
    """The posted data after "Add another" or "Remove" was pressed; None when the form was really sent.

    The page then shows the form again with this data, quietly: see ui.forms.unchecked().
    """
    if prefix := data.get(PRESSED_ADD):
        return _with_row(data, prefix=prefix)
    pressed = re.fullmatch(r"(.+):(\d+)", data.get(PRESSED_REMOVE) or "")
    if pressed:
        return _without_row(data, prefix=pressed[1], index=int(pressed[2]))
    return None


def _total(data: QueryDict, *, prefix: str) -> int:
    stated = data.get(f"{prefix}-TOTAL_FORMS") or "0"
    return int(stated) if stated.isdecimal() and len(stated) < 6 else 0


def _with_row(data: QueryDict, *, prefix: str) -> QueryDict:
    found = data.copy()
    found[f"{prefix}-TOTAL_FORMS"] = str(_total(data, prefix=prefix) + 1)
    del found[PRESSED_ADD]
    return found


def _without_row(data: QueryDict, *, prefix: str, index: int) -> QueryDict:
    """The data with the later rows moved up by one."""
    found = QueryDict(mutable=True)
    row = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)")
    for name, values in data.lists():
        part = row.fullmatch(name)
        number = int(part[1]) if part else -1
        if part and number == index:
            continue
        found.setlist(f"{prefix}-{number - 1}-{part[2]}" if part and number > index else name, values)
    found[f"{prefix}-TOTAL_FORMS"] = str(max(0, _total(data, prefix=prefix) - 1))
    found.pop(PRESSED_REMOVE, None)
    return found

"""Controls of forms: dates in three fields, a moment with its zone, money with its currency, choices, files."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenderwell.ui.formats import offset

Text = str | Promise
Context = dict[str, Any]
DATE_PARTS: tuple[tuple[str, Text, int], ...] = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))


class Line(forms.TextInput):
    """One line of text; `width` in characters (2, 3, 4, 5, 10, 20, 30) hints at the length of the answer."""

    def __init__(self, *, width: int | None = None, attrs: Mapping[str, object] | None = None) -> None:
        css = "govuk-input" + (f" govuk-input--width-{width}" if width else "")
        super().__init__({"class": css, **(attrs or {})})


class Paragraphs(forms.Textarea):
    """Text of several lines; the field template counts characters when the field has a max_length."""

    def __init__(self, *, rows: int = 5, attrs: Mapping[str, object] | None = None) -> None:
        super().__init__({"class": "govuk-textarea", "rows": rows, **(attrs or {})})


class Money(forms.TextInput):
    """An amount with the code of its currency in front and, on request, a word such as "each" behind."""

    template_name = "ui/forms/money.html"

    def __init__(self, *, currency: str, suffix: Text = "") -> None:
        self.currency, self.suffix = currency, suffix
        attrs = {"class": "govuk-input govuk-input--width-10", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__({**attrs, "dir": "ltr", "spellcheck": "false"})

    def get_context(self, name: str, value: object, attrs: Context | None) -> Context:
        found = super().get_context(name, value, attrs)
        return {**found, "currency": self.currency, "suffix": self.suffix}


class Select(forms.Select):
    """A drop-down list, for more choices than fit on a page."""

    def __init__(self, *, attrs: Mapping[str, object] | None = None) -> None:
        super().__init__({"class": "govuk-select", **(attrs or {})})


class Radios(forms.RadioSelect):
    """One of a few choices, all of them visible."""

    template_name = "ui/forms/radios.html"


class Checkboxes(forms.CheckboxSelectMultiple):
    """Any of a few choices."""

    template_name = "ui/forms/checkboxes.html"


class Confirmation(forms.CheckboxInput):
    """One tick with its label beside it."""

    def __init__(self) -> None:
        super().__init__({"class": "govuk-checkboxes__input"})


class DateInputs(forms.MultiWidget):
    """A date in three fields: fast to type, read aloud well, never day and month confused."""

    template_name = "ui/forms/date.html"
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__({name: _digits(width) for name, _label, width in DATE_PARTS})

    def decompress(self, value: object) -> list[object]:
        day = _as_date(value)
        return [day.day, day.month, day.year] if day else [None, None, None]

    def get_context(self, name: str, value: object, attrs: Context | None) -> Context:
        found = super().get_context(name, value, attrs)
        for part, (_name, label, _width) in zip(found["widget"]["subwidgets"], DATE_PARTS, strict=True):
            part["label"] = label
        return found


class MomentInputs(forms.MultiWidget):
    """A date in three fields and a time of day; the zone of the city stands beside it."""

    template_name = "ui/forms/moment.html"
    use_fieldset = True

    def __init__(self, *, zone: ZoneInfo) -> None:
        self.zone = zone
        clock = {"class": "govuk-input govuk-date-input__input govuk-input--width-5", "inputmode": "numeric"}
        time = forms.TextInput({**clock, "autocomplete": "off", "dir": "ltr"})
        super().__init__({**{name: _digits(width) for name, _label, width in DATE_PARTS}, "time": time})

    def decompress(self, value: object) -> list[object]:
        if isinstance(value, str) and value:
            value = dt.datetime.fromisoformat(value)
        if not isinstance(value, dt.datetime):
            return [None, None, None, None]
        local = value.astimezone(self.zone) if value.tzinfo else value
        return [local.day, local.month, local.year, local.strftime("%H:%M")]

    def get_context(self, name: str, value: object, attrs: Context | None) -> Context:
        found = super().get_context(name, value, attrs)
        labels = [*(label for _name, label, _width in DATE_PARTS), _("Time")]
        for part, label in zip(found["widget"]["subwidgets"], labels, strict=True):
            part["label"] = label
        # The offset of today; summer time may change it until the moment itself.
        return {**found, "zone": self.zone.key, "offset": offset(dt.datetime.now(self.zone))}


class Upload(forms.ClearableFileInput):
    """A file, with the types it may have and the size at most told before the upload; sizes in bytes."""

    template_name = "ui/forms/upload.html"
    use_fieldset = False

    def __init__(self, *, accept: str = "", max_bytes: int = 0) -> None:
        self.accept, self.max_bytes = accept, max_bytes
        attrs: dict[str, object] = {"class": "govuk-file-upload"}
        if accept:
            attrs["accept"] = accept
        if max_bytes:
            attrs["data-max-bytes"] = max_bytes
        super().__init__(attrs)

    def get_context(self, name: str, value: object, attrs: Context | None) -> Context:
        return {**super().get_context(name, value, attrs), "accept": self.accept, "max_bytes": self.max_bytes}


def _digits(width: int) -> forms.TextInput:
    css = f"govuk-input govuk-date-input__input govuk-input--width-{width}"
    return forms.TextInput({"class": css, "inputmode": "numeric", "autocomplete": "off"})


def _as_date(value: object) -> dt.date | None:
    if isinstance(value, str) and value:
        return dt.date.fromisoformat(value)
    return value if isinstance(value, dt.date) else None

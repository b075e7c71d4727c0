"""Form fields that read what people type: dates, moments in the city's zone, amounts of money, files."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from tenderwell.ui.amounts import DIGITS, AmbiguousAmount, NotAnAmount, read_amount
from tenderwell.ui.formats import file_size
from tenderwell.ui.widgets import DATE_PARTS, DateInputs, MomentInputs, Money, Upload

CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?")
WHOLE = re.compile(r"\d{1,4}")


class DateField(forms.Field):
    """A day, from three fields; says which part is missing."""

    widget = DateInputs
    default_error_messages = {
        "required": _("Enter a date"),
        "incomplete": _("The date must include: %(missing)s"),
        "invalid": _("Enter a real date, like 16 12 2026"),
    }

    def to_python(self, value: Any) -> dt.date | None:
        parts = _typed(value)
        if not any(parts):
            return None
        _refuse_incomplete(self, parts)
        return _real_date(self, parts)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _changed(self, initial=initial, data=data)


class MomentField(forms.Field):
    """An instant as aware UTC, typed in the zone given; a time that the clock skips or repeats is refused."""

    default_error_messages = {
        "required": _("Enter a date and a time"),
        "incomplete": _("The date must include: %(missing)s"),
        "invalid": _("Enter a real date, like 16 12 2026"),
        "time": _("Enter the time as hours and minutes, like 14:00"),
        "skipped": _("The clock changes at this time. Choose another time."),
    }

    def __init__(self, *, zone: ZoneInfo, **options: Any) -> None:
        self.zone = zone
        super().__init__(widget=MomentInputs(zone=zone), **options)

    def to_python(self, value: Any) -> dt.datetime | None:
        *parts, clock = _typed(value) or ["", "", "", ""]
        if not any([*parts, clock]):
            return None
        _refuse_incomplete(self, parts)
        day, time = _real_date(self, parts), self._time(clock)
        local = dt.datetime.combine(day, time, tzinfo=self.zone)
        earlier, later = local.utcoffset(), local.replace(fold=1).utcoffset()
        if earlier != later:
            raise forms.ValidationError(self.error_messages["skipped"], code="skipped")
        return local.astimezone(dt.UTC)

    def _time(self, clock: str) -> dt.time:
        found = CLOCK.fullmatch(clock)
        try:
            return dt.time(int(found[1]), int(found[2] or 0)) if found else dt.time.fromisoformat("")
        except ValueError as wrong:
            raise forms.ValidationError(self.error_messages["time"], code="time") from wrong

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _changed(self, initial=initial, data=data)


class MoneyField(forms.Field):
    """An exact amount in the currency given; refuses what could mean two amounts."""

    default_error_messages = {
        "required": _("Enter an amount"),
        "invalid": _("The amount must be a number, like 450000 or 450,000.00"),
        "ambiguous": _("Write the amount without a separator: %(whole)s, or with decimals: %(decimals)s"),
        "places": _("Decimal places of the amount, at most: %(places)s"),
    }

    def __init__(
        self,
        *,
        currency: str,
        places: int = 2,
        minimum: Decimal | None = Decimal(0),
        maximum: Decimal | None = None,
        suffix: str = "",
        **options: Any,
    ) -> None:
        self.places = places
        super().__init__(widget=Money(currency=currency, suffix=suffix), **options)
        if minimum is not None:
            self.validators.append(MinValueValidator(minimum, _("The amount must be %(limit_value)s or more")))
        if maximum is not None:
            self.validators.append(MaxValueValidator(maximum, _("The amount must be %(limit_value)s or less")))

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            amount = read_amount(str(value))
        except AmbiguousAmount as two:
            decimals, whole = two.readings
            raise forms.ValidationError(
                self.error_messages["ambiguous"],
                code="ambiguous",
                params={"whole": int(whole), "decimals": f"{decimals:.2f}"},
            ) from two
        except NotAnAmount as wrong:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from wrong
        if amount != round(amount, self.places):
            raise forms.ValidationError(self.error_messages["places"], code="places", params={"places": self.places})
        return amount


class UploadField(forms.FileField):
    """A file of one of the types given (".pdf"), `max_bytes` large at most."""

    default_error_messages = {
        "required": _("Choose a file"),
        "missing": _("Choose a file"),
        "empty": _("The file is empty. Choose another file."),
        "type": _("The file must be one of: %(types)s"),
        "size": _("The file must not be larger than %(size)s"),
    }

    def __init__(self, *, types: Sequence[str] = (), max_bytes: int = 0, **options: Any) -> None:
        self.types, self.max_bytes = tuple(types), max_bytes
        options.setdefault("widget", Upload(accept=",".join(types), max_bytes=max_bytes))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            self._refuse_unfit(file)
        return file

    def _refuse_unfit(self, file: UploadedFile[Any]) -> None:
        name = (file.name or "").lower()
        if self.types and not name.endswith(self.types):
            shown = ", ".join(self.types)
            raise forms.ValidationError(self.error_messages["type"], code="type", params={"types": shown})
        if self.max_bytes and (file.size or 0) > self.max_bytes:
            shown = file_size(self.max_bytes)
            raise forms.ValidationError(self.error_messages["size"], code="size", params={"size": shown})


class WholeNumberField(forms.IntegerField):
    """A count, in digits of any script."""

    widget = forms.TextInput
    default_error_messages = {"required": _("Enter a number"), "invalid": _("Enter a whole number, like 12")}

    def to_python(self, value: Any) -> int | None:
        return super().to_python(str(value).translate(DIGITS).strip() if value not in self.empty_values else None)


def _typed(value: Any) -> list[str]:
    return [str(part or "").translate(DIGITS).strip() for part in value or []]


def _refuse_incomplete(field: forms.Field, parts: Sequence[str]) -> None:
    missing = [str(label) for (_name, label, _width), part in zip(DATE_PARTS, parts, strict=True) if not part]
    if missing:
        message = field.error_messages["incomplete"]
        raise forms.ValidationError(message, code="incomplete", params={"missing": ", ".join(missing).lower()})


def _real_date(field: forms.Field, parts: Sequence[str]) -> dt.date:
    try:
        if not all(WHOLE.fullmatch(part) for part in parts) or len(parts[2]) != 4:
            raise ValueError
        return dt.date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError as wrong:
        raise forms.ValidationError(field.error_messages["invalid"], code="invalid") from wrong


def _changed(field: forms.Field, *, initial: Any, data: Any) -> bool:
    """Whether three typed parts differ from the value they started with (rows that stay empty are dropped)."""
    before = field.widget.decompress(initial) if isinstance(field.widget, forms.MultiWidget) else None
    return _typed(data) != _typed(before or [None] * len(_typed(data)))

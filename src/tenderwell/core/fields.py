"""A form field for each field of a command's input: labels, hints and limits are written once, in the input."""

import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin
from zoneinfo import ZoneInfo

from annotated_types import MaxLen
from django import forms
from django.utils.translation import gettext
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tenderwell.core.inputs import ChoicesFrom, LongText, PlainNumber, UploadMark
from tenderwell.core.words import CHOICES
from tenderwell.ui import fields, widgets

FEW = 6  # up to this many choices are shown at once


@dataclass(frozen=True)
class Place:
    """Where and for whom a form is drawn: currency and zone of the subject's law, and who will send it."""

    subject: Any
    actor: Any

    @property
    def currency(self) -> str:
        return str(self.subject.jurisdiction.currency)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.subject.jurisdiction.calendar.zone)


@dataclass(frozen=True)
class Shape:
    """What an annotation comes down to: the bare type, the marks on it, and whether nothing may be given."""

    kind: Any
    marks: tuple[Any, ...]
    is_optional: bool


def shape_of(annotation: Any, marks: tuple[Any, ...] = ()) -> Shape:
    """Take off Optional and Annotated, gathering marks."""
    origin = get_origin(annotation)
    if origin is typing.Annotated:
        inner, *found = get_args(annotation)
        return shape_of(inner, (*marks, *found))
    if origin in (typing.Union, types.UnionType):
        (inner,) = (arg for arg in get_args(annotation) if arg is not type(None))
        found_shape = shape_of(inner, marks)
        return Shape(found_shape.kind, found_shape.marks, is_optional=True)
    return Shape(annotation, marks, is_optional=False)


def mark(shape: Shape, kind: type) -> Any:
    """The first mark of a kind, looked for inside pydantic's own FieldInfo too."""
    for found in shape.marks:
        if isinstance(found, kind):
            return found
        for inner in getattr(found, "metadata", ()):
            if isinstance(inner, kind):
                return inner
    return None


def shape_of_field(info: FieldInfo) -> Shape:
    return shape_of(info.annotation, tuple(info.metadata))


def row_model(shape: Shape) -> type[BaseModel] | None:
    """The model of one row when the field is a repeating group, or the model of a single group."""
    kind = get_args(shape.kind)[0] if get_origin(shape.kind) is list else shape.kind
    kind = shape_of(kind).kind
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def is_list(shape: Shape) -> bool:
    return get_origin(shape.kind) is list


def lacks_choice(schema: type[BaseModel], place: Place) -> bool:
    """Whether a field that must be filled in offers nothing to choose: the command has nothing to act on yet."""
    for info in schema.model_fields.values():
        offered = mark(shape_of_field(info), ChoicesFrom)
        if offered and info.is_required() and not offered.options(place.subject, place.actor):
            return True
    return False


def field_for(info: FieldInfo, place: Place) -> forms.Field:
    """The form field of one plain input field; raises TypeError for a type that pages cannot ask for."""
    shape = shape_of_field(info)
    words: Words = {"label": translated(info.title), "help_text": translated(info.description)}
    words["required"] = info.is_required() and not shape.is_optional and shape.kind is not bool
    if offered := mark(shape, ChoicesFrom):
        return choice_field(offered.options(place.subject, place.actor), words, many=is_list(shape))
    if upload := mark(shape, UploadMark):
        words["required"] = False  # the input says so; the file may be stored already
        accepted = tuple(part for part in upload.accept.split(",") if part)
        return fields.UploadField(types=accepted, max_bytes=upload.limit, **words)
    return FIELDS.get(shape.kind, field_of_choices)(shape, words, place)


def translated(text: str | None) -> str:
    """In the reader's language; "" stays, which a catalogue would answer with its header."""
    return gettext(text) if text else ""


Words = dict[str, Any]


def text_field(shape: Shape, words: Words, place: Place) -> forms.Field:
    limit = mark(shape, MaxLen)
    longest = limit.max_length if limit else None
    words = {**words, "error_messages": {"required": gettext("Write something here")}}
    if lines := mark(shape, LongText):
        return forms.CharField(max_length=longest, widget=widgets.Paragraphs(rows=lines.rows), **words)
    width = next((size for size in (5, 10, 20) if longest and longest <= size), None)
    return forms.CharField(max_length=longest, widget=widgets.Line(width=width), **words)


def amount_field(shape: Shape, words: Words, place: Place) -> forms.Field:
    made = fields.MoneyField(currency=place.currency, places=6, minimum=None, **words)
    if mark(shape, PlainNumber):
        made.widget = widgets.Line(width=10)
        made.widget.is_required = made.required
    return made


def number_field(shape: Shape, words: Words, place: Place) -> forms.Field:
    return fields.WholeNumberField(widget=widgets.Line(width=10), **words)


def tick_field(shape: Shape, words: Words, place: Place) -> forms.Field:
    return forms.BooleanField(widget=widgets.Confirmation(), **words)


def date_field(shape: Shape, words: Words, place: Place) -> forms.Field:
    return fields.DateField(**words)


def moment_field(shape: Shape, words: Words, place: Place) -> forms.Field:
    return fields.MomentField(zone=place.zone, **words)


FIELDS: dict[Any, Callable[[Shape, Words, Place], forms.Field]] = {
    str: text_field,
    Decimal: amount_field,
    int: number_field,
    bool: tick_field,
    date: date_field,
    datetime: moment_field,
}


def field_of_choices(shape: Shape, words: Words, place: Place) -> forms.Field:
    """Literal, a list of its values, or a list of texts (one a line)."""
    if is_list(shape):
        inner = shape_of(get_args(shape.kind)[0])
        return lines_field(words) if inner.kind is str else choice_field(choices_of(inner.kind), words, many=True)
    return choice_field(choices_of(shape.kind), words, many=False)


def choices_of(kind: Any) -> list[tuple[str, str]]:
    if get_origin(kind) is Literal:
        return [(str(value), translated(CHOICES.get(str(value), str(value)))) for value in get_args(kind)]
    raise TypeError(f"pages cannot ask for {kind}")


def choice_field(options: list[tuple[str, str]], words: Words, *, many: bool) -> forms.Field:
    told = {"invalid_choice": gettext("Choose one of those offered"), "required": gettext("Choose one")}
    if many:
        return forms.MultipleChoiceField(choices=options, widget=widgets.Checkboxes(), error_messages=told, **words)
    if len(options) <= FEW and words["required"]:
        only = options[0][0] if len(options) == 1 else None
        return forms.ChoiceField(choices=options, initial=only, widget=widgets.Radios(), error_messages=told, **words)
    return forms.ChoiceField(choices=[("", ""), *options], widget=widgets.Select(), error_messages=told, **words)


class Lines(forms.CharField):
    """A list of texts, one a line."""

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


def lines_field(words: Words) -> forms.Field:
    return Lines(widget=widgets.Paragraphs(rows=4), **words)

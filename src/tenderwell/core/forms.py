"""A page's form made from a command's input; what is refused comes back beside the field it is about."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ValidationError

from tenderwell.core import files
from tenderwell.core.errors import Reason, Value
from tenderwell.core.fields import Place, field_for, is_list, mark, row_model, shape_of_field, translated
from tenderwell.core.inputs import UploadMark
from tenderwell.ui.formats import day_text, moment_text, number
from tenderwell.ui.forms import Problem, problems, unchecked
from tenderwell.ui.rows import Rows, rows_of

STORED = "_stored"
MESSAGES = {
    "missing": _("Fill this in"),
    "string_too_short": _("Write at least {min_length} characters"),
    "string_too_long": _("Write at most {max_length} characters"),
    "string_pattern_mismatch": _("This does not have the form asked for. Look at the hint above the field."),
    "greater_than": _("Enter more than {gt}"),
    "greater_than_equal": _("Enter {ge} or more"),
    "less_than": _("Enter less than {lt}"),
    "less_than_equal": _("Enter {le} or less"),
    "decimal_max_places": _("Write at most {decimal_places} digits after the point"),
    "decimal_max_digits": _("This number is too large"),
    "too_short": _("Add at least {min_length}"),
    "too_long": _("Give at most {max_length}"),
    "literal_error": _("Choose one of those offered"),
}


def told(reason: Reason) -> str:
    """The reason in the reader's language."""
    return gettext(reason.text).format(**{name: told_value(value) for name, value in reason.values.items()})


def told_value(value: Value) -> str:
    """What fills a reason's text, as the reader writes words, days and times; UTC is shown in the site's zone."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        zone = timezone.get_current_timezone() if value.tzinfo is UTC else value.tzinfo
        return moment_text(value, zone=zone or UTC)
    if isinstance(value, Decimal):
        return number(value)
    return day_text(value) if isinstance(value, date) else gettext(", ").join(gettext(each) for each in value)


class CommandForm:
    """One command's form: its plain fields, its repeating groups, and the checked input once it is valid."""

    def __init__(
        self,
        schema: type[BaseModel],
        place: Place,
        *,
        data: QueryDict | None = None,
        uploads: MultiValueDict[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
        is_sent: bool = True,
    ) -> None:
        """is_sent: False when "Add another" or "Remove" was pressed: show what was typed, check nothing."""
        self.schema, self.place, self.is_sent = schema, place, is_sent
        self.data = data.copy() if data is not None else None
        start = {**starting_values(schema), **(initial or {})}
        self.fields = plain_form(schema, place)(self.data, uploads, initial=start)
        self.groups = {
            name: group_form(name, schema, place)(
                self.data, uploads, prefix=name, initial=rows_to_show(start.get(name))
            )
            for name in group_names(schema)
        }
        self.reasons: list[Reason] = []
        self.input: BaseModel
        if not is_sent:
            self.keep_quiet()

    def is_valid(self) -> bool:
        """Check everything, also what the input's own rules say; keeps uploads for the next try."""
        if self.data is None:
            return False
        well_typed = [part.is_valid() for part in self.parts]
        values = self.values()
        try:
            self.input = self.schema.model_validate(values)
        except ValidationError as problem:
            for error in problem.errors():
                self.blame(error["loc"], message_of(error))
        return all(well_typed) and not self.problems

    def values(self) -> dict[str, Any]:
        """What was typed, as the input wants it: nothing for an empty field."""
        found = {name: value for name, value in self.fields.cleaned_data.items() if not name.endswith(STORED)}
        found.update(self.kept_uploads(found))
        for name, group in self.groups.items():
            found[name] = [row for form in group.forms if (row := filled(form.cleaned_data))]
            if not is_list(shape_of_field(self.schema.model_fields[name])):
                found[name] = found[name][0] if found[name] else None
        return filled(found)

    def kept_uploads(self, found: dict[str, Any]) -> dict[str, Any]:
        """Store each uploaded file and put its hash, and its name where the input asks for it, in its place."""
        kept: dict[str, Any] = {}
        for name in upload_names(self.schema):
            uploaded = found.get(name)
            if uploaded:
                limit = mark(shape_of_field(self.schema.model_fields[name]), UploadMark).limit
                kept[name] = files.store(uploaded.chunks(), limit=limit).sha256
                self.remember(name, kept[name], uploaded.name)
            else:
                kept[name] = self.fields.cleaned_data.get(name + STORED)
            if (named := f"{name}_name") in self.schema.model_fields:
                kept[named] = uploaded.name if uploaded else found.get(named)
        return kept

    def remember(self, name: str, sha256: str, file_name: str) -> None:
        """Keep a stored file in the form that is shown again, so that nobody uploads twice."""
        assert self.data is not None
        self.data[name + STORED] = sha256
        if f"{name}_name" in self.schema.model_fields:
            self.data[f"{name}_name"] = file_name
        self.fields.data = self.data

    def blame(self, where: tuple[int | str, ...], message: str) -> None:
        """Put a message beside its field, unless what was typed there is faulted already."""
        form, name = self.found(where)
        if name is None or name not in form.errors:
            form.add_error(name, message)

    def found(self, where: tuple[int | str, ...]) -> tuple[forms.BaseForm, str | None]:
        """The form and field that a path of the input leads to; no field: it belongs above the form."""
        form: forms.BaseForm = self.fields
        name = str(where[0]) if where else ""
        if name in self.groups:
            row = where[1] if len(where) > 1 and isinstance(where[1], int) else 0
            shown = self.groups[name].forms
            form = shown[row] if row < len(shown) else self.fields
            name = str(where[-1])
        return form, name if name in form.fields else None

    def refuse(self, reasons: Iterable[Reason]) -> None:
        """Show why the rules refuse, each reason beside its field, all of them in the summary."""
        for reason in reasons:
            if reason.field:
                path = tuple(int(part) if part.isdigit() else part for part in reason.field.split("."))
                form, name = self.found(path)
                form.add_error(name, told(reason))
            else:
                self.reasons.append(reason)

    def keep_quiet(self) -> None:
        """Keep uploads, and show what was typed without errors: a row was added or taken away."""
        self.fields.is_valid()
        self.kept_uploads(self.fields.cleaned_data)
        unchecked(self.fields)
        for group in self.groups.values():
            unchecked(group)

    @property
    def parts(self) -> list[forms.Form | Rows]:
        """The plain fields and the groups, in the order in which they are shown: a group that the input begins with
        comes before the plain fields.
        """
        first = next(iter(self.schema.model_fields), "")
        groups = [group for name, group in self.groups.items() if name != first]
        return [*([self.groups[first]] if first in self.groups else []), self.fields, *groups]

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, for the error summary."""
        general = [Problem(told(reason), source=reason.source) for reason in self.reasons]
        return problems(general, *self.parts) if self.data is not None else general


def message_of(error: Any) -> str:
    """Our words for what pydantic found; a validator's own ValueError text as it is."""
    text = MESSAGES.get(error["type"])
    if text is not None:
        return str(text).format(**error.get("ctx", {}))
    if error["type"] == "value_error":
        return gettext(str(error["ctx"]["error"]))
    return gettext("This is not what was asked for. Look at the hint of the field.")


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def starting_values(schema: type[BaseModel]) -> dict[str, Any]:
    """The defaults of the input, shown to begin with."""
    plain = {name: info.default for name, info in schema.model_fields.items() if not info.is_required()}
    return {name: value for name, value in plain.items() if isinstance(value, str | int | bool)}


def group_names(schema: type[BaseModel]) -> list[str]:
    return [name for name, info in schema.model_fields.items() if row_model(shape_of_field(info))]


def upload_names(schema: type[BaseModel]) -> list[str]:
    return [name for name, info in schema.model_fields.items() if mark(shape_of_field(info), UploadMark)]


def plain_form(schema: type[BaseModel], place: Place) -> type[forms.Form]:
    """The form class of everything that is no repeating group."""
    found: dict[str, Any] = {}
    uploads = upload_names(schema)
    for name, info in schema.model_fields.items():
        if row_model(shape_of_field(info)):
            continue
        found[name] = field_for(info, place)
        if name in uploads:
            found[name + STORED] = forms.CharField(required=False, widget=forms.HiddenInput(), max_length=64)
        if name.endswith("_name") and name.removesuffix("_name") in uploads:
            found[name].widget, found[name].required = forms.HiddenInput(), False
    return type(f"{schema.__name__}Form", (forms.Form,), found)


def group_form(name: str, schema: type[BaseModel], place: Place) -> type[Rows]:
    """The Rows class of one group; a group that is no list has exactly one row."""
    info = schema.model_fields[name]
    shape = shape_of_field(info)
    inner = row_model(shape)
    assert inner
    many = is_list(shape)
    least = 1 if info.is_required() else 0
    made = rows_of(plain_form(inner, place), minimum=least, maximum=200 if many else 1)
    made.legend, made.hint = translated(info.title), translated(info.description)
    made.heading = translated(inner.model_config.get("title")) or gettext("Entry")
    return made


def rows_to_show(value: Any) -> list[dict[str, Any]]:
    if value is None:
        return []
    rows = value if isinstance(value, list) else [value]
    return [row.model_dump() if isinstance(row, BaseModel) else dict(row) for row in rows]

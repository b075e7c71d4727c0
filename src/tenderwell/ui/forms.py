"""How forms are drawn, and the summary of what is wrong with them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.functional import Promise

from tenderwell.ui.rows import Rows

# Forms of other packages use Django's own widgets: drawn with our templates and classes they look the same.
REPLACED = {
    "django/forms/widgets/radio.html": "ui/forms/radios.html",
    "django/forms/widgets/checkbox_select.html": "ui/forms/checkboxes.html",
    "django/forms/widgets/clearable_file_input.html": "ui/forms/upload.html",
    "django/forms/widgets/file.html": "ui/forms/upload.html",
    "django/forms/errors/list/default.html": "ui/forms/errors.html",
    "django/forms/errors/list/ul.html": "ui/forms/errors.html",
}
CSS = {
    "django/forms/widgets/checkbox.html": "govuk-checkboxes__input",
    "django/forms/widgets/select.html": "govuk-select",
    "django/forms/widgets/textarea.html": "govuk-textarea",
    "django/forms/widgets/file.html": "govuk-file-upload",
    "django/forms/widgets/clearable_file_input.html": "govuk-file-upload",
}
INPUTS = ("text", "email", "url", "number", "password", "date", "datetime", "time", "tel", "search", "input")
LEFT_TO_RIGHT = ("email", "url", "tel", "password", "number")
Part = forms.BaseForm | Rows | Iterable["Problem"]


class Renderer(TemplatesSetting):
    """Draws forms, fields and widgets with the templates of ui/forms (setting FORM_RENDERER)."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/rows.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if "widget" in context:
            context = {**context, "widget": _with_class(context["widget"], template=template_name)}
        return super().render(REPLACED.get(template_name, template_name), context, request)


def _with_class(widget: dict[str, Any], *, template: str) -> dict[str, Any]:
    """The widget with the class of its kind, unless it has one."""
    kind = template.removeprefix("django/forms/widgets/").removesuffix(".html")
    css = CSS.get(template) or ("govuk-input" if kind in INPUTS else "")
    if not css or "class" in widget["attrs"]:
        return widget
    # A placeholder only repeats the label, and vanishes when somebody types.
    attrs = {"class": css, **{name: value for name, value in widget["attrs"].items() if name != "placeholder"}}
    if widget.get("type") in LEFT_TO_RIGHT:
        attrs.setdefault("dir", "ltr")
    return {**widget, "attrs": attrs}


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: what is wrong, where to mend it (id of a control), and the rule behind it."""

    text: str | Promise
    control: str = ""
    source: str | Promise = ""


def first_control(field: forms.BoundField) -> str:
    """The id of the first control of a field, which a link can lead to."""
    is_split = isinstance(field.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget))
    return f"{field.auto_id}_0" if is_split else field.auto_id


def control_of(form: forms.BaseForm, name: str) -> str:
    """The id of the control to blame for a reason about the input `name`; empty when the form has no such field."""
    return first_control(form[name]) if name in form.fields else ""


def problems(*parts: Part) -> list[Problem]:
    """Everything that is wrong, in the order of the page: of forms, of rows, and problems given as such."""
    return [problem for part in parts if part for problem in _problems_of(part)]


def unchecked(part: forms.BaseForm | Rows) -> None:
    """Show what was typed without a word about what is missing: a row was added, the form was not sent."""
    for form in part.forms if isinstance(part, Rows) else [part]:
        # Django checks a bound form when it is first asked for errors; this answers before it does.
        form._errors = ErrorDict()  # type: ignore[attr-defined]  # the stubs leave it out
        form.cleaned_data = {}
    if isinstance(part, Rows):
        part._errors = [ErrorDict() for _form in part.forms]  # type: ignore[attr-defined]  # the stubs leave it out
        part._non_form_errors = part.error_class(renderer=part.renderer)  # type: ignore[attr-defined]  # as above


def _problems_of(part: Part) -> Iterator[Problem]:
    if isinstance(part, forms.BaseForm):
        yield from _problems_of_form(part)
    elif isinstance(part, Rows):
        yield from _problems_of_rows(part)
    else:
        yield from part


def _problems_of_rows(rows: Rows) -> Iterator[Problem]:
    """Those of each row, named by it; what is wrong with their number only when nothing else is."""
    found = [
        problem
        for number, form in enumerate(rows.forms, 1)
        for problem in _problems_of_form(form, where=f"{rows.heading} {number}, " if rows.max_num != 1 else "")
    ]
    yield from found or (Problem(str(message), f"rows-{rows.prefix}") for message in rows.non_form_errors())


def _problems_of_form(form: forms.BaseForm, *, where: str = "") -> Iterator[Problem]:
    for message in form.non_field_errors():
        yield Problem(f"{where}{message}")
    for field in form:
        for error in field.errors.as_data():
            words = _named(field, error=error, where=where)
            yield Problem(words, "" if field.is_hidden else first_control(field))


def _named(field: forms.BoundField, *, error: forms.ValidationError, where: str) -> str:
    """The message as it is when it was written for this field; with the label in front when it fits any field."""
    message = " ".join(str(one) for one in error.messages)
    general = {str(text) for kind in type(field.field).__mro__ for text in _messages_of(kind).values()}
    own = {str(text) for text in field.field.error_messages.values()} - general
    if str(error.message) in own:
        return message
    label = str(field.label)
    return f"{where}{label}{' ' if label.endswith(('?', '.', '!', ':', '؟')) else ': '}{message}"


def _messages_of(kind: type) -> dict[str, object]:
    return getattr(kind, "default_error_messages", {})

"""Forms are drawn so that everybody can fill them in; what is wrong is named and linked."""

import re

from django import forms
from django.http import QueryDict

from tenderwell.ui.fields import DateField
from tenderwell.ui.forms import Problem, control_of, problems, unchecked
from tenderwell.ui.rows import Rows, changed_rows, rows_of


class Row(forms.Form):
    name = forms.CharField(label="Name")
    due = DateField(label="Due", required=False)


class Sheet(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="A", error_messages={"required": "Enter an address"})
    day = DateField(label="Day")
    kind = forms.ChoiceField(label="Which?", choices=[("a", "A")], widget=forms.RadioSelect)
    text = forms.CharField(label="Text", widget=forms.Textarea, max_length=9)
    is_sure = forms.BooleanField(label="Sure")


def rows(typed: str) -> Rows:
    return rows_of(Row, maximum=3)(QueryDict(typed), prefix="r")


def test_every_description_and_link_leads_somewhere() -> None:
    form = Sheet(QueryDict("email=x"))
    html = str(form)
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    described = {name for names in re.findall(r'aria-describedby="([^"]+)"', html) for name in names.split()}
    assert described <= ids
    assert {problem.control for problem in problems(form)} <= ids
    assert set(re.findall(r'\bfor="([^"]+)"', html)) <= ids


def test_plain_widgets_get_the_look() -> None:
    html = str(Sheet())
    for css in ("govuk-input", "govuk-radios__input", "govuk-js-character-count", "govuk-checkboxes__input"):
        assert css in html


def test_a_general_message_carries_the_label_and_a_written_one_does_not() -> None:
    texts = [str(problem.text) for problem in problems(Sheet(QueryDict("")))]
    assert texts[:3] == ["Enter an address", "Day: Enter a date", "Which? This field is required."]


def test_a_problem_leads_to_the_first_control() -> None:
    form = Sheet()
    found = [control_of(form, name) for name in ("email", "day", "kind", "none")]
    assert found == ["id_email", "id_day_0", "id_kind_0", ""]


def test_problems_come_in_the_order_given() -> None:
    general = Problem("The period is too short", source="Article 27")
    texts = [str(problem.text) for problem in problems([general], rows("r-TOTAL_FORMS=1&r-INITIAL_FORMS=0"))]
    assert texts == ["The period is too short", "Entry 1, Name: This field is required."]


def test_add_another_gives_one_more_row_and_keeps_what_was_typed() -> None:
    data = changed_rows(QueryDict("r-TOTAL_FORMS=1&r-INITIAL_FORMS=0&r-0-name=x&add-row=r"))
    assert data is not None
    found = rows_of(Row)(data, prefix="r")
    unchecked(found)
    assert len(found.forms) == 2
    assert problems(found) == []
    assert 'value="x"' in str(found)


def test_remove_moves_the_later_rows_up() -> None:
    typed = "r-TOTAL_FORMS=3&r-INITIAL_FORMS=0&r-0-name=a&r-1-name=b&r-2-name=c&r-2-due_day=7&remove-row=r:1"
    data = changed_rows(QueryDict(typed))
    assert data is not None
    assert (data["r-TOTAL_FORMS"], data["r-1-name"], data["r-1-due_day"]) == ("2", "c", "7")
    assert "r-2-name" not in data


def test_a_form_that_was_sent_changes_no_rows() -> None:
    assert changed_rows(QueryDict("r-TOTAL_FORMS=1&remove-row=nonsense")) is None


def test_rows_offer_only_what_is_allowed() -> None:
    full = "r-TOTAL_FORMS=3&r-INITIAL_FORMS=0"
    assert 'name="add-row"' not in str(rows(full))
    assert 'name="remove-row"' in str(rows(full))
    assert 'name="remove-row"' not in str(rows("r-TOTAL_FORMS=1&r-INITIAL_FORMS=0"))

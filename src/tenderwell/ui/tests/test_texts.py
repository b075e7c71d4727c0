"""Translatable texts are found without gettext, an update keeps what is translated, and what is offered is complete."""

from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import to_locale

from tenderwell.ui.build import places, texts
from tenderwell.ui.build.catalogues import faults
from tenderwell.ui.build.texts import Text

COUNT = "{% blocktranslate count n=x %}{{ n }} bid{% plural %}{{ n }} bids{% endblocktranslate %}"
TEMPLATE = "{% load i18n %}{% translate 'Hello' %}" + COUNT
CODE = 'a = _("Late")\nb = ngettext("%(n)s day", "%(n)s days", 2)\nc = other("No")\nd = pgettext("role", "Lead")\n'
PLACED = '''
BOTH = {"a": "First", "b": "Second"}
class Input(BaseModel):
    name: str = Field("", title="Name", description="As in the register", pattern="x")
def rule(facts):
    text = "Too late." if facts else "Too early."
    return Reason("late", text, "Art. 1")
def other(flaw):
    text = unknown()
    yield Reason(flaw, BOTH[flaw])
    yield Reason("odd", text)
@command(on=Process, input=Input)
def submit(act, process, data):
    """Submit a bid.

    More.
    """
'''


def test_texts_of_templates_and_python_are_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(TEMPLATE)
    (tmp_path / "code.py").write_text(CODE)
    found = [Text("Late"), Text("%(n)s day", "%(n)s days"), Text("Lead", context="role")]
    assert texts.texts_of(tmp_path) == [*found, Text("Hello"), Text("%(n)s bid", "%(n)s bids")]


def test_texts_are_found_by_where_they_stand() -> None:
    found = ["Name", "As in the register", "Too late.", "Too early.", "First", "Second", "Submit a bid"]
    assert list(places.placed_texts(PLACED)) == found


def test_a_reason_whose_text_nobody_can_find_is_named() -> None:
    assert places.unreadable_reasons(PLACED) == [11]


def test_an_update_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    first = texts.update(file, texts=[Text("Late"), Text("Gone")])
    first[0].msgstr = "En retard"
    first.save(str(file))
    second = texts.update(file, texts=[Text("New"), Text("Late")])
    assert [(entry.msgid, entry.msgstr) for entry in second] == [("New", ""), ("Late", "En retard")]


PARTS = texts.parts_with_texts()
OFFERED = [to_locale(code) for code, _name in settings.LANGUAGES if code != "en"]


def untranslated(part: str, language: str) -> set[str]:
    """The texts of a part that its catalogue does not translate."""
    file = texts.catalogue_of(part, language)
    made = polib.pofile(str(file)).translated_entries() if file.exists() else []
    known = {(entry.msgid, entry.msgctxt or "") for entry in made}
    return {text.single for text in PARTS[part] if (text.single, text.context) not in known}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", OFFERED)
def test_every_part_is_complete_in_each_language_that_is_offered(part: str, language: str) -> None:
    assert untranslated(part, language) == set()


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", OFFERED)
def test_every_catalogue_is_well_formed(part: str, language: str) -> None:
    assert faults(texts.catalogue_of(part, language)) == []


def test_arabic_is_always_offered_for_it_proves_right_to_left() -> None:
    assert "ar" in OFFERED


def test_the_text_of_every_reason_is_found() -> None:
    files = [path for path in texts.PACKAGE.rglob("*.py") if "tests" not in path.parts]
    lines = {str(path): places.unreadable_reasons(path.read_text("utf-8")) for path in files}
    assert {path: found for path, found in lines.items() if found} == {}

"""Translatable texts are found without gettext, and an update keeps what is translated."""

from pathlib import Path

import polib

from tenderwell.ui.build import texts
from tenderwell.ui.build.catalogues import faults

COUNT = "{% blocktranslate count n=x %}{{ n }} bid{% plural %}{{ n }} bids{% endblocktranslate %}"
TEMPLATE = "{% load i18n %}{% translate 'Hello' %}" + COUNT


def test_texts_of_templates_and_python_are_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(TEMPLATE)
    (tmp_path / "code.py").write_text('a = _("Late")\nb = ngettext("%(n)s day", "%(n)s days", 2)\nc = other("No")\n')
    found = [("Late", ""), ("%(n)s day", "%(n)s days"), ("Hello", ""), ("%(n)s bid", "%(n)s bids")]
    assert texts.texts_of(tmp_path) == found


def test_an_update_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    first = texts.update(file, texts=[("Late", ""), ("Gone", "")])
    first[0].msgstr = "En retard"
    first.save(str(file))
    second = texts.update(file, texts=[("New", ""), ("Late", "")])
    assert [(entry.msgid, entry.msgstr) for entry in second] == [("New", ""), ("Late", "En retard")]


UI = Path(__file__).parent.parent
PORTAL = UI.parent / "public" / "portal"


def arabic_of(part: Path) -> set[str]:
    made = polib.pofile(str(part / "locale" / "ar" / "LC_MESSAGES" / "django.po"))
    return {entry.msgid for entry in made.translated_entries()}


def test_the_arabic_of_the_interface_is_complete() -> None:
    assert {single for single, _plural in texts.texts_of(UI)} - arabic_of(UI) == set()


def test_the_arabic_of_the_public_site_is_well_formed() -> None:
    assert faults(PORTAL / "locale" / "ar" / "LC_MESSAGES" / "django.po") == []
    assert len(arabic_of(PORTAL)) > 250

"""Compiles translation catalogues without gettext, and tells what is wrong with one."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib

# The plural forms of Django's own catalogues.
PLURAL_FORMS = {"ar": 6, "ru": 4, "es": 3, "fr": 2, "zh_Hans": 1, "en": 2}
MARKS = re.compile(r"%\(\w+\)[sd]|%%|</?\w+|\{\w*\}")


def compile_catalogues(sources: Path) -> int:
    """Write a .mo beside each .po below `sources` that is newer; returns how many there are."""
    found = sorted(sources.rglob("LC_MESSAGES/*.po"))
    for file in found:
        compiled = file.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < file.stat().st_mtime:
            polib.pofile(str(file)).save_as_mofile(str(compiled))
    return len(found)


def faults(file: Path) -> list[str]:
    """What would show wrong to a reader: plural forms that do not fit, placeholders or tags that differ."""
    language = file.parts[-3]
    catalogue = polib.pofile(str(file))
    stated = re.search(r"nplurals=(\d)", catalogue.metadata.get("Plural-Forms", ""))
    found = [] if stated and int(stated[1]) == PLURAL_FORMS[language] else ["the header has the wrong Plural-Forms"]
    return found + [fault for entry in catalogue for fault in _entry_faults(entry, language=language)]


def _entry_faults(entry: polib.POEntry, *, language: str) -> Iterator[str]:
    if entry.obsolete or not entry.translated():
        return
    if entry.msgid_plural and len(entry.msgstr_plural) != PLURAL_FORMS[language]:
        yield f"{entry.msgid!r}: {len(entry.msgstr_plural)} plural forms"
    if entry.msgid_plural:
        known = set(MARKS.findall(entry.msgid_plural))
        if any(not set(MARKS.findall(form)) <= known for form in entry.msgstr_plural.values()):
            yield f"{entry.msgid!r}: a plural form has a placeholder of its own"
    elif sorted(MARKS.findall(entry.msgid)) != sorted(MARKS.findall(entry.msgstr)):
        yield f"{entry.msgid!r}: placeholders or tags differ"

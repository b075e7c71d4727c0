"""Collects the translatable texts of each part into its catalogues, without gettext.

``python -m tenderwell.ui.build.texts ar fr`` writes locale/<language>/LC_MESSAGES/django.po into every part that has
texts: new texts come in empty, texts that are gone go out, translations stay. It prints how much is translated.
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from tenderwell.ui.build.catalogues import PLURAL_FORMS
from tenderwell.ui.build.places import placed_texts

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}
# As Django's own catalogues count.
PLURALS = {
    "ar": "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5",
    "ru": "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : n%10==0 || "
    "(n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3)",
    "es": "n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2",
    "fr": "(n > 1)",
    "zh_Hans": "0",
}
PACKAGE = Path(__file__).resolve().parents[2]
# Where the parts of the product are: each folder here that has texts has its own catalogues. What only operators read
# (the command line, the demo, the replay's report) is in English.
GROUPS = ("ledger", "core", "ui", "public/*", "workroom/*")
IN_ENGLISH = ("workroom/replay",)


class Text(NamedTuple):
    """A text as the code has it. plural: for counts, else "". context: tells two meanings of one word apart."""

    single: str
    plural: str = ""
    context: str = ""


def parts_with_texts() -> dict[str, list[Text]]:
    """Each part of the product that shows texts, by its folder below the package."""
    folders = sorted(path for group in GROUPS for path in PACKAGE.glob(group) if (path / "__init__.py").exists())
    found = {str(folder.relative_to(PACKAGE)): texts_of(folder) for folder in folders}
    return {name: texts for name, texts in found.items() if texts and name not in IN_ENGLISH}


def catalogue_of(part: str, language: str) -> Path:
    return PACKAGE / part / "locale" / language / "LC_MESSAGES" / "django.po"


def texts_of(folder: Path) -> list[Text]:
    """Every text of the Python files and templates below the folder; tests left out."""
    sources = sorted(
        path for path in folder.rglob("*") if path.suffix in (".py", ".html") and "tests" not in path.parts
    )
    return list(dict.fromkeys(message for path in sources for message in _texts_of_file(path)))


def _texts_of_file(path: Path) -> Iterator[Text]:
    source = path.read_text("utf-8")
    code = templatize(source) if path.suffix == ".html" else source
    for _line, found, _comments, context in extract("python", BytesIO(code.encode()), KEYWORDS):
        single, plural = (found[0], found[-1]) if isinstance(found, tuple) else (found, "")
        if single:
            yield Text(str(single), str(plural) if plural and plural != single else "", str(context or ""))
    if path.suffix == ".py":
        yield from (Text(text) for text in placed_texts(source) if text)


def update(catalogue: Path, *, texts: Iterable[Text]) -> polib.POFile:
    """Write the catalogue with these texts in their order, keeping the translations that it has."""
    language = catalogue.parts[-3]
    old = polib.pofile(str(catalogue)) if catalogue.exists() else []
    kept = {(entry.msgid, entry.msgctxt or ""): entry for entry in old}
    new = polib.POFile(wrapwidth=118)
    new.metadata = {"Language": language, "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8"}
    new.metadata |= {"Content-Transfer-Encoding": "8bit"}
    new.metadata["Plural-Forms"] = f"nplurals={PLURAL_FORMS[language]}; plural={PLURALS[language]};"
    for text in texts:
        entry = kept.get((text.single, text.context)) or polib.POEntry(msgid=text.single, msgctxt=text.context or None)
        if text.plural and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural = text.plural, dict.fromkeys(range(PLURAL_FORMS[language]), "")
        if "%(" in text.single and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        new.append(entry)
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(catalogue))
    return new


def main(*languages: str) -> int:
    """Update the catalogues of every part; returns the exit status."""
    for language in languages:
        for part, texts in parts_with_texts().items():
            made = update(catalogue_of(part, language), texts=texts)
            print(f"{language} {part}: {len(made.translated_entries())} of {len(made)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

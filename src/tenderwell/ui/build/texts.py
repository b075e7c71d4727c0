"""Collects the translatable texts of one part into its catalogues, without gettext.

``python -m tenderwell.ui.build.texts src/tenderwell/ui ar fr`` writes locale/<language>/LC_MESSAGES/django.po in that
folder: new texts come in empty, texts that are gone go out, translations stay. It prints how much is translated.
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from tenderwell.ui.build.catalogues import PLURAL_FORMS

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
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
Message = tuple[str, str]


def texts_of(folder: Path) -> list[Message]:
    """Every text of the Python files and templates below the folder, with its plural or ""; tests left out."""
    sources = sorted(
        path for path in folder.rglob("*") if path.suffix in (".py", ".html") and "tests" not in path.parts
    )
    return list(dict.fromkeys(message for path in sources for message in _texts_of_file(path)))


def _texts_of_file(path: Path) -> Iterator[Message]:
    source = path.read_text("utf-8")
    code = templatize(source) if path.suffix == ".html" else source
    for _line, found, _comments, _context in extract("python", BytesIO(code.encode()), KEYWORDS):
        single, plural = (found[0], found[1]) if isinstance(found, tuple) else (found, "")
        if single:
            yield str(single), str(plural or "")


def update(catalogue: Path, *, texts: Iterable[Message]) -> polib.POFile:
    """Write the catalogue with these texts in their order, keeping the translations that it has."""
    language = catalogue.parts[-3]
    old = {entry.msgid: entry for entry in polib.pofile(str(catalogue))} if catalogue.exists() else {}
    new = polib.POFile(wrapwidth=118)
    new.metadata = {"Language": language, "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8"}
    new.metadata |= {"Content-Transfer-Encoding": "8bit"}
    new.metadata["Plural-Forms"] = f"nplurals={PLURAL_FORMS[language]}; plural={PLURALS[language]};"
    for single, plural in texts:
        entry = old.get(single) or polib.POEntry(msgid=single)
        if plural and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural = plural, dict.fromkeys(range(PLURAL_FORMS[language]), "")
        if "%(" in single and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        new.append(entry)
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(catalogue))
    return new


def main(folder: str, *languages: str) -> int:
    """Update the catalogues of a part; returns the exit status."""
    texts = texts_of(Path(folder))
    for language in languages:
        made = update(Path(folder) / "locale" / language / "LC_MESSAGES" / "django.po", texts=texts)
        print(f"{language}: {len(made.translated_entries())} of {len(made)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

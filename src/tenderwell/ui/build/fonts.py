"""Cuts the web fonts to the letters we need, and makes fixed-weight fonts for letters in PDF."""

import logging
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LATIN = "noto-sans/files/noto-sans-latin-wght-normal.woff2"
LATIN_EXTENDED = "noto-sans/files/noto-sans-latin-ext-wght-normal.woff2"
CYRILLIC = "noto-sans/files/noto-sans-cyrillic-wght-normal.woff2"
ARABIC = "noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2"
EUROPEAN_LETTERS = (*range(0x100, 0x180), *range(0x218, 0x21C), 0x1E9E, 0x20BA, 0x20BD)
# Arabic as the language itself writes it; letters of other languages fall back to a system font.
ARABIC_LETTERS = (
    *range(0x20, 0x7F), 0xA0, 0xAB, 0xBB, 0x60C, *range(0x610, 0x653), *range(0x660, 0x670),
    *range(0x200B, 0x2010), *range(0x2010, 0x2027), 0xFD3E, 0xFD3F,
)  # fmt: skip
WEB = {"noto-sans-latin": (LATIN, ()), "noto-sans-latin-ext": (LATIN_EXTENDED, EUROPEAN_LETTERS),
       "noto-sans-cyrillic": (CYRILLIC, ()), "noto-sans-arabic": (ARABIC, ARABIC_LETTERS)}  # fmt: skip
# Typst takes one file per family and weight, so each script is a family of its own.
PRINT = {"Tenderwell Sans": LATIN, "Tenderwell Sans Extended": LATIN_EXTENDED,
         "Tenderwell Sans Cyrillic": CYRILLIC, "Tenderwell Sans Arabic": ARABIC}  # fmt: skip
WEIGHTS = {"Regular": 400, "Bold": 700}
NAME_IDS = {"family": 1, "style": 2, "full": 4, "postscript": 6}


def write_web_fonts(source: Path, *, into: Path) -> None:
    """Write each web font as woff2, cut to the letters listed for it."""
    into.mkdir(parents=True, exist_ok=True)
    for name, (file, letters) in WEB.items():
        body = (source / file).read_bytes()
        (into / f"{name}.woff2").write_bytes(_cut(body, letters=letters) if letters else body)


def write_print_fonts(source: Path, *, into: Path) -> None:
    """Write each font in regular and bold as TrueType, which the typesetter of letters reads."""
    # fontTools reports every table it drops; that says nothing to the person who builds.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    into.mkdir(parents=True, exist_ok=True)
    for family, file in PRINT.items():
        for style, weight in WEIGHTS.items():
            font = instantiateVariableFont(TTFont(source / file), {"wght": weight}, inplace=True)
            _rename(font, family=family, style=style)
            font["OS/2"].usWeightClass = weight
            font.flavor = None
            font.save(into / f"{family.replace(' ', '')}-{style}.ttf")


def _cut(body: bytes, *, letters: tuple[int, ...]) -> bytes:
    options = Options(layout_features=["*"], flavor="woff2", notdef_outline=True)
    font = TTFont(BytesIO(body))
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _rename(font: TTFont, *, family: str, style: str) -> None:
    table = font["name"]
    names = {"family": family, "style": style, "full": f"{family} {style}", "postscript": f"{family}-{style}"}
    # Typographic names (16, 17) and the variation prefix (25) would win over the new family name.
    for name_id in (16, 17, 21, 22, 25):
        table.removeNames(nameID=name_id)
    for key, name in names.items():
        table.setName(name.replace(" ", "") if key == "postscript" else name, NAME_IDS[key], 3, 1, 0x409)

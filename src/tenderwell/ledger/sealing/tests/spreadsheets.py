"""Spreadsheets as office programs write them, and as attackers do."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

NS = "http://schemas.openxmlformats.org"
MAIN = f"{NS}/spreadsheetml/2006/main"
RELATION = f"{NS}/officeDocument/2006/relationships"
BOOK = (
    f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{RELATION}"><x:sheets>'
    '<x:sheet name="a" sheetId="7" r:id="rId9"/></x:sheets></x:workbook>'
)
RELATIONS = (
    f'<Relationships xmlns="{NS}/package/2006/relationships"><Relationship Id="rId1" Type="x" Target="styles.xml"/>'
    f'<Relationship Id="rId9" Type="{RELATION}/worksheet" Target="/xl/worksheets/list.xml"/></Relationships>'
)


def office(rows: Sequence[Sequence[str | float]], **changed: str) -> bytes:
    """Compressed, texts shared, numbers as numbers, every cell with its address, empty cells left out.

    changed: other contents of the parts "sheet", "texts", "book".
    """
    texts = list(dict.fromkeys(cell for row in rows for cell in row if isinstance(cell, str)))
    lines = "".join(line(number, row, texts) for number, row in enumerate(rows, 1))
    shared = "".join(f"<si><r><t>{text[:1]}</t></r><r><t>{text[1:]}</t></r></si>" for text in texts)
    parts = {
        "xl/workbook.xml": changed.get("book", BOOK),
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/sharedStrings.xml": changed.get("texts", f'<sst xmlns="{MAIN}">{shared}</sst>'),
        "xl/worksheets/list.xml": changed.get(
            "sheet", f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{lines}</x:sheetData></x:worksheet>'
        ),
    }
    return packed(parts)


def line(number: int, row: Sequence[str | float], texts: Sequence[str]) -> str:
    cells = "".join(cell(f"{chr(65 + place)}{number}", value, texts) for place, value in enumerate(row))
    return f'<x:row r="{number}">{cells}</x:row>'


def cell(name: str, value: str | float, texts: Sequence[str]) -> str:
    if value == "":
        return ""
    if isinstance(value, str):
        return f'<x:c r="{name}" t="s"><x:v>{texts.index(value)}</x:v></x:c>'
    return f'<x:c r="{name}"><x:v>{value!r}</x:v></x:c>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """A hundred million spaces in 100 KB."""
    return office([], sheet=" " * 100_000_000)

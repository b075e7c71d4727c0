"""Official letters as tagged PDF (PDF/UA-1), set by typst from data: no system library, no markup in the data."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

import typst
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from tenderwell.ui.build import FONTS
from tenderwell.ui.theme import current_city

TEMPLATES = Path(__file__).parent / "letters"
Part = Mapping[str, object]


@dataclass(frozen=True)
class Attachment:
    """A JSON file inside the letter, as the OCDS release that it tells of."""

    name: str
    body: bytes
    text: str


@dataclass(frozen=True)
class Letter:
    """What the template `letter` sets; `particulars` are lines such as reference and date, `parts` see below."""

    title: str
    parts: Sequence[Part]
    recipient: Sequence[str] = ()
    particulars: Sequence[str] = ()
    signature: Sequence[str] = ()
    footer: str = ""
    sender: str = field(default_factory=lambda: current_city().name)
    service: str = field(default_factory=lambda: _("Public procurement"))
    colour: str = field(default_factory=lambda: current_city().theme.colour)
    language: str = field(default_factory=lambda: (get_language() or "en").split("-")[0])
    direction: str = field(default_factory=lambda: "rtl" if get_language_bidi() else "ltr")


def heading(text: str) -> Part:
    """A heading of a part of the letter."""
    return {"kind": "heading", "text": text}


def paragraph(text: str) -> Part:
    """A paragraph."""
    return {"kind": "text", "text": text}


def bullets(items: Sequence[str]) -> Part:
    """A list."""
    return {"kind": "list", "items": list(items)}


def grid(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()) -> Part:
    """A table with a head; `numbers` are the indexes of columns set at the end."""
    head = [{"label": label, "number": index in numbers} for index, label in enumerate(columns)]
    return {"kind": "table", "columns": head, "rows": [list(row) for row in rows]}


def letter_pdf(
    template_name: str,
    data: Letter | Mapping[str, object],
    *,
    when: dt.datetime | None = None,
    attachment: Attachment | None = None,
) -> bytes:
    """The PDF of a template in ui/letters; the same data with the same `when` gives the same bytes."""
    body = asdict(data) if isinstance(data, Letter) else dict(data)
    inputs = {"data": json.dumps(body, ensure_ascii=False)}
    if attachment:
        inputs |= {"attachment": attachment.body.decode(), "attachment_name": attachment.name}
        inputs["attachment_text"] = attachment.text
    made = typst.compile(
        TEMPLATES / f"{template_name}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards="ua-1",
        timestamp=when,
    )
    if not isinstance(made, bytes):
        raise TypeError(template_name)
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Our fonts, and those of the system for scripts that we have none for."""
    return typst.Fonts(font_paths=[str(FONTS)])

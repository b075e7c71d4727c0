"""Letters are tagged, say their language, carry their record, and are the same every time."""

import datetime as dt

import pytest
from django.utils import translation

from tenderwell.ui import build, pdf

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
RELEASE = pdf.Attachment("release.json", b'{"ocid": "ocds-x7k2mq-1"}', "The OCDS release of this decision")


def letter(title: str = "Decision on your bid") -> pdf.Letter:
    table = pdf.grid(["Criterion", "Points"], [["Price", "52.10"]], numbers=[1])
    parts = [pdf.paragraph("*No* #markup[is] read $x$."), pdf.heading("Points"), table, pdf.bullets(["Complain."])]
    return pdf.Letter(title, parts, recipient=["Coastal Roofing"], footer="ocds-x7k2mq-1")


def test_a_letter_is_tagged_and_names_its_language() -> None:
    made = pdf.letter_pdf("letter", letter(), when=NOW).replace(b" ", b"")
    for mark in (b"%PDF-1.7", b"/StructTreeRoot", b"/MarkInfo", b"/Lang(en)", b"pdfuaid", b"/DisplayDocTitletrue"):
        assert mark in made


def test_a_letter_carries_its_release() -> None:
    made = pdf.letter_pdf("letter", letter(), when=NOW, attachment=RELEASE)
    assert b"/EmbeddedFile" in made
    assert b"release.json" in made


def test_the_same_letter_is_the_same_bytes() -> None:
    assert pdf.letter_pdf("letter", letter(), when=NOW) == pdf.letter_pdf("letter", letter(), when=NOW)


def test_an_arabic_letter_runs_from_right_to_left() -> None:
    with translation.override("ar"):
        made = pdf.letter_pdf("letter", letter("قرار بشأن عطائكم"), when=NOW).replace(b" ", b"")
    assert b"/Lang(ar)" in made
    assert b"/Direction/R2L" in made


@pytest.mark.skipif(not build.FONTS.exists(), reason="the fonts are not built: python -m tenderwell.ui.build")
def test_letters_embed_our_fonts() -> None:
    assert b"TenderwellSans-Bold" in pdf.letter_pdf("letter", letter(), when=NOW)

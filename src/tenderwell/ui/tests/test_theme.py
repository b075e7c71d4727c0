"""Whatever colour a city chooses, its pages stay legible."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ui.theme import THEMES, contrast, legible_brand, theme_css

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def values_of(brand: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):(#\w{6})", theme_css(brand, "#ffb000")))


@given(colours)
def test_text_keeps_its_contrast(brand: str) -> None:
    found = values_of(brand)
    assert contrast(found["--brand"], "#ffffff") >= 5.5
    assert contrast(found["--govuk-link-colour"], found["--brand-tint"]) >= 4.5
    assert contrast(found["--govuk-link-hover-colour"], "#ffffff") >= 4.5
    assert contrast(found["--brand-dark"], found["--brand-soft"]) >= 4.5


@given(colours)
def test_chart_series_are_told_apart(brand: str) -> None:
    found = values_of(brand)
    assert contrast(found["--chart-1"], found["--chart-2"]) >= 3
    assert min(contrast(found[f"--chart-{number}"], "#ffffff") for number in (1, 2)) >= 3


def test_a_dark_brand_stays_as_it_is() -> None:
    assert legible_brand("#0b5d66") == "#0b5d66"


def test_each_theme_has_an_address_of_its_own() -> None:
    assert len({theme.version for theme in THEMES.values()}) == len(THEMES)

"""One brand colour in, a whole set of legible colours out.

Every derived pair keeps the contrast of WCAG 2.2: 4.5:1 for text, 3:1 for charts and borders of controls. A brand
colour that is too light for white text is darkened until it passes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

Rgb = tuple[float, ...]
WHITE, BLACK = "#ffffff", "#000000"
STEPS = 50


@dataclass(frozen=True)
class Theme:
    """The two colours and the mark of a city; `mark` is wave or tree."""

    brand: str
    accent: str
    mark: str

    @property
    def css(self) -> str:
        """The custom properties of the theme as a stylesheet."""
        return theme_css(self.brand, self.accent)

    @property
    def version(self) -> str:
        """Changes whenever the stylesheet does, so that browsers may keep it for ever."""
        return hashlib.sha256(self.css.encode()).hexdigest()[:12]

    @property
    def colour(self) -> str:
        """The brand colour as it is shown, dark enough for white text."""
        return legible_brand(self.brand)


THEMES = {
    "port-aurora": Theme("#0b5d66", "#ffb000", "wave"),
    "villa-serena": Theme("#7a1f4b", "#e0a458", "tree"),
    "granite": Theme("#33475b", "#ff7a59", "wave"),
}


@dataclass(frozen=True)
class City:
    """How the installation presents itself: from the settings TENDERWELL_CITY and TENDERWELL_THEME."""

    name: str
    theme: Theme


def current_city() -> City:
    """The city of the settings."""
    return City(settings.TENDERWELL_CITY, THEMES[settings.TENDERWELL_THEME])


def contrast(first: str, second: str) -> float:
    """The WCAG contrast ratio of two colours like "#0b5d66", from 1 to 21."""
    lighter, darker = sorted((_luminance(_rgb(first)), _luminance(_rgb(second))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(first: str, second: str, *, share: float) -> str:
    """The first colour with `share` (0 to 1) of the second in it."""
    return _hex(tuple(a * (1 - share) + b * share for a, b in zip(_rgb(first), _rgb(second), strict=True)))


def legible_brand(brand: str) -> str:
    """The brand colour, darkened until white text on it has a contrast of 5.5:1."""
    return _first(_shades(brand, towards=BLACK), against=WHITE, ratio=5.5)


@lru_cache(maxsize=32)
def theme_css(brand: str, accent: str) -> str:
    """The stylesheet of a theme."""
    properties = {**_page_colours(brand, accent), **_chart_colours(brand)}
    return ":root{" + ";".join(f"{name}:{value}" for name, value in properties.items()) + "}\n"


def _page_colours(brand: str, accent: str) -> dict[str, str]:
    shown = legible_brand(brand)
    tint = mix(shown, WHITE, share=0.94)
    link = _first(_shades(shown, towards=BLACK), against=tint, ratio=4.5)
    return {
        "--govuk-brand-colour": shown,
        "--govuk-link-colour": link,
        "--govuk-link-hover-colour": mix(shown, BLACK, share=0.45),
        "--govuk-link-visited-colour": mix(link, "#4b2a85", share=0.6),
        "--govuk-template-background-colour": tint,
        "--govuk-surface-background-colour": tint,
        "--govuk-surface-border-colour": mix(shown, WHITE, share=0.6),
        "--brand": shown,
        "--brand-dark": mix(shown, BLACK, share=0.35),
        "--brand-tint": tint,
        "--brand-soft": mix(shown, WHITE, share=0.86),
        "--brand-line": mix(shown, WHITE, share=0.7),
        "--accent": accent,
    }


def _chart_colours(brand: str) -> dict[str, str]:
    """Two series, 3:1 against white and against each other (WCAG 1.4.11), and a third told apart by its outline."""
    shown = legible_brand(brand)
    light = _first(reversed(list(_shades(shown, towards=WHITE))), against=WHITE, ratio=3.05)
    dark = _first(_shades(shown, towards=BLACK), against=light, ratio=3.0)
    return {"--chart-1": dark, "--chart-2": light, "--chart-3": mix(shown, WHITE, share=0.78)}


def _shades(colour: str, *, towards: str) -> Iterator[str]:
    return (mix(colour, towards, share=step / STEPS) for step in range(STEPS + 1))


def _first(colours: Iterable[str], *, against: str, ratio: float) -> str:
    found = BLACK
    for found in colours:
        if contrast(found, against) >= ratio:
            break
    return found


def _rgb(colour: str) -> Rgb:
    digits = colour.lstrip("#")
    return tuple(int(digits[start : start + 2], 16) for start in (0, 2, 4))


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(max(0.0, min(255.0, part))):02x}" for part in colour)


def _luminance(colour: Rgb) -> float:
    linear = [part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

"""What every template needs: the city, the languages, the sections of the site."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from tenderwell.ui.navigation import footer_sections, header_sections
from tenderwell.ui.theme import current_city

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


@dataclass(frozen=True)
class Language:
    """One language of the language navigation: its own name, and this page in it."""

    code: str
    name: str
    url: str

    @property
    def direction(self) -> str:
        return "rtl" if self.code.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def city(request: HttpRequest) -> dict[str, object]:
    """Context processor of the base template; also for a request refused before its host or its reader was known."""
    path = request.get_full_path()
    return {
        "address": settings.TENDERWELL_ADDRESS,
        "city": current_city(),
        "languages": [Language(code, str(name), translate_url(path, code)) for code, name in settings.LANGUAGES],
        "header_sections": header_sections(request),
        "footer_sections": footer_sections(request),
    }

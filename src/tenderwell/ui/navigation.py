"""The entries of the service navigation and of the footer, which each app adds when it starts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

Text = str | Promise


def _for_everybody(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Section:
    """One entry: `key` marks it on pages with that `section` in their context; lower `order` comes first."""

    key: str
    label: Text
    url_name: str
    order: int = 50
    is_shown: Callable[[HttpRequest], bool] = _for_everybody

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_header: dict[str, Section] = {}
_footer: dict[str, Section] = {}


def add_to_header(section: Section) -> None:
    """Show the section in the service navigation; call it in AppConfig.ready()."""
    _header[section.key] = section


def add_to_footer(section: Section) -> None:
    """Show the section in the footer; call it in AppConfig.ready()."""
    _footer[section.key] = section


def header_sections(request: HttpRequest) -> list[Section]:
    """What this reader sees in the service navigation."""
    return _shown(_header, request=request)


def footer_sections(request: HttpRequest) -> list[Section]:
    """What this reader sees in the footer."""
    return _shown(_footer, request=request)


def _shown(sections: dict[str, Section], *, request: HttpRequest) -> list[Section]:
    return sorted((one for one in sections.values() if one.is_shown(request)), key=lambda one: one.order)

"""Django's name for the desk."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tenderwell.ui.navigation import Section, add_to_header


def is_signed_in(request: HttpRequest) -> bool:
    """A request refused early, such as one with a wrong Host, has no user yet: its error page is for anybody."""
    return hasattr(request, "user") and request.user.is_authenticated


class DeskConfig(AppConfig):
    name = "tenderwell.workroom.desk"
    label = "desk"

    def ready(self) -> None:
        """Load every procedure and jurisdiction: they may use the rules of every stage, so they come last."""
        from tenderwell.workroom.procedures import load

        load()
        add_to_header(Section("desk", _("Your desk"), "desk:home", order=5, is_shown=is_signed_in))

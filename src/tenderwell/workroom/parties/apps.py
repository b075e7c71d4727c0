"""Django's name for this part."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "tenderwell.workroom.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from tenderwell.workroom.parties import commands, identity  # noqa: F401

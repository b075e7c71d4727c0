"""Django's name for this stage."""

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "tenderwell.workroom.remedies"
    label = "remedies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from tenderwell.workroom.remedies import commands, queries  # noqa: F401

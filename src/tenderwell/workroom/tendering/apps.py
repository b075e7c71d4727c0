"""Django's name for this stage."""

from django.apps import AppConfig


class TenderingConfig(AppConfig):
    name = "tenderwell.workroom.tendering"
    label = "tendering"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from tenderwell.workroom.tendering import commands, queries  # noqa: F401

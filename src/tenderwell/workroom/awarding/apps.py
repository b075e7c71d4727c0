"""Django's name for this stage."""

from django.apps import AppConfig


class AwardingConfig(AppConfig):
    name = "tenderwell.workroom.awarding"
    label = "awarding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from tenderwell.workroom.awarding import commands, queries  # noqa: F401

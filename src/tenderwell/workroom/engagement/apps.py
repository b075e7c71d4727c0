"""Django's name for this stage."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "tenderwell.workroom.engagement"
    label = "engagement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from tenderwell.workroom.engagement import commands, queries  # noqa: F401

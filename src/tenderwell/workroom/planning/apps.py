"""Django's name for this stage."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "tenderwell.workroom.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from tenderwell.workroom.planning import commands, queries  # noqa: F401

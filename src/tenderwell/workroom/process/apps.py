"""Django's name for this part."""

from django.apps import AppConfig


class ProcessConfig(AppConfig):
    name = "tenderwell.workroom.process"
    label = "process"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from tenderwell.workroom.process import commands, queries  # noqa: F401

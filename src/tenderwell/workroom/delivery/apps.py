"""Django's name for this stage."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "tenderwell.workroom.delivery"
    label = "delivery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from tenderwell.workroom.delivery import commands, queries  # noqa: F401

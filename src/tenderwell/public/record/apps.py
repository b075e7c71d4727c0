"""Django's name for the public record; hands its projector to the machinery."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "tenderwell.public.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tenderwell.core import command
        from tenderwell.public.record import projection

        command.project_with(projection.project)

"""Django's name for the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "tenderwell.workroom.desk"
    label = "desk"

    def ready(self) -> None:
        """Load every procedure and jurisdiction: they may use the rules of every stage, so they come last."""
        from tenderwell.workroom.procedures import load

        load()

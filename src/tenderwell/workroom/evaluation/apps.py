"""Django's name for this stage."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "tenderwell.workroom.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself."""
        from tenderwell.workroom.evaluation import commands, queries, views  # noqa: F401

"""Django's name for the machinery."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "tenderwell.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

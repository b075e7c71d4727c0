"""Django's name for the open data."""

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "tenderwell.public.opendata"
    label = "opendata"
    default_auto_field = "django.db.models.BigAutoField"

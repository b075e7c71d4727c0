"""Django's name for the write API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "tenderwell.workroom.api"
    label = "api"

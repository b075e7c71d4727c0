"""Django's name for the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "tenderwell.workroom.desk"
    label = "desk"

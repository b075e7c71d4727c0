"""The Django app of the user interface."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tenderwell.ui"
    label = "ui"
    verbose_name = "User interface"

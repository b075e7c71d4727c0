"""Django's name for the playbook."""

from django.apps import AppConfig


class PlaybookConfig(AppConfig):
    name = "tenderwell.public.playbook"
    label = "playbook"

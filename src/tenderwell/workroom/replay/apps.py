"""Django's name for the replay."""

from django.apps import AppConfig


class ReplayConfig(AppConfig):
    name = "tenderwell.workroom.replay"
    label = "replay"

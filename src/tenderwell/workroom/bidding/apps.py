"""Django's name for this part."""

from django.apps import AppConfig


class BiddingConfig(AppConfig):
    name = "tenderwell.workroom.bidding"
    label = "bidding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tenderwell.workroom.bidding import commands, extending, heartbeats, queries

        assert commands and extending and heartbeats and queries

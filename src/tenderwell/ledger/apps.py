"""Django's name for the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "tenderwell.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

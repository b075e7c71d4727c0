"""Django's name for messages; its own contrib app has taken the short one."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "tenderwell.workroom.messages"
    label = "told"
    default_auto_field = "django.db.models.BigAutoField"

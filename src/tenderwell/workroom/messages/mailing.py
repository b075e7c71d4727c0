"""Messages by e-mail: sent until the mail server takes them, in the reader's language, the same text to everybody."""

import smtplib
from datetime import datetime

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tenderwell.public.portal.history import sentence
from tenderwell.public.record.models import Release
from tenderwell.workroom.messages.models import Message

log = structlog.get_logger()
AT_ONCE = 50


def mail(now: datetime) -> int:
    """Send what waits, the oldest first; returns how many went. A mail server that fails is asked again next time."""
    waiting = Message.objects.filter(mailed_at=None).select_related("person", "process").order_by("made_at", "pk")
    sent = 0
    for message in waiting[:AT_ONCE]:
        try:
            send(message)
        except (smtplib.SMTPException, OSError) as error:
            log.warning("mail_waits", error=type(error).__name__)
            break
        message.mailed_at = now
        message.save(update_fields=["mailed_at"])
        sent += 1
    return sent


def send(message: Message) -> None:
    """It says nothing that is not public, and not why the reader gets it: that a firm has bid is a secret."""
    with translation.override(message.person.language):
        subject = _("News of “{title}”").format(title=" ".join(message.process.title.split()))
        page = settings.TENDERWELL_ADDRESS + reverse("portal:process", args=(message.process.ocid,))
        end = _("You get this because the tender is on your desk or you follow it.")
        send_mail(subject, f"{text_of(message)}\n\n{page}\n\n{end}\n", None, [message.person.email])


def text_of(message: Message) -> str:
    """What happened, in the language in force."""
    return sentence(Release.objects.get(pk=message.release).content)

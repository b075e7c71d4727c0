"""Who follows what, what each person was told, and how far the ledger has been read for it."""

from django.db import models

from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.process.models import Process


class Following(models.Model):
    """A person wants to hear of a process. A preference, not an act: it leaves no entry in the ledger."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="followings")
    process = models.ForeignKey(Process, models.CASCADE, related_name="followings")
    since = models.DateTimeField()

    class Meta:
        app_label = "told"
        unique_together = [("person", "process")]


class Message(models.Model):
    """One published act told to one person. release: its id. mailed_at: when the e-mail was handed over."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="messages")
    process = models.ForeignKey(Process, models.CASCADE, related_name="messages")
    release = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, db_index=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "told"
        unique_together = [("person", "release")]
        indexes = [models.Index(fields=["person", "-made_at"])]


class Reached(models.Model):
    """One row: the first entry of the ledger that has not been looked at."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    index = models.BigIntegerField()

    class Meta:
        app_label = "told"

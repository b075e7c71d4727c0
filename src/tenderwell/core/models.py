"""The journal of performed acts: who did what and when, for the auditor, and what opens each blind leaf."""

import uuid

from django.db import models


class ActRecord(models.Model):
    """One event of one performed command; its ledger entry carries this id (or the release id) as `ref`.

    preimage: for a blind event what its leaf commits to, salt included; deleting it shreds the act.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=100)
    command = models.CharField(max_length=80)
    event = models.CharField(max_length=80)
    actor = models.CharField(max_length=60)
    organisation = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    ref = models.CharField(max_length=140, unique=True)
    commitment = models.CharField(max_length=64, blank=True)
    preimage = models.JSONField(null=True)

    class Meta:
        app_label = "core"
        indexes = [models.Index(fields=["subject", "at"])]

"""Complaints."""

from django.db import models

from tenderwell.core.identifiers import uuid7
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.models import Process


class Complaint(models.Model):
    """One complaint. code: its public id; against: tender or award; what: the words of the complainant."""

    STATUSES = (("pending", "Pending"), ("upheld", "Upheld"), ("dismissed", "Dismissed"), ("withdrawn", "Withdrawn"))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    process = models.ForeignKey(Process, models.PROTECT, related_name="complaints")
    code = models.CharField(max_length=30)
    complainant = models.ForeignKey(Organisation, models.PROTECT)
    against = models.CharField(max_length=10)
    grounds = models.CharField(max_length=250)
    text = models.TextField()
    remedy_asked = models.TextField()
    made_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=STATUSES, default="pending")
    decision = models.TextField(blank=True)
    remedy = models.CharField(max_length=30, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "remedies"
        unique_together = [("process", "code")]

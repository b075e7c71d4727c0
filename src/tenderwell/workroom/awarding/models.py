"""Awards, and why a process ended without one."""

from django.db import models

from tenderwell.core.identifiers import uuid7
from tenderwell.workroom.bidding.models import Bid
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.models import Process


class Award(models.Model):
    """The decision to buy from one supplier or consortium.

    code: its public id. lot: id of the lot, or empty. bid: none in a direct award. amount: without VAT, Decimal
    with up to 6 places, none where only unit prices were agreed. items: OCDS items with their agreed unit values.
    """

    STATUSES = (("active", "Active"), ("cancelled", "Cancelled"))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    process = models.ForeignKey(Process, models.PROTECT, related_name="awards")
    code = models.CharField(max_length=120)
    title = models.CharField(max_length=250, blank=True)
    lot = models.CharField(max_length=200, blank=True)
    bid = models.ForeignKey(Bid, models.PROTECT, null=True, related_name="awards")
    suppliers = models.ManyToManyField(Organisation, related_name="awards")
    amount = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    currency = models.CharField(max_length=3)
    items = models.JSONField(default=list)
    rationale = models.TextField()
    status = models.CharField(max_length=12, choices=STATUSES, default="active")
    decided_at = models.DateTimeField()

    class Meta:
        app_label = "awarding"
        unique_together = [("process", "code")]

    def __str__(self) -> str:
        return self.title or self.code


class Ending(models.Model):
    """That a process ended without a contract. kind: unsuccessful (nobody fitted) or cancelled."""

    process = models.OneToOneField(Process, models.PROTECT, related_name="ending")
    kind = models.CharField(max_length=15)
    reason = models.TextField()
    ended_at = models.DateTimeField()

    class Meta:
        app_label = "awarding"

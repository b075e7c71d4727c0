"""Contracts and what becomes of them."""

from decimal import Decimal

from django.db import models

from tenderwell.core.identifiers import uuid7
from tenderwell.workroom.awarding.models import Award
from tenderwell.workroom.process.models import Process


class Contract(models.Model):
    """One contract from one award. amount: without VAT, Decimal; at_signing: its amount before any change.

    withdrawal: why its draft was withdrawn. ends_award: whether its award is not contracted anew after that.
    """

    STATUSES = (("pending", "Pending"), ("active", "Active"), ("terminated", "Ended"), ("cancelled", "Cancelled"))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    process = models.ForeignKey(Process, models.PROTECT, related_name="contracts")
    award = models.ForeignKey(Award, models.PROTECT, related_name="contracts")
    code = models.CharField(max_length=120)
    title = models.CharField(max_length=250)
    amount = models.DecimalField(max_digits=24, decimal_places=6)
    at_signing = models.DecimalField(max_digits=24, decimal_places=6)
    currency = models.CharField(max_length=3)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=12, choices=STATUSES, default="pending")
    buyer_signed_at = models.DateTimeField(null=True)
    supplier_signed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    withdrawal = models.TextField(blank=True)
    ends_award = models.BooleanField(default=False)

    class Meta:
        app_label = "delivery"
        unique_together = [("process", "code")]

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"

    @property
    def is_signed(self) -> bool:
        return self.buyer_signed_at is not None and self.supplier_signed_at is not None


class Milestone(models.Model):
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="milestones")
    code = models.CharField(max_length=30)
    title = models.CharField(max_length=250)
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    evidence = models.TextField(blank=True)

    class Meta:
        app_label = "delivery"
        unique_together = [("contract", "code")]


class Result(models.Model):
    """What was measured of one outcome. value: as measured, with its unit in the outcome."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="results")
    code = models.CharField(max_length=30)
    outcome = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    measured = models.CharField(max_length=100)
    measured_at = models.DateTimeField()
    notes = models.TextField(blank=True)

    class Meta:
        app_label = "delivery"
        unique_together = [("contract", "code")]


class Invoice(models.Model):
    """due_at: by law from receipt. days_to_pay: whole days from receipt to payment."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="invoices")
    code = models.CharField(max_length=60)
    number = models.CharField(max_length=60)
    amount = models.DecimalField(max_digits=24, decimal_places=6)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=60, blank=True)  # id of the person, who may not pay it as well
    disputed_reason = models.TextField(blank=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "delivery"
        unique_together = [("contract", "code")]

    @property
    def days_to_pay(self) -> int | None:
        return (self.paid_at - self.received_at).days if self.paid_at else None


class Change(models.Model):
    """A change of a contract: proposed with reason and impact, in force once approved, or rejected with a reason."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="changes")
    code = models.CharField(max_length=30)
    reason = models.TextField()
    user_impact = models.TextField()
    description = models.TextField()
    amount_change = models.DecimalField(max_digits=24, decimal_places=6, default=Decimal(0))
    new_end = models.DateTimeField(null=True)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    rejected_at = models.DateTimeField(null=True)
    rejection = models.TextField(blank=True)

    class Meta:
        app_label = "delivery"
        unique_together = [("contract", "code")]


class Review(models.Model):
    """What one side says of the other. by: buyer or supplier; rating: 1 to 5."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="reviews")
    by = models.CharField(max_length=10)
    rating = models.PositiveSmallIntegerField()
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        app_label = "delivery"


class Closing(models.Model):
    """The end of a contract: acceptance, final account, the three questions and lessons."""

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="closing")
    final_amount = models.DecimalField(max_digits=24, decimal_places=6)
    as_asked = models.TextField()
    as_needed = models.TextField()
    difference = models.TextField()
    lessons = models.JSONField(default=list)
    closed_at = models.DateTimeField()

    class Meta:
        app_label = "delivery"

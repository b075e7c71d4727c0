"""The parts of a tender; drafts until it is published, changed by amendments after it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenderwell.workroom.process.models import Process


class Brief(models.Model):
    """The 13 things that requirements must say. Source: guidelines 4.2.1."""

    process = models.OneToOneField(Process, models.PROTECT, related_name="brief")
    problem = models.TextField()
    users = models.TextField()
    skills = models.TextField()
    standards = models.TextField()
    work_stage = models.TextField()
    latest_start = models.DateField(null=True)
    budget = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    payment_approach = models.TextField()
    incentives = models.TextField()
    expected_length = models.TextField()
    questions = models.TextField()
    engagement_results = models.TextField(blank=True)
    working_arrangements = models.TextField(blank=True)
    handover = models.TextField(blank=True)
    security_clearance = models.TextField(blank=True)
    invoicing = models.TextField(blank=True)

    class Meta:
        app_label = "tendering"


class Requirement(models.Model):
    """One requirement, essential or desirable, with its reason and the outcome it serves.

    words: the most words of a bid's answer; None: as many as the jurisdiction allows.
    """

    process = models.ForeignKey(Process, models.PROTECT, related_name="requirements")
    code = models.CharField(max_length=30)
    title = models.CharField(max_length=250)
    text = models.TextField()
    importance = models.CharField(max_length=10)
    reason = models.TextField()
    outcome = models.CharField(max_length=30, blank=True)
    words = models.PositiveIntegerField(null=True)

    class Meta:
        app_label = "tendering"
        unique_together = [("process", "code")]


class Lot(models.Model):
    """A part that can be won by itself. reserved: OCDS reservedParticipation codes, or none."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="lots")
    code = models.CharField(max_length=30)
    title = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    reserved = ArrayField(models.CharField(max_length=40), default=list)
    sustainability = models.TextField(blank=True)

    class Meta:
        app_label = "tendering"
        unique_together = [("process", "code")]


class Item(models.Model):
    process = models.ForeignKey(Process, models.PROTECT, related_name="items")
    code = models.CharField(max_length=60)
    description = models.TextField()
    scheme = models.CharField(max_length=20)
    classification = models.CharField(max_length=40)
    classification_text = models.CharField(max_length=500, blank=True)
    quantity = models.DecimalField(max_digits=24, decimal_places=6)
    unit = models.CharField(max_length=120, blank=True)
    lot = models.CharField(max_length=30, blank=True)

    class Meta:
        app_label = "tendering"
        unique_together = [("process", "code")]


class CriteriaSet(models.Model):
    """How bids will be compared. trees: see tendering.criteria; sha256 and frozen_at once published."""

    process = models.OneToOneField(Process, models.PROTECT, related_name="criteria")
    trees = models.JSONField()
    price_reason = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tendering"


class Dates(models.Model):
    process = models.OneToOneField(Process, models.PROTECT, related_name="dates")
    closes_at = models.DateTimeField()
    questions_until = models.DateTimeField()
    contract_start = models.DateTimeField(null=True)
    contract_end = models.DateTimeField(null=True)

    class Meta:
        app_label = "tendering"


class Enquiry(models.Model):
    """A question; asker: who asked, never published."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="enquiries")
    code = models.CharField(max_length=30)
    asker = models.CharField(max_length=80)
    text = models.TextField()
    lot = models.CharField(max_length=30, blank=True)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tendering"
        unique_together = [("process", "code")]


class Amendment(models.Model):
    """differences: [{"field", "before", "after"}] as people read them."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="amendments")
    code = models.CharField(max_length=30)
    reason = models.TextField()
    differences = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "tendering"
        unique_together = [("process", "code")]

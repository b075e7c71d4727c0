"""The parts of a plan; everything here is a draft until the plan is published."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tenderwell.workroom.process.models import Process


class UserNeed(models.Model):
    """What somebody needs and how we know. consent: the people asked agreed; never who they are."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="user_needs")
    code = models.CharField(max_length=30)
    who = models.CharField(max_length=250)
    need = models.TextField()
    source = models.CharField(max_length=250)
    method = models.CharField(max_length=60)
    participants = models.PositiveIntegerField(null=True)
    consent = models.BooleanField()

    class Meta:
        app_label = "planning"
        unique_together = [("process", "code")]


class Assumption(models.Model):
    """What is taken for true; result: empty while it is untested."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="assumptions")
    code = models.CharField(max_length=30)
    description = models.TextField()
    test = models.TextField(blank=True)
    result = models.TextField(blank=True)

    class Meta:
        app_label = "planning"
        unique_together = [("process", "code")]


class Outcome(models.Model):
    """What shall be better afterwards, and how anybody can measure it. owner: a role."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="outcomes")
    code = models.CharField(max_length=30)
    title = models.CharField(max_length=250)
    measure = models.CharField(max_length=250)
    baseline = models.CharField(max_length=100)
    target = models.CharField(max_length=100)
    source = models.CharField(max_length=250)
    owner = models.CharField(max_length=60)
    due_on = models.DateField(null=True)
    sdgs = ArrayField(models.CharField(max_length=6), default=list)
    social_values = ArrayField(models.CharField(max_length=60), default=list)
    needs = ArrayField(models.CharField(max_length=30), default=list)
    is_payment_linked = models.BooleanField(default=False)

    class Meta:
        app_label = "planning"
        unique_together = [("process", "code")]


class CostLine(models.Model):
    """One cost over the whole life. amount: without VAT, a year where years > 1; total = amount x years."""

    PHASES = (("acquisition", "Buying"), ("operation", "Running"), ("switching", "Switching"), ("end_of_life", "End"))

    process = models.ForeignKey(Process, models.PROTECT, related_name="cost_lines")
    code = models.CharField(max_length=30)
    description = models.CharField(max_length=250)
    phase = models.CharField(max_length=20, choices=PHASES)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    years = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=250)
    estimated_on = models.DateField()

    class Meta:
        app_label = "planning"
        unique_together = [("process", "code")]


class Comparable(models.Model):
    """What the same cost elsewhere, and where that can be read."""

    line = models.ForeignKey(CostLine, models.PROTECT, related_name="comparables")
    code = models.CharField(max_length=30)
    description = models.CharField(max_length=250)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    source = models.CharField(max_length=500)
    ocid = models.CharField(max_length=120, blank=True)

    class Meta:
        app_label = "planning"
        unique_together = [("line", "code")]


class FundsConfirmation(models.Model):
    """That the money is there: by the budget holder, against a budget line."""

    process = models.OneToOneField(Process, models.PROTECT, related_name="funds")
    budget_line = models.CharField(max_length=120)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    source = models.CharField(max_length=250)
    confirmed_at = models.DateTimeField()

    class Meta:
        app_label = "planning"


class RouteDecision(models.Model):
    """How the need is met: the four questions, the procedure, the reason; approved by somebody else when not open."""

    process = models.OneToOneField(Process, models.PROTECT, related_name="route")
    make = models.TextField()
    reuse = models.TextField()
    join = models.TextField()
    option = models.CharField(max_length=10)
    reason = models.TextField()
    legal_ground = models.CharField(max_length=250, blank=True)
    decided_by = models.CharField(max_length=60)
    decided_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "planning"


class NotApplicable(models.Model):
    """A guideline step that is left out here, with the reason that is published."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="not_applicable")
    step = models.CharField(max_length=6)
    reason = models.TextField()
    stated_at = models.DateTimeField()

    class Meta:
        app_label = "planning"
        unique_together = [("process", "step")]

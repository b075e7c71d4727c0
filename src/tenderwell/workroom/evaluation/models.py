"""Who scores under which code, the shortlist, individual sheets, agreed scores, and what was published."""

from django.db import models

from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.process.models import Process


class Evaluator(models.Model):
    """A person who scores, and the code under which the sheets are published; the code tells nothing of the person."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="evaluators")
    person = models.ForeignKey(Person, models.PROTECT)
    code = models.CharField(max_length=20)

    class Meta:
        app_label = "evaluation"
        unique_together = [("process", "person"), ("process", "code")]


class Shortlist(models.Model):
    """Who meets the minimum; the latest counts.

    rows: [{"bid", "requirement", "title", "score": 0 | 1 | 2, "reason"}]. excluded: codes of bids that are out.
    """

    process = models.ForeignKey(Process, models.PROTECT, related_name="shortlists")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    rows = models.JSONField()
    excluded = models.JSONField(default=list)
    few_reason = models.TextField(blank=True)

    class Meta:
        app_label = "evaluation"
        unique_together = [("process", "number")]


class ScoreSheet(models.Model):
    """One evaluator's scores for a lot; the latest version counts, and none is ever changed.

    lot: "" when the tender is not divided. scores: [{"bid", "criterion", "points": "7.5", "reason"}], in order of bid
    and criterion. nonce: 16 bytes in hex. commitment: see docs/reference/evaluation-package.md. correction: why this
    version replaces the one before.
    """

    process = models.ForeignKey(Process, models.PROTECT, related_name="score_sheets")
    evaluator = models.ForeignKey(Evaluator, models.PROTECT, related_name="sheets")
    lot = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField()
    submitted_at = models.DateTimeField()
    scores = models.JSONField()
    nonce = models.CharField(max_length=32)
    commitment = models.CharField(max_length=64)
    correction = models.TextField(blank=True)

    class Meta:
        app_label = "evaluation"
        unique_together = [("evaluator", "lot", "version")]


class Consensus(models.Model):
    """The agreed scores of a lot; the latest counts.

    scores: [{"bid", "criterion", "points", "reason", "difference"}]; difference names the individual scores that were
    other than the agreed one. sheets: commitments of the sheets it was agreed from.
    """

    process = models.ForeignKey(Process, models.PROTECT, related_name="consensuses")
    lot = models.CharField(max_length=200, blank=True)
    number = models.PositiveIntegerField()
    agreed_at = models.DateTimeField()
    scores = models.JSONField()
    sheets = models.JSONField()

    class Meta:
        app_label = "evaluation"
        unique_together = [("process", "lot", "number")]


class Evaluation(models.Model):
    """A published evaluation; the latest counts (a decided complaint may ask for another).

    ranking: as in the package. sha256, size: of the package file.
    """

    process = models.ForeignKey(Process, models.PROTECT, related_name="evaluations")
    number = models.PositiveIntegerField()
    completed_at = models.DateTimeField()
    report = models.TextField(blank=True)
    ranking = models.JSONField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    class Meta:
        app_label = "evaluation"
        unique_together = [("process", "number")]

"""The early notice of a process and the comments on it."""

from django.db import models

from tenderwell.workroom.process.models import Process


class EarlyNotice(models.Model):
    """One a process. changes: what became different because of the comments; empty while it is open."""

    process = models.OneToOneField(Process, models.PROTECT, related_name="early_notice")
    title = models.CharField(max_length=250)
    text = models.TextField()
    published_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    changes = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "engagement"


class Comment(models.Model):
    """author: a name the commenter chose to show, or empty."""

    notice = models.ForeignKey(EarlyNotice, models.PROTECT, related_name="comments")
    code = models.CharField(max_length=30)
    author = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    passage = models.CharField(max_length=250, blank=True)
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "engagement"
        unique_together = [("notice", "code")]

"""The tables of the public record: releases as they were published, and what they amount to."""

import json
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Source(models.Model):
    """Another publisher whose releases were imported. licence: as the publisher names it; language: of the texts."""

    name = models.TextField(primary_key=True)
    uri = models.TextField(blank=True)
    licence = models.TextField(blank=True)
    language = models.TextField(blank=True)

    class Meta:
        app_label = "record"


class Release(models.Model):
    """One release. id: ours, or "import-" and the digest; body: canonical bytes; source: empty for our own."""

    id = models.CharField(primary_key=True, max_length=200)
    ocid = models.TextField(db_index=True)
    date = models.DateTimeField(db_index=True)
    tags = ArrayField(models.TextField())
    act_name = models.TextField(blank=True)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    source = models.TextField(blank=True)

    class Meta:
        app_label = "record"

    @property
    def content(self) -> dict[str, Any]:
        """The release as JSON values."""
        content: dict[str, Any] = json.loads(bytes(self.body))
        return content


class Record(models.Model):
    """One process as its releases leave it. Everything but `body` is taken from it, for lists and search."""

    ocid = models.TextField(primary_key=True)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    stage = models.CharField(max_length=20)
    status = models.TextField(blank=True)
    title = models.TextField(blank=True)
    description = models.TextField(blank=True)
    reference = models.TextField(blank=True)
    buyer_id = models.TextField(blank=True)
    buyer_name = models.TextField(blank=True)
    method = models.TextField(blank=True)
    method_details = models.TextField(blank=True)
    category = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    currency = models.TextField(blank=True)
    closes = models.DateTimeField(null=True)
    published = models.DateTimeField()
    updated = models.DateTimeField()
    source = models.TextField(blank=True)
    language = models.TextField(blank=True)
    search = SearchVectorField()

    class Meta:
        app_label = "record"
        indexes = [
            GinIndex(fields=["search"], name="record_search"),
            models.Index(fields=["-published", "ocid"], name="record_newest"),
            models.Index(fields=["closes", "ocid"], name="record_closing"),
            models.Index(fields=["-amount", "ocid"], name="record_value"),
            models.Index(fields=["buyer_id"], name="record_buyer"),
        ]

    @property
    def compiled(self) -> dict[str, Any]:
        """The compiled release as JSON values."""
        compiled: dict[str, Any] = json.loads(bytes(self.body))
        return compiled

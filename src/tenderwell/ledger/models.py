"""The log's tables. Only the ledger writes them; triggers forbid changing what is written."""

from django.db import models

# Few and without a release, so outsiders find them by their kind.
IN_THE_CLEAR = (
    "client.release/v1",
    "committee/v1",
    "key.rotated/v1",
    "opening.complaint/v1",
    "opening.done/v1",
    "opening.next/v1",
    "opening.share/v1",
    "opening.unreadable/v1",
    "rules.release/v1",
    "share.handover/v1",
    "tender.closed/v1",
    "texts.release/v1",
)


class Head(models.Model):
    """One row: how many entries there are. Appending locks it to the end of the transaction."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)

    class Meta:
        app_label = "ledger"


class Entry(models.Model):
    """One leaf. body: RFC 8785 JSON; leaf_hash: SHA-256 of 0x00 and the body; ref: what it is about."""

    idx = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=60)
    ref = models.CharField(max_length=200, db_index=True)
    body = models.BinaryField()
    leaf_hash = models.BinaryField()

    class Meta:
        app_label = "ledger"
        indexes = [models.Index(fields=["kind", "idx"], condition=models.Q(kind__in=IN_THE_CLEAR), name="in_the_clear")]


class Tile(models.Model):
    """The hashes of one tile, grown from left to right; a narrower tile is a prefix of it."""

    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        app_label = "ledger"
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="one_row_a_tile")]


class Checkpoint(models.Model):
    """A signed head of the log.

    note: signed, with the cosignatures of the witnesses that answered first; it is what receipts hold.
    fresh: the same head with later times, when it was signed again to show that the log is alive.
    is_published: whether it stands outside the database too, and may be shown.
    is_witnessed: whether `note` meets the quorum.
    """

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    fresh = models.TextField(default="")
    signed_at = models.DateTimeField()
    is_published = models.BooleanField(default=False)
    is_witnessed = models.BooleanField(default=False)

    class Meta:
        app_label = "ledger"

    @property
    def latest(self) -> str:
        """The note to serve."""
        return self.fresh or self.note

"""What every record has, and the trail of who did what."""

import json

from django.db import models
from uuid_utils.compat import uuid7

from aanchal.core import envelope


class Record(models.Model):
    """A row with an id that a phone without a network can mint (UUIDv7, RFC 9562)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class StandingRows(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(stands=True)


class Amended(models.Model):
    """A line that is never changed: a correction is a new line that names the one it corrects, a mistake is struck out (docs/adr/0019).

    `objects` are the lines that stand, so that every count follows; `told` is all that was ever written.
    """

    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    stands = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.CharField(max_length=200, blank=True)

    objects = StandingRows()
    told = models.Manager()  # noqa: DJ012 - the first is the one that relations use

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stands=True, ended_at=None, ended_why="")
                | models.Q(stands=False, ended_at__isnull=False) & ~models.Q(ended_why=""),
                name="%(app_label)s_%(class)s_says_why_it_ended",
            )
        ]

    def end(self, why: str, *, at, by) -> bool:
        """False when somebody else was first."""
        ended = {"stands": False, "ended_at": at, "ended_by": by if by.pk else None, "ended_why": why.strip()}
        return bool(type(self).objects.filter(pk=self.pk).update(**ended))

    @property
    def successor(self):
        """The line that corrects this one, if one does."""
        return type(self).told.filter(corrects=self.pk).first()

    def earlier(self) -> list:
        """What stood before this line, the newest first."""
        found, line = [], self
        while line.corrects_id and (line := type(self).told.select_related("ended_by").get(pk=line.corrects_id)):
            found.append(line)
        return found


class Sealed(Record):
    """Words about persons, sealed under the record's own key; only actions read them, and the reading is on the trail."""

    sealed = models.BinaryField(null=True)
    wrapped_key = models.BinaryField(null=True)

    class Meta:
        abstract = True

    def seal(self, told: dict) -> None:
        seal, self.wrapped_key = envelope.new(self.pk)
        self.sealed = seal.seal("told", json.dumps(told, ensure_ascii=False))

    def told(self) -> dict:
        if self.sealed is None:
            return {}
        return json.loads(envelope.opened(self.pk, self.wrapped_key).open("told", self.sealed))


class Trail(models.Model):
    """Who did what to which record. The database appends (`trail_append`) and refuses every change.

    Ids are plain values, so that no row is held hostage.
    """

    pk = models.CompositePrimaryKey("shard", "seq")
    shard = models.PositiveSmallIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    about = models.CharField(max_length=60)
    about_id = models.CharField(max_length=60)
    place_no = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    mac = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["about_id", "at"], name="trail_about"),
            models.Index(fields=["place_no", "at"], name="trail_place"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class TrailHead(models.Model):
    """The last link of each shard of the trail."""

    shard = models.PositiveSmallIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    mac = models.BinaryField(default=b"")

    def __str__(self):
        return f"shard {self.shard} at {self.seq}"


class Secret(models.Model):
    """Keys that only the database's owner may read, as the two padded blocks HMAC needs (FIPS 198-1)."""

    name = models.CharField(primary_key=True, max_length=20)
    inner_block = models.BinaryField()
    outer_block = models.BinaryField()

    def __str__(self):
        return self.name

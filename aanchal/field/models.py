"""Published forms, and what officers noted about the surveys that came."""

from django.db import models

from aanchal.core.models import Record
from aanchal.field.terms import Sign


class PublishedForm(Record):
    """One version of a form as phones receive it. Submissions of an older version stay accepted."""

    form_id = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    xform = models.BinaryField()
    published_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form_id", "version"], name="form_version_once")]

    def __str__(self):
        return f"{self.form_id} {self.version}"


class EntityStep(Record):
    """One visit of a run made without a network, as it was applied. `is_forced`: without the one before it, so that a person looks."""

    entity = models.UUIDField()
    branch = models.UUIDField()
    base = models.PositiveIntegerField()
    submission_id = models.UUIDField(unique=True)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    is_forced = models.BooleanField()
    applied_at = models.DateTimeField()
    seen_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["entity", "branch", "base"], name="step_run"),
            models.Index(fields=["place_no"], condition=models.Q(is_forced=True, seen_at=None), name="step_unsettled"),
        ]

    def __str__(self):
        return f"{self.entity} {self.base}"


class Look(Record):
    """An officer looked into a finding and noted what she learned. It comes back when the worker has sent more since."""

    sign = models.CharField(max_length=10, choices=Sign)
    about = models.CharField(max_length=40, blank=True)
    worker = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    surveys = models.PositiveIntegerField()
    note = models.CharField(max_length=300)
    looked_at = models.DateTimeField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["place_no"], name="look_place")]

    def __str__(self):
        return f"{self.sign} {self.worker_id}"

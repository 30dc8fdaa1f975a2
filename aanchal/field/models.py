"""Published forms, the forms of a state and what came with them, and what officers noted about the surveys that came."""

import json
import zlib

from django.db import models
from django.db.models import Q

from aanchal.core import envelope
from aanchal.core.models import Record
from aanchal.field.terms import FormState, Sign


class PublishedForm(Record):
    """One version of a form as phones receive it. Submissions of an older version stay accepted.

    Without a place it is the nation's; a state's own goes to the phones of that state, a test only to the phones that test it.
    """

    form_id = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    xform = models.BinaryField()
    published_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    is_test = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_id", "version"], name="form_version_once"),
            models.CheckConstraint(condition=Q(is_test=False) | Q(place__isnull=False), name="test_is_of_a_state"),
        ]

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


class StateForm(Record):
    """One version of a state's own form from the workbook on: draft, in use, retired. `problems` keep it from being tested or used."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    form_id = models.CharField(max_length=200)
    version = models.CharField(max_length=200)
    edition = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=9, choices=FormState, default=FormState.DRAFT)
    xform = models.BinaryField()
    workbook = models.BinaryField()
    file_name = models.CharField(max_length=120)
    problems = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    test = models.OneToOneField(PublishedForm, null=True, on_delete=models.PROTECT, related_name="tested")
    published = models.OneToOneField(PublishedForm, null=True, on_delete=models.PROTECT, related_name="own")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "form_id", "edition"], name="edition_once"),
            models.UniqueConstraint(fields=["place", "form_id"], condition=Q(state="DRAFT"), name="one_draft_of_a_form"),
            models.UniqueConstraint(fields=["place", "form_id"], condition=Q(state="PUBLISHED"), name="one_version_in_use"),
            models.CheckConstraint(condition=~Q(state="PUBLISHED") | Q(published_at__isnull=False), name="in_use_since"),
            models.CheckConstraint(
                condition=Q(state="RETIRED", retired_at__isnull=False) | (~Q(state="RETIRED") & Q(retired_at=None)), name="retired_when"
            ),
        ]

    def __str__(self):
        return f"{self.form_id} {self.version}"


class TestPhone(Record):
    """A phone that sees the drafts of a state, and nothing else."""

    __test__ = False
    device = models.OneToOneField("access.Device", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()

    def __str__(self):
        return str(self.device_id)


class TestAnswers(Record):
    """What was sent with a draft: kept apart from the inbox, never applied to anything."""

    __test__ = False
    form = models.ForeignKey(PublishedForm, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    instance_id = models.CharField(max_length=200, unique=True)
    received_at = models.DateTimeField()
    faults = models.JSONField(default=list)
    sender = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["form", "received_at"], name="test_answers_form")]

    def __str__(self):
        return str(self.pk)

    def answers(self) -> dict:
        return opened_answers(self)


class FormAnswers(Record):
    """What a submission of a state's own form says. A form may ask for names: sealed, and read only through `own_answers`."""

    form = models.ForeignKey(PublishedForm, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    submission_id = models.UUIDField(unique=True)
    received_at = models.DateTimeField()
    sender = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["form", "place_no", "received_at"], name="answers_form")]

    def __str__(self):
        return str(self.pk)

    def answers(self) -> dict:
        return opened_answers(self)


def packed_answers(answers: dict) -> bytes:
    return zlib.compress(json.dumps(answers).encode(), 1)


def opened_answers(row: "TestAnswers | FormAnswers") -> dict:
    return json.loads(zlib.decompress(envelope.opened(row.pk, bytes(row.wrapped_key)).open("answers", row.sealed)))

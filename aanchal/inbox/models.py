"""The raw submission, exactly as it arrived, sealed and never edited."""

import zlib

from django.db import models

from aanchal.core import envelope
from aanchal.core.models import Record
from aanchal.inbox.terms import Status


def packed(xml: bytes) -> bytes:
    """A third of the size, so that a row stays in its page; what is sealed no longer packs."""
    return zlib.compress(xml, 1)


class Submission(Record):
    """One filled form. `faults` say why it waits; `corrects` is the version it replaces; both versions stay.

    No index that nobody walks: users, phones and places are never deleted, and each index is paid for by every form.
    """

    instance_id = models.CharField(max_length=200)
    form_id = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    sender = models.ForeignKey("access.User", on_delete=models.PROTECT, db_index=False, related_name="+")
    device = models.ForeignKey("access.Device", null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, db_index=False, related_name="+")
    place_no = models.BigIntegerField()
    received_at = models.DateTimeField()
    digest = models.BinaryField(max_length=32)
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    status = models.CharField(max_length=9, choices=Status)
    faults = models.JSONField(default=list)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    reviewer = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["place_no", "received_at"], condition=models.Q(status="FLAGGED"), name="submission_waiting"),
            models.Index(fields=["sender", "received_at"], name="submission_sender"),
            models.Index(fields=["place_no", "form_id"], name="submission_place"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["instance_id"], name="submission_once"),
            models.CheckConstraint(
                condition=models.Q(reviewer=None, reviewed_at=None) | models.Q(reviewer__isnull=False, reviewed_at__isnull=False),
                name="review_has_who_and_when",
            )
        ]

    def __str__(self):
        return f"{self.form_id} {self.pk}"

    def raw(self) -> bytes:
        """The XML, byte for byte as it arrived."""
        return zlib.decompress(envelope.opened(self.pk, bytes(self.wrapped_key)).open("raw", self.sealed))


class Attachment(Record):
    """A photo or other file that came with a submission, sealed like it."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="attachments")
    place_no = models.BigIntegerField()
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "name"], name="attachment_once")]

    def __str__(self):
        return self.name

    def content(self) -> bytes:
        return envelope.opened(self.pk, self.wrapped_key).open("content", self.sealed)

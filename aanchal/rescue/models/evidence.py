"""Pieces of evidence, their files, and the chain of who held them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from aanchal.core import envelope
from aanchal.core.models import Record, Sealed
from aanchal.rescue import terms
from aanchal.rescue.models import columns
from aanchal.rescue.models.operations import Operation
from aanchal.rescue.models.prosecution import Fir
from aanchal.rescue.models.units import Unit


class Evidence(Sealed):
    """A piece of evidence. What it is and where it lay is sealed. `digest` is the SHA-256 of its file;

    of a piece without a file, of what was written of it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="evidence")
    operation = models.ForeignKey(Operation, null=True, on_delete=models.PROTECT, related_name="evidence")
    fir = models.ForeignKey(Fir, null=True, on_delete=models.PROTECT, related_name="evidence")
    place_no = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=terms.EvidenceKind)
    seal_no = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64)
    has_file = models.BooleanField(default=False)
    seized_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = columns.user()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(operation__isnull=False) | Q(fir__isnull=False), name="evidence_of_something"),
            models.UniqueConstraint(fields=["operation", "number"], name="evidence_number_in_operation"),
            models.UniqueConstraint(fields=["fir", "number"], name="evidence_number_in_fir"),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("rescue:evidence", args=[self.pk])

    @property
    def label(self) -> str:
        return f"E{self.number}"


class EvidenceFile(Record):
    """The file of a piece of evidence, byte for byte as it came, sealed."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="file")
    place_no = models.BigIntegerField()
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()

    def __str__(self):
        return f"file of {self.evidence_id}"

    def content(self) -> bytes:
        return envelope.opened(self.pk, self.wrapped_key).open("content", self.sealed)


class Custody(Record):
    """One hand-over: from whom to whom, when and why. The giver is the taker of the one before: the database refuses any other row

    (sql/rescue.sql). `link` is the hash over this row and the link before it.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="custody")
    place_no = models.BigIntegerField()
    nth = models.PositiveSmallIntegerField()
    before = models.PositiveSmallIntegerField(null=True)
    giver = models.CharField(max_length=140, null=True)  # noqa: DJ001 - a foreign key to the taker before: no giver is no key
    taker = models.CharField(max_length=140)
    keeper = models.CharField(max_length=10, choices=terms.Keeper)
    taker_user = columns.user()
    office = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=10, choices=terms.HandOver)
    is_seal_whole = models.BooleanField(default=True)
    at = models.DateTimeField()
    told_at = models.DateTimeField()
    by = columns.user()
    link = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "nth", "taker"], name="custody_taker"),
            models.UniqueConstraint(fields=["evidence", "nth"], name="custody_nth"),
            models.CheckConstraint(
                condition=Q(nth=1, before=None, giver=None) | Q(nth__gt=1, before=F("nth") - 1, giver__isnull=False),
                name="custody_follows",
            ),
        ]

    def __str__(self):
        return f"{self.nth} of {self.evidence_id}"

"""The village registers."""

import json

from django.db import models
from django.db.models import Q

from aanchal.core import envelope
from aanchal.core.models import Record, Sealed
from aanchal.registers import rules
from aanchal.registers.terms import Register


class Entry(Record):
    """One line of a village register. A mistake is corrected by a new line; the old one stays and only ceases to stand."""

    register = models.CharField(max_length=9, choices=Register)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="entries")
    household = models.ForeignKey("people.Household", null=True, on_delete=models.PROTECT, related_name="entries")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    submission_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    wrapped_key = models.BinaryField(null=True)
    is_open = models.BooleanField()
    stands = models.BooleanField(default=True)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "person", "happened_on"], condition=Q(stands=True), name="entry_once_a_day"),
            models.CheckConstraint(
                condition=Q(sealed=None, wrapped_key=None) | Q(sealed__isnull=False, wrapped_key__isnull=False),
                name="entry_text_has_its_key",
            ),
        ]
        indexes = [
            models.Index(fields=["place_no", "register", "happened_on"], condition=Q(stands=True), name="entry_place"),
        ]

    def __str__(self):
        return f"{self.register} {self.pk}"

    @property
    def line(self) -> rules.Line:
        return rules.Line(register=self.register, is_open=self.is_open, details=self.details)

    def texts(self) -> dict[str, str]:
        """What was written of persons; only for `actions.open_line`, which writes the reading on the trail."""
        if self.sealed is None:
            return {}
        return json.loads(envelope.opened(self.pk, self.wrapped_key).open("texts", self.sealed))


class Strike(Sealed):
    """A line that was entered by mistake is struck, never deleted; a reviewer may take that back. Why, both times, is sealed."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="strikes")
    place_no = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry"], condition=Q(undone_at=None), name="struck_once")]

    def __str__(self):
        return f"strike of {self.entry_id}"

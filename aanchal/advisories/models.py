"""Advisories, their directions, the tasks these become for each unit that must act, and the answers. Nobody is named."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.advisories import terms
from aanchal.core import envelope
from aanchal.core.models import Record


def _user():
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")


def _place():
    return models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")


class Advisory(Record):
    """Issued by the Nodal Cell or a State, read inside its place. A corrigendum stands beside what it corrects."""

    place = _place()
    place_no = models.BigIntegerField()
    last_no = models.BigIntegerField()
    number = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    dated_on = models.DateField()
    document = models.ForeignKey("library.Document", null=True, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=terms.Standing, default=terms.Standing.DRAFT)
    relation = models.CharField(max_length=11, choices=terms.Relation, blank=True)
    earlier = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later")
    withdrawn_words = models.CharField(max_length=300, blank=True)
    made_by = _user()
    made_at = models.DateTimeField()
    issued_by = _user()
    issued_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "advisories"
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="advisory_number_once"),
            models.CheckConstraint(condition=Q(issued_by=None) | ~Q(issued_by=F("made_by")), name="advisory_issued_by_another"),
            models.CheckConstraint(
                condition=Q(relation="", earlier=None) | (~Q(relation="") & Q(earlier__isnull=False)), name="advisory_of_an_earlier"
            ),
            models.CheckConstraint(condition=~Q(standing="WITHDRAWN") | ~Q(withdrawn_words=""), name="advisory_withdrawn_why"),
        ]
        indexes = [models.Index(fields=["-dated_on", "-id"], name="advisory_newest")]

    def __str__(self):
        return self.number


class Direction(Record):
    """One thing that must be done, by which units, by which day, shown how."""

    advisory = models.ForeignKey(Advisory, on_delete=models.PROTECT, related_name="directions")
    place_no = models.BigIntegerField()
    last_no = models.BigIntegerField()
    nth = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=600)
    unit = models.CharField(max_length=20, choices=terms.Unit)
    due_on = models.DateField()
    evidence = models.CharField(max_length=5, choices=terms.Evidence)
    asked = models.CharField(max_length=300, blank=True)
    """Of what the evidence is."""
    places = ArrayField(models.BigIntegerField(), default=list)
    """Ids of the places that are named; none: all of the advisory's place."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advisory", "nth"], name="directions_in_order")]

    def __str__(self):
        return f"{self.nth} of {self.advisory_id}"


class Task(Record):
    """A direction for one unit of one place."""

    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, related_name="tasks")
    advisory = models.ForeignKey(Advisory, on_delete=models.PROTECT, related_name="tasks")
    place = _place()
    place_no = models.BigIntegerField()
    unit = models.CharField(max_length=20, choices=terms.Unit)
    due_on = models.DateField()
    state = models.CharField(max_length=9, choices=terms.TaskState, default=terms.TaskState.OPEN)
    rung = models.PositiveSmallIntegerField(default=0)
    """How far up it was told that this is late (advisories.rules.LADDER)."""
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["direction", "place"], name="task_once_for_a_place")]
        indexes = [
            models.Index(fields=["advisory", "place_no"], name="advice_tasks"),
            models.Index(fields=["place", "unit"], name="advice_desk", condition=Q(state__in=["OPEN", "RETURNED"])),
            models.Index(fields=["due_on"], name="advice_late", condition=Q(state__in=["OPEN", "RETURNED"])),
        ]

    def __str__(self):
        return f"{self.direction_id} at {self.place_id}"


class Answer(Record):
    """What a unit says it did, with its evidence, and what became of the answer. The file is sealed."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="answers")
    place_no = models.BigIntegerField()
    nth = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=1_000)
    file_kind = models.CharField(max_length=5, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    wrapped_key = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    by = _user()
    at = models.DateTimeField()
    decision = models.CharField(max_length=6, choices=terms.Decision, blank=True)
    decided_by = _user()
    decided_at = models.DateTimeField(null=True)
    decide_words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "nth"], name="answers_in_order"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("by")), name="answer_decided_by_another"),
            models.CheckConstraint(condition=~Q(decision="RETURN") | ~Q(decide_words=""), name="answer_returned_with_words"),
        ]

    def __str__(self):
        return f"{self.nth} of {self.task_id}"

    def content(self) -> bytes:
        return envelope.opened(self.pk, self.wrapped_key).open("content", self.sealed)

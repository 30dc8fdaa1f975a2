"""Found people, candidate pairs, what people decided about them, and what follows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from aanchal.core.models import Record, Sealed
from aanchal.matching import terms
from aanchal.people.terms import Sex


class FoundPerson(Sealed):
    """Someone rescued, found, seen, or a body that no one has named. `home` is where she is said to come from."""

    kind = models.CharField(max_length=7, choices=terms.FoundKind)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    home = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    found_on = models.DateField()
    sex = models.CharField(max_length=11, choices=Sex)
    years = models.PositiveSmallIntegerField(null=True)
    height_cm = models.PositiveSmallIntegerField(null=True)
    languages = ArrayField(models.CharField(max_length=3), default=list)
    is_open = models.BooleanField(default=True)
    is_struck = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(is_struck=False) | Q(is_open=False), name="found_struck_is_not_looked_for")]
        indexes = [models.Index(fields=["place_no", "found_on"], name="found_place"), models.Index(fields=["recorded_at"], name="found_at")]

    def __str__(self):
        return f"{self.kind} {self.pk}"


class FoundChange(Sealed):
    """What was written of someone found before it was corrected: coded answers that changed; words that changed, and why, sealed."""

    found = models.ForeignKey(FoundPerson, on_delete=models.PROTECT, related_name="changes")
    place_no = models.BigIntegerField()
    before = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"change of {self.found_id}"


class Candidate(Sealed):
    """A missing person and a found one who may be the same. It carries what both sides say, names sealed: who reaches one side only

    sees the pair, not the register of the other side.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="candidates")
    entry = models.ForeignKey("registers.Entry", on_delete=models.PROTECT, related_name="candidates")
    found = models.ForeignKey(FoundPerson, on_delete=models.PROTECT, related_name="candidates")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    found_place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    found_place_no = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    probability = models.FloatField()
    benefit = models.FloatField()
    levels = models.JSONField(default=dict)
    bits = models.JSONField(default=dict)
    model_version = models.CharField(max_length=40)
    standing = models.CharField(max_length=9, choices=terms.Standing, default=terms.Standing.OPEN)
    searched_at = models.DateTimeField()
    stood = models.CharField(max_length=9, blank=True, default="")
    """Where it stood before it was closed."""
    closed_by = models.ForeignKey("matching.ConfirmedLink", null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    """The link of one of the two to someone else; none where the register line was closed by other means, or the found one struck."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "found"], name="candidate_once")]
        indexes = [
            models.Index(fields=["place_no", "standing", "-benefit"], name="candidate_missing"),
            models.Index(fields=["found_place_no", "standing", "-benefit"], name="candidate_found"),
        ]

    def __str__(self):
        return f"candidate {self.pk}"


class Decision(Sealed):
    """What one person said about a pair, and why. A note may name persons: it is sealed."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="decisions")
    place_no = models.BigIntegerField()
    found_place_no = models.BigIntegerField()
    answer = models.CharField(max_length=9, choices=terms.Answer)
    reasons = ArrayField(models.CharField(max_length=15, choices=terms.Reason))
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.answer} {self.candidate_id}"


class ConfirmedLink(Record):
    """Two people agree that it is she. It can be undone; what was then is kept."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="links")
    place_no = models.BigIntegerField()
    found_place_no = models.BigIntegerField()
    first = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    closed = models.ForeignKey("registers.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate"], condition=Q(undone_at=None), name="link_once"),
            models.CheckConstraint(condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False), name="link_undone_has_a_day"),
        ]

    def __str__(self):
        return f"link {self.candidate_id}"


class Task(Record):
    """What has to be done about a confirmed link."""

    link = models.ForeignKey(ConfirmedLink, on_delete=models.PROTECT, related_name="tasks")
    place_no = models.BigIntegerField()
    found_place_no = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=terms.TaskKind)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["place_no", "due_on"], condition=Q(done_at=None), name="matching_task_due")]

    def __str__(self):
        return f"{self.kind} of {self.link_id}"


class LearntModel(Record):
    """A model of matching learnt from what people decided. It holds when a person approves it, beside the figures of the one before."""

    version = models.CharField(max_length=40, unique=True)
    told = models.JSONField()
    figures = models.JSONField(default=dict)
    standing = models.CharField(max_length=8, choices=terms.ModelStanding, default=terms.ModelStanding.PROPOSED)
    learnt_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["standing"], condition=Q(standing="IN_FORCE"), name="one_model_in_force")]

    def __str__(self):
        return self.version

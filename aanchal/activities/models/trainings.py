"""Modules, trainings, who trains and attends, certificates, targets. Workers and officers only."""

from datetime import datetime, time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.activities import rules, terms
from aanchal.activities.models.base import Placed, by_user
from aanchal.core.models import Record
from aanchal.places.models import in_language


class Module(models.Model):
    """A training module in one version; a state may add its own."""

    key = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField(null=True)
    titles = models.JSONField()
    subjects = ArrayField(models.CharField(max_length=10, choices=terms.Subject))
    hours = models.PositiveSmallIntegerField()
    pass_percent = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    effective_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "place", "version"], name="module_version_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(pass_percent__gte=1, pass_percent__lte=100), name="module_passed_by_percent"),
        ]

    def __str__(self):
        return f"{self.key} {self.version}"

    @property
    def title(self) -> str:
        return in_language(self.titles)


class Participant(Placed):
    """A worker or officer who is trained or trains; counted once, however often she comes."""

    user = models.OneToOneField("access.User", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120)
    audience = models.CharField(max_length=10, choices=terms.Audience)
    sex = models.CharField(max_length=6, choices=terms.Sex)
    rank = models.CharField(max_length=13, choices=terms.Rank, blank=True)
    office_no = models.CharField(max_length=30, blank=True)
    """As her office knows her: signs her in at a training's door."""
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="others")
    """The record she is counted by, when two districts entered her."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "post"], condition=Q(user=None), name="participant_once"),
            models.CheckConstraint(condition=~Q(same_as=F("id")), name="participant_not_same_as_itself"),
        ]

    def __str__(self):
        return str(self.pk)


class MasterTrainer(Record):
    """Where the cascade of a module begins: nominated, with what says so."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="nominations")
    place_no = models.BigIntegerField()
    module_key = models.CharField(max_length=20)
    source = models.CharField(max_length=200)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "module_key"], name="master_trainer_once")]

    def __str__(self):
        return f"{self.participant_id} of {self.module_key}"


class Training(Placed):
    """One session of a module, of trainers or of those who will use it."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    audience = models.CharField(max_length=10, choices=terms.Audience)
    is_of_trainers = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    venue = models.CharField(max_length=160)
    state = models.CharField(max_length=9, choices=terms.State, default=terms.State.PLANNED)

    class Meta:
        indexes = [models.Index(fields=["place_no", "starts_on"], name="training_calendar")]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="training_ends_after_it_begins")]

    def __str__(self):
        return self.title

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


class Trainer(Record):
    """A resource person of a training."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="trainers")
    place_no = models.BigIntegerField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="given")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["training", "participant"], name="trainer_once")]

    def __str__(self):
        return f"{self.participant_id} in {self.training_id}"


class Session(Record):
    """A part of a training's plan: when, how long in minutes, by which method, who gives it."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="sessions")
    place_no = models.BigIntegerField()
    on = models.DateField()
    starts_at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=10, choices=terms.Subject)
    words = models.CharField(max_length=160)
    method = models.CharField(max_length=8, choices=terms.SessionMethod)
    trainer = models.ForeignKey(Trainer, null=True, on_delete=models.PROTECT, related_name="sessions")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=480), name="training_session_of_minutes")]

    def __str__(self):
        return self.words

    @property
    def slot(self) -> rules.Slot:
        return rules.Slot(datetime.combine(self.on, self.starts_at), self.minutes)

    @property
    def ends_at(self) -> time:
        return self.slot.until.time()


class TrainedVillage(Record):
    """A village whose Village Organisation a training is for."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="villages")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["training", "place"], name="village_in_training_once")]

    def __str__(self):
        return f"{self.place_id} in {self.training_id}"


class Attendee(Record):
    """Someone in a training: days present, the test before and after."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="attendees")
    place_no = models.BigIntegerField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="taken")
    days_present = models.PositiveSmallIntegerField(default=0)
    before_percent = models.PositiveSmallIntegerField(null=True)
    after_percent = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=6, blank=True)
    """Hers in this training: with the square at the door it signs her in."""
    why_left = models.CharField(max_length=7, choices=terms.WhyLeft, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training", "participant"], name="attendee_once"),
            models.UniqueConstraint(fields=["training", "code"], condition=~Q(code=""), name="attendee_code_once"),
            models.CheckConstraint(
                condition=(Q(before_percent=None) | Q(before_percent__lte=100)) & (Q(after_percent=None) | Q(after_percent__lte=100)),
                name="attendee_score_of_a_hundred",
            ),
        ]

    def __str__(self):
        return f"{self.participant_id} in {self.training_id}"


class Presence(Record):
    """She signed in at the door on this day."""

    attendee = models.ForeignKey(Attendee, on_delete=models.PROTECT, related_name="presences")
    place_no = models.BigIntegerField()
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attendee", "on"], name="present_once_a_day")]

    def __str__(self):
        return f"{self.attendee_id} on {self.on}"


class Certificate(Record):
    """Who passed holds one; anyone may ask whether its number is valid."""

    attendee = models.OneToOneField(Attendee, on_delete=models.PROTECT, related_name="certificate")
    place_no = models.BigIntegerField()
    number = models.CharField(max_length=12, unique=True)
    issued_on = models.DateField()
    revoked_on = models.DateField(null=True)
    why_revoked = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(revoked_on=None) | ~Q(why_revoked=""), name="revoked_with_a_reason")]

    def __str__(self):
        return self.number

    @property
    def shown_number(self) -> str:
        return rules.shown_number(self.number)


class Target(Placed):
    """So many people are to pass a module by a day."""

    module_key = models.CharField(max_length=20)
    of_officers = models.BooleanField(default=False)
    """Only police, prosecutors and officers of departments count."""
    people = models.PositiveIntegerField()
    by_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "module_key", "by_on"], name="training_target_once")]

    def __str__(self):
        return f"{self.people} by {self.by_on}"


class Sameness(Record):
    """Two of the training records that look like one person: she is counted once, or they are two. Nothing is moved."""

    stays = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    away = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    """Of the place that holds both: who works in one of two districts does not decide."""
    is_same = models.BooleanField()
    moved = models.JSONField(default=list)
    """Who was the same as the one away, and so is the same as the one that stays."""
    at = models.DateTimeField()
    by = by_user()
    undone_at = models.DateTimeField(null=True)
    undone_by = by_user()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(stays=F("away")), name="sameness_of_two"),
            models.UniqueConstraint(fields=["away"], condition=Q(is_same=True, undone_at=None), name="same_as_one"),
        ]

    def __str__(self):
        return f"{self.away_id} is {self.stays_id}" if self.is_same else f"{self.away_id} is not {self.stays_id}"

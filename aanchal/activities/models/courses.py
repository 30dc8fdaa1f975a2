"""Courses that others give, such as a university's certificate programme, and who of the training records is enrolled."""

from django.db import models
from django.db.models import F, Q

from aanchal.activities import terms
from aanchal.activities.models.base import Placed, by_user
from aanchal.activities.models.trainings import Participant
from aanchal.core.models import Record


class Course(Placed):
    """One session of an outside course, read inside its place and above it."""

    last_no = models.BigIntegerField()
    provider = models.CharField(max_length=120)
    code = models.CharField(max_length=30)
    title = models.CharField(max_length=160)
    session = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    eligibility = models.CharField(max_length=300)
    fee_paise = models.BigIntegerField(default=0)
    seats = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-starts_on"], name="course_newest")]
        constraints = [
            models.UniqueConstraint(fields=["place", "provider", "code", "session"], name="course_session_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="course_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(fee_paise__gte=0, seats__gte=1), name="course_has_seats"),
        ]

    def __str__(self):
        return f"{self.code} {self.session}"


class Enrolment(Record):
    """Someone of the training records in a course: enrolled, completed with the provider's result, or dropped."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="enrolments")
    place_no = models.BigIntegerField()
    enrolled_on = models.DateField()
    state = models.CharField(max_length=9, choices=terms.EnrolmentState, default=terms.EnrolmentState.ENROLLED)
    ended_on = models.DateField(null=True)
    result = models.CharField(max_length=40, blank=True)
    """In the provider's words."""
    certificate_no = models.CharField(max_length=40, blank=True)
    why_dropped = models.CharField(max_length=7, choices=terms.WhyLeft, blank=True)
    recorded_by = by_user()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "participant"], name="enrolled_once"),
            models.UniqueConstraint(fields=["course", "certificate_no"], condition=~Q(certificate_no=""), name="course_certificate_once"),
            models.CheckConstraint(
                condition=Q(state="ENROLLED", ended_on=None, result="", why_dropped="")
                | (Q(state="COMPLETED", ended_on__isnull=False, why_dropped="") & ~Q(result=""))
                | (Q(state="DROPPED", ended_on__isnull=False, result="") & ~Q(why_dropped="")),
                name="enrolment_says_how_it_ended",
            ),
            models.CheckConstraint(condition=Q(certificate_no="") | Q(state="COMPLETED"), name="course_certificate_of_who_completed"),
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("enrolled_on")), name="enrolment_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.participant_id} in {self.course_id}"

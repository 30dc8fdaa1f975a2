"""Task forces, their meetings and what they decided; the calendar's secret address."""

from django.db import models
from django.db.models import F, Q

from aanchal.activities import terms
from aanchal.activities.models.base import Placed, by_user
from aanchal.core.models import Record


class TaskForce(Placed):
    """Of a state or a district, constituted by an order."""

    title = models.CharField(max_length=120)
    order_no = models.CharField(max_length=80)
    constituted_on = models.DateField()

    def __str__(self):
        return self.title


class Corrigendum(Record):
    """What a later order says of the order that constituted a task force. Never changed: another stands beside it."""

    task_force = models.ForeignKey(TaskForce, on_delete=models.PROTECT, related_name="corrigenda")
    place_no = models.BigIntegerField()
    nth = models.PositiveSmallIntegerField()
    order_no = models.CharField(max_length=80)
    on = models.DateField()
    words = models.TextField(max_length=2000)
    file = models.BinaryField(null=True)
    file_kind = models.CharField(max_length=20, blank=True)
    by = by_user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task_force", "nth"], name="corrigenda_in_order"),
            models.CheckConstraint(condition=~Q(words=""), name="corrigendum_says_something"),
        ]

    def __str__(self):
        return f"{self.nth} of {self.task_force_id}"


class Member(Record):
    """A member by office; who holds the office signs in or not."""

    task_force = models.ForeignKey(TaskForce, on_delete=models.PROTECT, related_name="members")
    place_no = models.BigIntegerField()
    office = models.CharField(max_length=120)
    body = models.CharField(max_length=10, choices=terms.Body)
    is_chair = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="force_member_ends_after_it_begins"),
            models.UniqueConstraint(fields=["task_force", "office"], condition=Q(until=None), name="force_member_once"),
            models.UniqueConstraint(fields=["task_force"], condition=Q(until=None, is_chair=True), name="one_chair"),
        ]

    def __str__(self):
        return self.office


class Meeting(Placed):
    """Called by a notice with an agenda; held; minuted."""

    task_force = models.ForeignKey(TaskForce, null=True, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=11, choices=terms.MeetingKind)
    title = models.CharField(max_length=120)
    on = models.DateField()
    starts_at = models.TimeField()
    venue = models.CharField(max_length=160)
    agenda = models.TextField(max_length=2000)
    state = models.CharField(max_length=9, choices=terms.State, default=terms.State.PLANNED)

    class Meta:
        indexes = [models.Index(fields=["place_no", "on"], name="meeting_calendar")]
        constraints = [models.CheckConstraint(condition=~Q(kind="TASK_FORCE") | Q(task_force__isnull=False), name="meeting_of_its_force")]

    def __str__(self):
        return self.title


class Invitation(Record):
    """A State is called to a coordination meeting, by its nodal office as the directory named it on that day; empty when it named none."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    place_no = models.BigIntegerField()
    of_state = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    state_no = models.BigIntegerField()
    office = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "of_state"], name="state_invited_once")]

    def __str__(self):
        return self.office


class Attendance(Record):
    """An office was there, or was called and was not. Of a State, when the State was called."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    place_no = models.BigIntegerField()
    of_state = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    state_no = models.BigIntegerField(null=True)
    office = models.CharField(max_length=120)
    body = models.CharField(max_length=10, choices=terms.Body)
    was_there = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "office"], name="attended_once")]

    def __str__(self):
        return self.office

    @property
    def office_alone(self) -> str:
        """Without the State before it."""
        return self.office.partition(": ")[2] if self.of_state_id else self.office


class Minutes(Record):
    """What was said and decided, written or as a file; later ones are corrigenda. Never changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    place_no = models.BigIntegerField()
    nth = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=20_000, blank=True)
    file = models.BinaryField(null=True)
    file_kind = models.CharField(max_length=20, blank=True)
    by = by_user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "nth"], name="minutes_in_order"),
            models.CheckConstraint(condition=~Q(words="") | Q(file__isnull=False), name="minutes_say_something"),
        ]

    def __str__(self):
        return f"{self.nth} of {self.meeting_id}"


class ActionPoint(Record):
    """A decision with who acts and by when, followed until it is closed with evidence. Of a State, when its nodal officer acts."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="points")
    place_no = models.BigIntegerField()
    of_state = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    state_no = models.BigIntegerField(null=True)
    decision = models.CharField(max_length=300)
    office = models.CharField(max_length=120)
    owner = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="action_points")
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=terms.PointState, default=terms.PointState.OPEN)
    evidence = models.CharField(max_length=500, blank=True)
    closed_on = models.DateField(null=True)
    closed_by = by_user()
    closed_in = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="points_closed")

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=Q(state="OPEN"), name="point_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN", closed_on=None) | (~Q(state="OPEN") & Q(closed_on__isnull=False) & ~Q(evidence="")),
                name="point_closed_with_evidence",
            )
        ]

    def __str__(self):
        return self.decision


class FollowUp(Record):
    """What a State answers to its action point, or a later meeting says of it with a new day. Never changed."""

    point = models.ForeignKey(ActionPoint, on_delete=models.PROTECT, related_name="follow_ups")
    place_no = models.BigIntegerField()
    state_no = models.BigIntegerField()
    words = models.CharField(max_length=1000)
    due_on = models.DateField(null=True)
    """Empty in an answer: it moves no day."""
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="follow_ups")
    by = by_user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="follow_up_says_something"),
            models.CheckConstraint(
                condition=Q(due_on=None, meeting=None) | Q(due_on__isnull=False, meeting__isnull=False),
                name="a_day_is_moved_in_a_meeting",
            ),
        ]

    def __str__(self):
        return self.words


class CalendarFeed(Record):
    """A secret address at which a calendar program reads what its user may see. Kept as a hash; revoked at once."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"of {self.user_id}"

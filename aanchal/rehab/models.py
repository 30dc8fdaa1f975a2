"""From the gates to a life of her own. What hangs on a case is open to those assigned to it; nothing here holds a name in the clear."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.benefits import rules as benefits
from aanchal.benefits.terms import Proof, Reason, State
from aanchal.core.models import Record, Sealed
from aanchal.rehab import rules, terms

PAISE = 100


def _user(**more):
    return models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", db_index=False, **more)


def _case(name: str):
    return models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name=name)


def _one_of_case(name: str):
    return models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name=name)


def _listing():
    return models.ForeignKey("network.Listing", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)


def _some(choices):
    return ArrayField(models.CharField(max_length=16, choices=choices), default=list, blank=True)


class Placed(models.Model):
    """Carries the number of a place: of the case, for counts and the trail; of a worker or organisation, for the wall."""

    place_no = models.BigIntegerField()

    class Meta:
        abstract = True


class Rehabilitation(Record, Placed):
    """How the rehabilitation of a case stands. Whoever opens or shuts a gate locks this row."""

    case = _one_of_case("rehabilitation")
    course = models.CharField(max_length=7, choices=terms.Course, default=terms.Course.WAITING)
    started_on = models.DateField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(course="WAITING") | Q(started_on__isnull=False), name="rehabilitation_started_on")
        ]

    def __str__(self):
        return f"{self.course} of {self.case_id}"


class GateDecision(Sealed, Placed):
    """Someone opened or shut a gate, and why; never changed, only followed by another."""

    case = _case("gate_decisions")
    gate = models.CharField(max_length=13, choices=terms.Gate)
    is_open = models.BooleanField()
    why = models.CharField(max_length=14, choices=terms.ShutWhy, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = _user()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(is_open=True, why="") | (Q(is_open=False) & ~Q(why="")), name="gate_shut_why")]

    def __str__(self):
        return f"{self.gate} of {self.case_id}"


class Leaning(Record, Placed):
    """What she likes, what is strong in her, where she wants to live: as she told it last."""

    case = _one_of_case("leaning")
    interests = _some(terms.Interest)
    strengths = _some(terms.Strength)
    surroundings = models.CharField(max_length=7, choices=terms.Surroundings)
    told_on = models.DateField()

    def __str__(self):
        return f"leaning of {self.case_id}"


class Learning(Record, Placed):
    """A course she is in: skills and work for an adult; bridge course, school, vocational education for a child."""

    case = _case("learnings")
    kind = models.CharField(max_length=10, choices=terms.LearningKind)
    trade = models.CharField(max_length=30, blank=True)
    agency = _listing()
    state = models.CharField(max_length=11, choices=terms.LearningState, default=terms.LearningState.ENROLLED)
    age = models.PositiveSmallIntegerField()
    """Completed years on the day she enrolled."""
    enrolled_on = models.DateField()
    certified_on = models.DateField(null=True)
    placed_on = models.DateField(null=True)
    employer = _listing()
    wage_paise = models.BigIntegerField(null=True)
    """A month."""
    kept_months = models.PositiveSmallIntegerField(default=0)
    """The longest time after which she was found in work, 3, 6 or 12 months; it stays when she leaves later."""
    moved_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = _user()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(state__in=rules.RUNNING_STATES), name="learns_once"),
            models.CheckConstraint(condition=~Q(kind="SKILLING") | (Q(age__gte=rules.ADULT) & ~Q(trade="")), name="no_child_in_skilling"),
            models.CheckConstraint(condition=~Q(kind__in=rules.CHILDREN_ONLY) | Q(age__lt=rules.ADULT), name="no_adult_in_bridge"),
            models.CheckConstraint(
                condition=Q(placed_on=None, employer=None, wage_paise=None) & ~Q(state__in=rules.IN_WORK)
                | Q(kind="SKILLING", placed_on__isnull=False),
                name="placed_after_skilling",
            ),
            models.CheckConstraint(condition=Q(wage_paise=None) | Q(wage_paise__gt=0), name="wage_above_nothing"),
            models.CheckConstraint(
                condition=Q(kept_months=0) | Q(kept_months__in=(3, 6, 12), placed_on__isnull=False), name="kept_in_work"
            ),
        ]

    def __str__(self):
        return f"{self.kind} of {self.case_id}: {self.state}"


class Attendance(Record, Placed):
    """Of a course in a month: days held, days she came."""

    case = _case("attendances")
    learning = models.ForeignKey(Learning, on_delete=models.PROTECT, related_name="attendances")
    month = models.DateField()
    held = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = _user()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learning", "month"], name="attendance_once_a_month"),
            models.CheckConstraint(condition=Q(present__lte=F("held"), held__lte=31), name="attendance_of_days_held"),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} of {self.learning_id}"


class Counsellor(Record, Placed):
    """A community counsellor: from which organisation, with which agency now, under whose supervision."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="recruitments")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", db_index=False)
    cbo = models.ForeignKey("benefits.Cbo", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    supervisor = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="supervised_counsellors")
    recruited_on = models.DateField()
    agency = _listing()
    agency_since = models.DateField(null=True)
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], name="counsellor_once"),
            models.CheckConstraint(condition=~Q(user=F("supervisor")), name="nobody_supervises_herself"),
            models.CheckConstraint(
                condition=Q(agency=None, agency_since=None) | Q(agency__isnull=False, agency_since__isnull=False), name="agency_since_a_day"
            ),
        ]

    def __str__(self):
        return f"counsellor {self.user_id}"


class TrainingHours(Record, Placed):
    counsellor = models.ForeignKey(Counsellor, on_delete=models.PROTECT, related_name="hours")
    module = models.CharField(max_length=11, choices=terms.Module)
    hours = models.PositiveSmallIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    by = _user()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=80), name="training_of_some_hours")]

    def __str__(self):
        return f"{self.module} of {self.counsellor_id}"


class OwnBenefit(Record, Placed):
    """A scheme she applied for in her own right, and how far it is: by her case, so that no register and no household tells of it."""

    case = _case("own_benefits")
    scheme = models.ForeignKey("benefits.SchemeVersion", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.APPLIED)
    applied_on = models.DateField()
    due_on = models.DateField()
    moved_on = models.DateField()
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    proof = models.CharField(max_length=8, choices=Proof, blank=True)
    amount_paise = models.BigIntegerField(null=True)
    recorded_by = _user()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], condition=Q(state__in=benefits.STANDING), name="own_benefit_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("applied_on")) & Q(moved_on__gte=F("applied_on")), name="own_benefit_days_in_order"
            ),
            models.CheckConstraint(condition=~Q(state="DELIVERED") | ~Q(proof=""), name="own_benefit_with_proof"),
            models.CheckConstraint(condition=~Q(state__in=["REFUSED", "UPHELD"]) | ~Q(reason=""), name="own_benefit_refused_why"),
            models.CheckConstraint(condition=Q(amount_paise=None) | Q(amount_paise__gt=0), name="own_benefit_above_nothing"),
        ]

    def __str__(self):
        return f"{self.code} of {self.case_id}: {self.state}"


class Session(Record, Placed):
    """That counselling took place: those assigned see this much and no more."""

    case = _case("sessions")
    counsellor = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="counselling_sessions")
    supervisor = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="supervised_sessions")
    kind = models.CharField(max_length=6, choices=terms.SessionKind)
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=240), name="session_of_some_minutes")]
        indexes = [models.Index(fields=["case", "-on"], name="session_case")]

    def __str__(self):
        return f"session of {self.case_id}"


class SessionNote(Sealed, Placed):
    """What was said: for the counsellor and her supervisor. The wall opens it to these two, whoever else is assigned."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="notes")
    counsellor = _user()
    supervisor = _user(null=True)
    kind = models.CharField(max_length=11, choices=terms.NoteKind)
    at = models.DateTimeField()
    by = _user()

    def __str__(self):
        return f"{self.kind} of {self.session_id}"


class CboMaturity(Record, Placed):
    """Whether a village organisation or federation was found mature enough for a woman to come back to; of no person."""

    cbo = models.ForeignKey("benefits.Cbo", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    """As it was called then: the list of mature ones is read by who may not read its funds."""
    version = models.CharField(max_length=40)
    met = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    is_mature = models.BooleanField()
    on = models.DateField()
    at = models.DateTimeField()
    by = _user()

    class Meta:
        indexes = [models.Index(fields=["cbo", "-on"], name="maturity_of_cbo")]

    def __str__(self):
        return f"{self.cbo_id} on {self.on}"


class Return(Sealed, Placed):
    """Her way back: her wish, what was found of family and community, the day. Words are sealed."""

    case = _case("returns")
    to = models.CharField(max_length=9, choices=terms.ReturnTo)
    state = models.CharField(max_length=7, choices=terms.ReturnState, default=terms.ReturnState.PLANNED)
    wish = models.CharField(max_length=7, choices=terms.Answer, default=terms.Answer.UNKNOWN)
    wish_on = models.DateField(null=True)
    is_heard_alone = models.BooleanField(default=False)
    family_implicated = models.CharField(max_length=7, choices=terms.Answer, default=terms.Answer.UNKNOWN)
    family_safe = models.CharField(max_length=7, choices=terms.Answer, default=terms.Answer.UNKNOWN)
    family_willing = models.CharField(max_length=7, choices=terms.Answer, default=terms.Answer.UNKNOWN)
    is_threatened = models.BooleanField(default=False)
    assessed_on = models.DateField(null=True)
    cwc_order_no = models.CharField(max_length=40, blank=True)
    cwc_order_on = models.DateField(null=True)
    community = models.ForeignKey(CboMaturity, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    returned_on = models.DateField(null=True)
    planned_at = models.DateTimeField()
    planned_by = _user()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state__in=["PLANNED", "HOME"]), name="returns_once_at_a_time"),
            models.CheckConstraint(
                condition=~Q(state__in=["HOME", "SETTLED", "AWAY"]) | Q(returned_on__isnull=False, wish="YES", is_heard_alone=True),
                name="nobody_is_returned_against_her_wish",
            ),
            models.CheckConstraint(
                condition=~Q(to="FAMILY", state="HOME") | Q(family_implicated="NO", family_safe="YES"), name="no_return_to_who_harmed_her"
            ),
            models.CheckConstraint(
                condition=Q(cwc_order_no="", cwc_order_on=None) | (~Q(cwc_order_no="") & Q(cwc_order_on__isnull=False)),
                name="cwc_order_of_a_day",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"return of {self.case_id}: {self.state}"


class FollowUp(Sealed, Placed):
    """A visit due after she is back, at an agreed month or because there were signs; what was said is sealed."""

    case = _case("follow_ups")
    back = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(null=True)
    """None: beside the agreed months, because of signs or sooner than agreed."""
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    how = models.CharField(max_length=8, choices=terms.HowSheIs, blank=True)
    signs = _some(terms.Sign)
    watch = models.CharField(max_length=8, choices=terms.Watch, blank=True)
    told = models.CharField(max_length=10, choices=terms.VillageTold, blank=True)
    at = models.DateTimeField(null=True)
    by = _user(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["back", "months"], condition=Q(months__isnull=False), name="followed_once_a_month"),
            models.CheckConstraint(
                condition=Q(done_on=None, how="", watch="") | (Q(done_on__isnull=False) & ~Q(how="") & ~Q(watch="")), name="followed_whole"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on=None), name="follow_up_due")]

    def __str__(self):
        return f"follow-up of {self.back_id}"


class Repatriation(Record, Placed):
    """The way home of someone of another country."""

    case = _case("repatriations")
    country = models.CharField(max_length=2)
    state = models.CharField(max_length=11, choices=terms.RepatriationState, default=terms.RepatriationState.OPEN)
    version = models.CharField(max_length=40)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = _user()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="OPEN"), name="repatriated_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="OPEN", ended_on=None) | (~Q(state="OPEN") & Q(ended_on__isnull=False)), name="repatriation_ends_on_a_day"
            ),
        ]

    def __str__(self):
        return f"repatriation of {self.case_id}"


class RepatriationStep(Sealed, Placed):
    """A step that was done, with the number of a letter or paper; sealed, as it leads to her."""

    case = _case("repatriation_steps")
    repatriation = models.ForeignKey(Repatriation, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField(max_length=20)
    on = models.DateField()
    at = models.DateTimeField()
    by = _user()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["repatriation", "key"], name="step_done_once")]

    def __str__(self):
        return f"{self.key} of {self.repatriation_id}"


class ResourcePerson(Sealed, Placed):
    """Someone who helps others in the community. Survivors and others alike: nothing in this row or its list tells them apart."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", db_index=False)
    fields = _some(terms.LeaderField)
    since = models.DateField()
    until = models.DateField(null=True)
    by = _user()

    class Meta:
        indexes = [models.Index(fields=["place_no", "since"], name="resource_person_place")]
        constraints = [models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="resource_person_until_after_since")]

    def __str__(self):
        return f"resource person {self.pk}"


class Engagement(Record, Placed):
    """What a resource person did, for how long, and what was paid for it."""

    person = models.ForeignKey(ResourcePerson, on_delete=models.PROTECT, related_name="engagements")
    field = models.CharField(max_length=11, choices=terms.LeaderField)
    on = models.DateField()
    hours = models.PositiveSmallIntegerField()
    honorarium_paise = models.BigIntegerField()
    paid_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = _user()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(honorarium_paise__gte=0, hours__gte=1, hours__lte=24), name="engagement_of_some_hours"),
            models.CheckConstraint(condition=Q(paid_on=None) | Q(paid_on__gte=F("on")), name="paid_after_the_work"),
        ]

    def __str__(self):
        return f"{self.field} of {self.person_id}"

    @property
    def rupees(self) -> Decimal:
        return Decimal(self.honorarium_paise) / PAISE


class LeaderLink(Record, Placed):
    """That a resource person is the woman of this case: her own choice, with its day. Read by those assigned to the case only."""

    case = _case("leader_links")
    person = models.OneToOneField(ResourcePerson, on_delete=models.PROTECT, related_name="link")
    chose_on = models.DateField()
    withdrew_on = models.DateField(null=True)
    by = _user()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(withdrew_on=None), name="leads_once")]

    def __str__(self):
        return f"leader of {self.case_id}"


class OwnAccess(Record, Placed):
    """By which she opens her own record, a worker beside her: the hash of her PIN (argon2), tries, and until when it is locked."""

    case = _one_of_case("own_access")
    pin = models.CharField(max_length=160)
    tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    set_at = models.DateTimeField()
    set_by = _user()

    def __str__(self):
        return f"own access of {self.case_id}"


class Correction(Sealed, Placed):
    """Something she wants changed in her record, in her words; answered to her."""

    case = _case("corrections")
    state = models.CharField(max_length=5, choices=terms.CorrectionState, default=terms.CorrectionState.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = _user(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ASKED", answered_at=None) | (~Q(state="ASKED") & Q(answered_at__isnull=False)),
                name="correction_answered",
            )
        ]

    def __str__(self):
        return f"correction of {self.case_id}"

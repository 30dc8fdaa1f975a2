"""A survivor's case: known by its code, open to those assigned. Words about her are sealed; her identity lies apart."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.cases import rules, terms
from aanchal.core.models import Record, Sealed
from aanchal.places.models import in_language


def _user(**more):
    return models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+", db_index=False, **more)


def _place(**more):
    return models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", db_index=False, **more)


def _case(name: str):
    return models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name=name)


def _some(choices):
    return ArrayField(models.CharField(max_length=21, choices=choices), default=list, blank=True)


class Case(Record):
    """What is known of what was done to her, in HTCDS 2.0 terms, without a name."""

    code = models.CharField(max_length=8, unique=True, editable=False)
    pseudonym = models.CharField(max_length=40, blank=True)
    """The name she chose to be called by here; never her own."""
    state = models.CharField(max_length=12, choices=terms.State, default=terms.State.ACTIVE)
    place = _place()
    place_no = models.BigIntegerField()
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="cases")
    rescued = models.OneToOneField("rescue.Rescued", null=True, on_delete=models.PROTECT, related_name="case")
    """As whom the unit that rescued her wrote her down."""
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = _user()
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=14, choices=terms.Outcome, blank=True)
    gender = models.CharField(max_length=12, choices=terms.Gender)
    years = models.PositiveSmallIntegerField(null=True)
    """Completed years on the day the case was opened."""
    years_when_trafficked = models.PositiveSmallIntegerField(null=True)
    is_child = models.BooleanField()
    citizenship = models.CharField(max_length=2, default="IN")
    language = models.CharField(max_length=3, blank=True)
    status = models.CharField(max_length=10, choices=terms.Status, default=terms.Status.SUSPECTED)
    decided_by = models.CharField(max_length=10, choices=terms.DecidedBy, blank=True)
    acts = _some(terms.Act)
    means = _some(terms.Means)
    purposes = _some(terms.Purpose)
    controls = _some(terms.Control)
    recruitment = _some(terms.Recruitment)
    recruiter = models.CharField(max_length=11, choices=terms.Recruiter, blank=True)
    industry = models.CharField(max_length=14, choices=terms.Industry, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=["ACTIVE", "FOLLOW_UP"]), name="case_open_once_of_a_person"),
            models.CheckConstraint(
                condition=Q(state__in=rules.LIVE, closed_on=None, outcome="")
                | (~Q(state__in=rules.LIVE) & Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="case_closed_with_outcome",
            ),
            models.CheckConstraint(condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="case_closed_after_opened"),
        ]
        indexes = [models.Index(fields=["place_no", "opened_on"], name="case_place")]

    def __str__(self):
        return self.shown_code

    @property
    def shown_code(self) -> str:
        return rules.shown(self.code)

    @property
    def is_live(self) -> bool:
        return self.state in rules.LIVE


class OfCase(models.Model):
    """A row of a case carries the case's place, for the counts and the trail; who may see it is said by the assignments."""

    place_no = models.BigIntegerField()

    class Meta:
        abstract = True


class CaseIdentity(Sealed, OfCase):
    """Who she is: name, guardian, telephone, address, papers. Each reading is on the trail; erasing destroys its key."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="identity")
    likeness = models.BinaryField(max_length=16, null=True)
    """Keyed mark of name, guardian and gender in her district: the same person is not opened twice."""
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["likeness"], name="case_likeness")]

    def __str__(self):
        return f"identity of {self.case_id}"


class Mark(Record, OfCase):
    """A keyed mark by which a case is found: of the full name, per district, or of an FIR number."""

    case = _case("marks")
    kind = models.CharField(max_length=4, choices=terms.MarkKind)
    mark = models.BinaryField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind", "mark"], name="case_mark_once")]
        indexes = [models.Index(fields=["mark"], name="case_mark")]

    def __str__(self):
        return f"{self.kind} of {self.case_id}"


class Assignment(Record, OfCase):
    """Someone may see a case: as what, from when, until when, why. Nobody else may, wherever posted."""

    case = _case("assignments")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="case_assignments")
    capacity = models.CharField(max_length=10, choices=terms.Capacity)
    sees_identity = models.BooleanField(default=False)
    """Of a referral: whether she agreed that they know her name."""
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    why = models.CharField(max_length=160)
    by = _user()
    ended_by = _user(null=True)
    referral = models.ForeignKey("cases.Referral", null=True, on_delete=models.PROTECT, related_name="assignments")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user", "capacity"], condition=Q(until=None), name="assigned_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="assignment_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(capacity="GLASS") | Q(until__isnull=False), name="emergency_access_ends"),
        ]
        indexes = [models.Index(fields=["user", "case"], name="assigned_to")]

    def __str__(self):
        return f"{self.capacity} of {self.case_id}"


class Emergency(Sealed, OfCase):
    """A supervisor opened a case nobody had assigned to her: why, until when, and what another said of it."""

    case = _case("emergencies")
    user = _user()
    reason = models.CharField(max_length=8, choices=terms.GlassReason)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    verdict = models.CharField(max_length=13, choices=terms.Verdict, blank=True)
    reviewed_by = _user(null=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("user")), name="emergency_reviewed_by_another"),
            models.CheckConstraint(
                condition=Q(verdict="", reviewed_by=None, reviewed_at=None)
                | (~Q(verdict="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False)),
                name="emergency_reviewed_whole",
            ),
        ]
        indexes = [models.Index(fields=["place_no", "opened_at"], name="emergency_place")]

    def __str__(self):
        return f"{self.reason} of {self.case_id}"


class Event(Sealed, OfCase):
    """Recruitment, transit or exploitation: where and when (HTCDS Historic Trafficking Events)."""

    case = _case("events")
    kind = models.CharField(max_length=12, choices=terms.EventKind)
    on = models.DateField(null=True)
    district = _place(null=True)
    country = models.CharField(max_length=2, default="IN")

    def __str__(self):
        return f"{self.kind} of {self.case_id}"


class Leg(Record, OfCase):
    """One stretch of the way she was taken, district to district: what the corridors count."""

    case = _case("legs")
    number = models.PositiveSmallIntegerField()
    origin = _place(null=True)
    origin_country = models.CharField(max_length=2, default="IN")
    destination = _place(null=True)
    destination_country = models.CharField(max_length=2, default="IN")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="leg_once")]
        indexes = [models.Index(fields=["origin", "destination"], name="leg_corridor")]

    def __str__(self):
        return f"leg {self.number} of {self.case_id}"


class CaseConsent(Record, OfCase):
    """She agreed to one purpose, for a time: to whom, how it was explained, in which language, by whom for a child."""

    case = _case("consents")
    purpose = models.CharField(max_length=8, choices=terms.ConsentPurpose)
    party = models.CharField(max_length=10, choices=terms.Party, blank=True)
    """To whom; empty: to whoever is assigned to the case."""
    organisation = models.CharField(max_length=120, blank=True)
    giver = models.CharField(max_length=8, choices=terms.ConsentGiver)
    child_agrees = models.BooleanField(null=True)
    explained = models.CharField(max_length=11, choices=terms.Explained)
    language = models.CharField(max_length=3)
    told = _some(terms.Told)
    given_on = models.DateField()
    until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)
    recorded_by = _user()
    withdrawn_by = _user(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("given_on")), name="case_consent_until_after_given"),
            models.CheckConstraint(condition=Q(giver="SELF") | Q(child_agrees=True), name="child_was_heard"),
        ]

    def __str__(self):
        return f"{self.purpose} of {self.case_id}"


class Assessment(Sealed, OfCase):
    """What was found of her, her household or her community; sealed."""

    case = _case("assessments")
    scope = models.CharField(max_length=10, choices=terms.Scope)
    danger = models.CharField(max_length=6, choices=terms.Danger)
    needs = _some(terms.Support)
    on = models.DateField()
    by = _user()

    def __str__(self):
        return f"{self.scope} of {self.case_id}"


class Goal(Sealed, OfCase):
    """What she wants to reach, in her words; sealed."""

    case = _case("goals")
    support = models.CharField(max_length=21, choices=terms.Support)
    is_her_wish = models.BooleanField()
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=7, choices=terms.GoalState, default=terms.GoalState.OPEN)
    set_on = models.DateField()
    ended_on = models.DateField(null=True)
    by = _user()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN", ended_on=None) | (~Q(state="OPEN") & Q(ended_on__isnull=False)), name="goal_ended_on_a_day"
            )
        ]

    def __str__(self):
        return f"goal of {self.case_id}"


class CaseTask(Sealed, OfCase):
    """Something to do, by whom, by when; what it is, is sealed."""

    case = _case("tasks")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="tasks")
    who = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="case_tasks")
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=terms.TaskState, default=terms.TaskState.OPEN)
    set_by = _user()
    ended_at = models.DateTimeField(null=True)
    ended_by = _user(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN", ended_at=None, ended_by=None)
                | (~Q(state="OPEN") & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="case_task_ended_by_someone",
            )
        ]
        indexes = [models.Index(fields=["who", "due_on"], condition=Q(state="OPEN"), name="case_task_due")]

    def __str__(self):
        return f"task of {self.case_id}"


class CaseService(Sealed, OfCase):
    """Help that came: of what kind, from whom, on which day."""

    case = _case("services")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="services")
    support = models.CharField(max_length=21, choices=terms.Support)
    party = models.CharField(max_length=10, choices=terms.Party)
    on = models.DateField()
    by = _user()

    def __str__(self):
        return f"{self.support} of {self.case_id}"


class Visit(Sealed, OfCase):
    """She was met: where, by whom, whether she was safe; the note is sealed."""

    case = _case("visits")
    seen = models.CharField(max_length=7, choices=terms.Seen)
    danger = models.CharField(max_length=6, choices=terms.Danger)
    on = models.DateField()
    by = _user()

    def __str__(self):
        return f"visit of {self.case_id}"


class Referral(Sealed, OfCase):
    """Asked of another agency, with her consent to it: services, or the whole case. What they are told is sealed, and has no name."""

    case = _case("referrals")
    consent = models.ForeignKey(CaseConsent, on_delete=models.PROTECT, related_name="referrals")
    party = models.CharField(max_length=10, choices=terms.Party)
    organisation = models.CharField(max_length=120, blank=True)
    receiver = models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="case_referrals")
    """Who answers; nobody: an agency without an account, told by a sealed link."""
    support = models.CharField(max_length=21, choices=terms.Support)
    reason = models.CharField(max_length=8, choices=terms.ReferralReason)
    is_transfer = models.BooleanField(default=False)
    with_identity = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=terms.ReferralState, default=terms.ReferralState.SENT)
    sent_at = models.DateTimeField()
    sent_by = _user()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["receiver", "-sent_at"], name="referral_to")]

    def __str__(self):
        return f"{self.state} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether who sent it can still end it; an accepted transfer is the receiver's own case."""
        return "RECALLED" in rules.REFERRAL[self.state] and not (self.is_transfer and self.state == terms.ReferralState.ACCEPTED)


class SealedLink(Record, OfCase):
    """What a receiver without an account may open once: sealed under a passphrase told apart, which is kept nowhere."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="link")
    case = _case("links")
    token_hash = models.BinaryField(max_length=32, unique=True)
    salt = models.BinaryField(max_length=16)
    content = models.BinaryField(null=True)
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField(default=5)
    opened_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"link of {self.referral_id}"


class Proposal(Sealed, OfCase):
    """To close, reopen, seal or erase: asked by one, decided by another."""

    case = _case("proposals")
    kind = models.CharField(max_length=8, choices=terms.ProposalKind)
    outcome = models.CharField(max_length=14, choices=terms.Outcome, blank=True)
    state = models.CharField(max_length=8, choices=terms.ProposalState, default=terms.ProposalState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = _user()
    decided_at = models.DateTimeField(null=True)
    decided_by = _user(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="ASKED"), name="one_proposal_waits"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="maker_is_not_checker"),
            models.CheckConstraint(
                condition=Q(state="ASKED", decided_by=None, decided_at=None)
                | (~Q(state="ASKED") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="proposal_decided_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.kind} of {self.case_id}"


class Step(Record, OfCase):
    """What happened to a case, when, by whom. Never changed."""

    case = _case("steps")
    happening = models.CharField(max_length=8, choices=terms.Happening)
    state = models.CharField(max_length=12, choices=terms.State)
    outcome = models.CharField(max_length=14, choices=terms.Outcome, blank=True)
    at = models.DateTimeField()
    by = _user()

    def __str__(self):
        return f"{self.happening} of {self.case_id}"


class Disclosure(Record, OfCase):
    """The case went out on paper or as a file: to whom, with or without her name."""

    case = _case("disclosures")
    recipient = models.CharField(max_length=8, choices=terms.Recipient)
    with_identity = models.BooleanField()
    with_firs = models.BooleanField(default=False)
    """With the FIRs of her rescue, their sections and hearings."""
    number = models.CharField(max_length=60, blank=True)
    """The court's order or case number."""
    at = models.DateTimeField()
    by = _user()

    def __str__(self):
        return f"{self.recipient} {self.case_id}"


class RetentionRule(models.Model):
    """How long the identity of a closed case is kept: editable data from a day on, with its source and how sure we are of it."""

    key = models.CharField(max_length=30)
    effective_from = models.DateField()
    child_only = models.BooleanField()
    months = models.PositiveSmallIntegerField()
    texts = models.JSONField()
    source = models.CharField(max_length=300)
    mark = models.CharField(max_length=10, choices=terms.CodeMark)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "effective_from"], name="retention_rule_once")]

    def __str__(self):
        return self.key

    @property
    def local_text(self) -> str:
        return in_language(self.texts)

"""Who sees a case and why: assigned, in an emergency, by her consent, by a referral, on paper."""

from django.db import models
from django.db.models import F, Q

from aanchal.cases import rules, terms
from aanchal.cases.models.case import OfCase, _case, _some, _user
from aanchal.core.models import Record, Sealed


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

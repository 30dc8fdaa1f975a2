"""What becomes of a case, and how long it is kept."""

from django.db import models
from django.db.models import F, Q

from aanchal.cases import terms
from aanchal.cases.models.case import OfCase, _case, _user
from aanchal.core.models import Record, Sealed
from aanchal.places.models import in_language


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


class Withdrawal(Sealed, OfCase):
    """She took back her consent that her record is kept: her name is sealed away, and by a day a law has it kept or it is erased."""

    case = _case("withdrawals")
    consent = models.ForeignKey("cases.CaseConsent", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    asked_by = _user()
    """Who wrote down that she takes it back."""
    due_on = models.DateField()
    """The last day on which it is kept, unless it is decided anew."""
    ground = models.ForeignKey("cases.RetentionRule", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = _user(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=6, choices=terms.WithdrawalEnd, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="one_withdrawal_waits"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="withdrawal_decided_by_another"),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, ground=None) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="withdrawal_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")), name="withdrawal_ended_somehow"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(ended_at=None), name="withdrawal_due")]

    def __str__(self):
        return f"withdrawal of {self.case_id}"


class Renaming(Sealed, OfCase):
    """The name she is called by here was changed: which it was stays sealed, so that it can be taken out of older words."""

    case = _case("renamings")
    why = models.CharField(max_length=10, choices=terms.RenamingReason)
    at = models.DateTimeField()
    by = _user()

    def __str__(self):
        return f"renaming of {self.case_id}"


class Step(Record, OfCase):
    """What happened to a case, when, by whom. Never changed."""

    case = _case("steps")
    happening = models.CharField(max_length=8, choices=terms.Happening)
    state = models.CharField(max_length=12, choices=terms.State)
    outcome = models.CharField(max_length=14, choices=terms.Outcome, blank=True)
    at = models.DateTimeField()
    by = _user(null=True)
    """Nobody: by itself, as her consent was taken back and no law has the record kept."""

    def __str__(self):
        return f"{self.happening} of {self.case_id}"


class RetentionRule(models.Model):
    """How long who she is is kept, and by which law: editable data from a day on, with its source and how sure we are of it."""

    key = models.CharField(max_length=30)
    use = models.CharField(max_length=9, choices=terms.RetentionUse, default=terms.RetentionUse.CLOSED)
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

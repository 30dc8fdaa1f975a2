"""A state's money for the pilot: heads and norms, budgets, the ledger, certificates of use. No family and no survivor is named."""

from django.db import models
from django.db.models import F, Q

from aanchal.core.models import Record
from aanchal.money import rules
from aanchal.money.terms import Account, Head, Scope, Standing, VoucherKind
from aanchal.places.models import in_language


def _user():
    return models.ForeignKey("access.User", null=True, on_delete=models.PROTECT, related_name="+")


def _district():
    """None: at the state itself."""
    return models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")


class CostHead(models.Model):
    """A cost component of the Framework from a day on: its words, and the norm where there is one. A state writes its own norms."""

    key = models.CharField(max_length=13, choices=Head)
    number = models.PositiveSmallIntegerField()
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField(null=True)
    texts = models.JSONField()
    norm_paise = models.BigIntegerField(null=True)
    source = models.CharField(max_length=200)
    effective_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "place", "effective_from"], name="cost_head_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(norm_paise=None) | Q(norm_paise__gt=0), name="norm_of_something"),
        ]

    def __str__(self):
        return f"{self.key} from {self.effective_from}"

    @property
    def title(self) -> str:
        return in_language(self.texts["title"])

    @property
    def covers(self) -> str:
        return in_language(self.texts["covers"])

    @property
    def unit(self) -> str:
        return in_language(self.texts["unit"])


class Procurement(Record):
    """How the state procures services of NGOs from a day on; what held before stays (Framework, Partnership with NGOs)."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    scope = models.CharField(max_length=14, choices=Scope)
    practice = models.CharField(max_length=500)
    source = models.CharField(max_length=200)
    effective_from = models.DateField()
    by = _user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "scope", "effective_from"], name="procurement_once")]

    def __str__(self):
        return f"{self.scope} from {self.effective_from}"


class Decided(Record):
    """Made by one person, decided by another."""

    standing = models.CharField(max_length=9, choices=Standing)
    made_by = _user()
    made_at = models.DateTimeField()
    decided_by = _user()
    decided_at = models.DateTimeField(null=True)
    decide_note = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Budget(Decided):
    """A state's budget of one financial year."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    submitted_by = _user()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "starts_on"], condition=Q(standing="IN_FORCE"), name="one_budget_in_force"),
            models.CheckConstraint(condition=Q(starts_on__month=4, starts_on__day=1), name="budget_of_a_financial_year"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | (~Q(decided_by=F("submitted_by")) & ~Q(decided_by=F("made_by"))),
                name="budget_decided_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.year}"

    @property
    def year(self) -> str:
        return rules.name_of_year(self.starts_on)

    @property
    def is_open(self) -> bool:
        """Its lines may still be changed."""
        return self.standing in (Standing.DRAFT, Standing.RETURNED)


class BudgetLine(Record):
    """What is planned under a head, in a district or at the state, in a quarter."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="plan")
    place_no = models.BigIntegerField()
    head = models.CharField(max_length=13, choices=Head)
    district = _district()
    quarter = models.PositiveSmallIntegerField()
    quantity = models.PositiveIntegerField()
    unit_paise = models.BigIntegerField()
    amount_paise = models.BigIntegerField()
    norm_paise = models.BigIntegerField(null=True)
    """The norm as it was on the day of planning."""
    justification = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "head", "district", "quarter"], name="budget_line_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="budget_line_of_a_quarter"),
            models.CheckConstraint(
                condition=Q(unit_paise__gte=0, amount_paise=F("quantity") * F("unit_paise")), name="budget_line_adds_up"
            ),
        ]

    def __str__(self):
        return f"{self.head} Q{self.quarter}"


class Commitment(Record):
    """Money promised before it is spent: an order, a contract, a sanctioned event."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="commitments")
    place_no = models.BigIntegerField()
    head = models.CharField(max_length=13, choices=Head)
    district = _district()
    number = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200)
    amount_paise = models.BigIntegerField()
    on = models.DateField()
    by = _user()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_paise__gt=0), name="commitment_of_something")]

    def __str__(self):
        return f"{self.number}: {self.head}"


class Advance(Record):
    """Money given before the bills come, to an office or organisation; settled by vouchers or given back."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="advances")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="advances")
    place_no = models.BigIntegerField()
    given_to = models.CharField(max_length=120)
    amount_paise = models.BigIntegerField()
    on = models.DateField()
    by = _user()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_paise__gt=0), name="advance_of_something")]

    def __str__(self):
        return f"{self.amount_paise} on {self.on}"


class Reappropriation(Decided):
    """Budget asked to go from one head or district to another."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="moves")
    place_no = models.BigIntegerField()
    from_head = models.CharField(max_length=13, choices=Head)
    from_district = _district()
    to_head = models.CharField(max_length=13, choices=Head)
    to_district = _district()
    amount_paise = models.BigIntegerField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_paise__gt=0), name="move_of_something"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("made_by")), name="move_decided_by_another"),
        ]

    def __str__(self):
        return f"{self.from_head} to {self.to_head}"


class Voucher(Record):
    """One booking; its lines add up to zero. Never changed: a mistake is reversed by another, once."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="vouchers")
    place_no = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=VoucherKind)
    number = models.CharField(max_length=60, blank=True)
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    commitment = models.ForeignKey(Commitment, null=True, on_delete=models.PROTECT, related_name="vouchers")
    advance = models.ForeignKey(Advance, null=True, on_delete=models.PROTECT, related_name="vouchers")
    move = models.ForeignKey(Reappropriation, null=True, on_delete=models.PROTECT, related_name="vouchers")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversal")
    by = _user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind="REVERSAL") ^ Q(reverses=None), name="money_reversal_names_what"),
            models.CheckConstraint(
                condition=~Q(kind__in=["EXPENSE", "SETTLEMENT", "RELEASE"]) | ~Q(number=""), name="voucher_has_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["EXPENSE", "SETTLEMENT", "COMMITMENT", "CANCELLED", "ADVANCE"]) | Q(commitment__isnull=False),
                name="committed_before_spent",
            ),
            models.CheckConstraint(condition=~Q(kind="MOVE") | Q(move__isnull=False), name="moved_as_approved"),
            models.UniqueConstraint(
                fields=["budget", "number"], condition=Q(kind__in=["EXPENSE", "SETTLEMENT"]), name="voucher_number_once"
            ),
        ]
        indexes = [models.Index(fields=["budget", "on", "id"], name="money_voucher_of_budget")]

    def __str__(self):
        return f"{self.kind} on {self.on}"


class Line(models.Model):
    """The ledger: an amount in paise on one account."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="lines")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="lines")
    place_no = models.BigIntegerField()
    account = models.CharField(max_length=12, choices=Account)
    head = models.CharField(max_length=13, choices=Head, blank=True)
    district = _district()
    commitment = models.ForeignKey(Commitment, null=True, on_delete=models.PROTECT, related_name="lines")
    advance = models.ForeignKey(Advance, null=True, on_delete=models.PROTECT, related_name="lines")
    amount_paise = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount_paise=0), name="money_line_of_something")]
        indexes = [models.Index(fields=["budget", "account", "head"], name="money_line_of_budget")]

    def __str__(self):
        return f"{self.account} {self.amount_paise}"

    @property
    def entry(self) -> rules.Entry:
        return rules.Entry(self.account, self.amount_paise, self.head, self.district_id)


class Certificate(Decided):
    """A utilisation certificate of a period. Once signed nothing more is booked in the period."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="certificates")
    place_no = models.BigIntegerField()
    number = models.CharField(max_length=60)
    from_on = models.DateField()
    until_on = models.DateField()
    amount_paise = models.BigIntegerField()
    told = models.JSONField()
    """Released, spent and by head, as they stood when it was prepared."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="certificate_number_once"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="certificate_of_a_period"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("made_by")), name="certificate_signed_by_another"),
        ]

    def __str__(self):
        return self.number

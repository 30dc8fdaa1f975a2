"""Schemes by their days; what families applied for and received; the funds of their organisations in double entry."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanchal.benefits.terms import (
    Account,
    Cause,
    CboKind,
    ClaimState,
    FundKind,
    LoanState,
    PlanState,
    Programme,
    Proof,
    Reason,
    Source,
    State,
    TrainingState,
    VoucherKind,
)
from aanchal.core.models import Record


def _user(**kwargs):
    """Who did it; null is the installation itself."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", **kwargs)


def _household(**kwargs):
    return models.ForeignKey("people.Household", on_delete=models.PROTECT, **kwargs)


def _person(**kwargs):
    return models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+", **kwargs)


def _place():
    return models.ForeignKey("places.Place", on_delete=models.PROTECT, db_index=False, related_name="+")


class SchemeVersion(models.Model):
    """A scheme as it holds from a day on; never changed, only followed by another. Without a place it is the nation's."""

    version = models.CharField(primary_key=True, max_length=60)
    code = models.CharField(max_length=20)
    effective_from = models.DateField()
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField(null=True)
    content = models.JSONField()
    edited_by = _user()
    edited_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "place", "effective_from"], nulls_distinct=False, name="one_scheme_a_day_and_place"),
            models.CheckConstraint(
                condition=Q(place=None, place_no=None) | Q(place__isnull=False, place_no__isnull=False), name="scheme_place_and_number"
            ),
        ]

    def __str__(self):
        return self.version


class Told(Record):
    """What a family answered for its plan alone, all of it each time; the last that came counts."""

    household = _household(related_name="told_for_plan")
    person = _person()
    place_no = models.BigIntegerField()
    answers = models.JSONField()
    told_on = models.DateField()
    told_by = _user()

    class Meta:
        indexes = [models.Index(fields=["household", "person", "-id"], name="told_newest")]

    def __str__(self):
        return f"{self.household_id} on {self.told_on}"


class Proposed(models.Model):
    """Which schemes a family was last found to lack, and for which an answer is wanting: what is counted. No private scheme is in it."""

    household = models.OneToOneField("people.Household", primary_key=True, on_delete=models.PROTECT, related_name="proposed")
    place_no = models.BigIntegerField()
    assessment_id = models.UUIDField(null=True)
    lacking = ArrayField(models.CharField(max_length=20))
    to_ask = ArrayField(models.CharField(max_length=20))
    found_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place_no"], name="proposed_place")]

    def __str__(self):
        return f"{self.household_id}: {len(self.lacking)}"


class Entitlement(Record):
    """What a family or one of its members applied for, and how far it is."""

    household = _household(related_name="entitlements")
    person = _person()
    place = _place()
    place_no = models.BigIntegerField()
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    is_private = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.APPLIED)
    applied_on = models.DateField()
    due_on = models.DateField()
    moved_on = models.DateField()
    reference = models.CharField(max_length=40, blank=True)
    camp = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    proof = models.CharField(max_length=8, choices=Proof, blank=True)
    amount_paise = models.BigIntegerField(null=True)
    holds_until = models.DateField(null=True)
    """Of what runs out, once it came: the day from which it does not hold any more."""
    told_until = models.DateField(null=True)
    """The newest such day of which who can renew it was told."""
    recorded_by = _user()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person", "code"],
                condition=Q(state__in=["APPLIED", "COMPLAINED", "SANCTIONED", "APPEALED", "DELIVERED"]),
                nulls_distinct=False,
                name="entitlement_once",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("applied_on")) & Q(moved_on__gte=F("applied_on")), name="entitlement_days_in_order"
            ),
            models.CheckConstraint(condition=~Q(state="DELIVERED") | ~Q(proof=""), name="delivered_with_proof"),
            models.CheckConstraint(condition=~Q(state__in=["REFUSED", "UPHELD"]) | ~Q(reason=""), name="refused_with_reason"),
            models.CheckConstraint(condition=Q(amount_paise=None) | Q(amount_paise__gte=0), name="amount_not_negative"),
        ]
        indexes = [
            models.Index(
                fields=["place_no", "applied_on"],
                condition=Q(state__in=["APPLIED", "COMPLAINED", "SANCTIONED", "APPEALED"]),
                name="entitlement_waiting",
            ),
            models.Index(
                fields=["place_no", "holds_until"], condition=Q(state="DELIVERED", holds_until__isnull=False), name="entitlement_to_renew"
            ),
        ]

    def __str__(self):
        return f"{self.code} of {self.household_id}: {self.state}"


class Step(Record):
    """One move of an entitlement. Never changed."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="steps")
    place_no = models.BigIntegerField()
    is_private = models.BooleanField(default=False)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, choices=State)
    on = models.DateField()
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by = _user()
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.entitlement_id}: {self.after}"


class Premium(Record):
    """A premium of an insurance that was paid, and until when it holds by it. Never changed."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="premiums")
    place_no = models.BigIntegerField()
    amount_paise = models.BigIntegerField()
    on = models.DateField()
    holds_until = models.DateField()
    recorded_by = _user()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entitlement", "holds_until"], name="premium_once"),
            models.CheckConstraint(condition=Q(holds_until__gt=F("on")) & Q(amount_paise__gte=0), name="premium_holds_after_it_was_paid"),
        ]

    def __str__(self):
        return f"{self.entitlement_id} until {self.holds_until}"


class Claim(Record):
    """What a family claims of an insurance, and what became of it."""

    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="claims")
    place_no = models.BigIntegerField()
    cause = models.CharField(max_length=10, choices=Cause)
    happened_on = models.DateField()
    claimed_on = models.DateField()
    asked_paise = models.BigIntegerField(null=True)
    state = models.CharField(max_length=9, choices=ClaimState, default=ClaimState.CLAIMED)
    moved_on = models.DateField()
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    settled_paise = models.BigIntegerField(null=True)
    recorded_by = _user()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entitlement"], condition=Q(state="CLAIMED"), name="claim_open_once"),
            models.CheckConstraint(
                condition=Q(claimed_on__gte=F("happened_on")) & Q(moved_on__gte=F("claimed_on")), name="claim_days_in_order"
            ),
            models.CheckConstraint(
                condition=(Q(state="SETTLED") & Q(settled_paise__gt=0)) | (~Q(state="SETTLED") & Q(settled_paise=None)),
                name="claim_settled_with_an_amount",
            ),
            models.CheckConstraint(condition=~Q(state="REFUSED") | ~Q(reason=""), name="claim_refused_with_reason"),
        ]

    def __str__(self):
        return f"{self.cause} of {self.entitlement_id}: {self.state}"


class Service(Record):
    """One line of the service ledger: what a family or person received, when, of what value, known from where. Never changed."""

    household = _household(related_name="services")
    person = _person()
    place_no = models.BigIntegerField()
    code = models.CharField(max_length=20)
    title = models.JSONField()
    is_private = models.BooleanField(default=False)
    on = models.DateField()
    value_paise = models.BigIntegerField(null=True)
    source = models.CharField(max_length=9, choices=Source)
    entitlement = models.OneToOneField(Entitlement, null=True, on_delete=models.PROTECT, related_name="service")
    recorded_by = _user()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(value_paise=None) | Q(value_paise__gte=0), name="service_value_not_negative")]
        indexes = [models.Index(fields=["household", "-on"], name="service_of_household")]

    def __str__(self):
        return f"{self.code} for {self.household_id} on {self.on}"


class Cbo(Record):
    """A self-help group, village organisation or cluster federation, by its LokOS id where it has one."""

    kind = models.CharField(max_length=3, choices=CboKind)
    name = models.CharField(max_length=120)
    lokos_id = models.CharField(max_length=30, blank=True)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="below")
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lokos_id"], condition=~Q(lokos_id=""), name="cbo_lokos_once")]
        indexes = [models.Index(fields=["place_no"], name="cbo_place")]

    def __str__(self):
        return self.name


class GroupMember(Record):
    """A line of the SHG database: a member by her LokOS id, and who she is in the registers where she was found. No name is kept here."""

    cbo = models.ForeignKey(Cbo, on_delete=models.PROTECT, related_name="members")
    place_no = models.BigIntegerField()
    lokos_id = models.CharField(max_length=30, blank=True)
    household = models.ForeignKey("people.Household", null=True, on_delete=models.PROTECT, related_name="group_members")
    person = _person()
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    recorded_by = _user()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cbo", "lokos_id"], condition=~Q(lokos_id=""), name="member_lokos_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(left_on=None, person__isnull=False), name="in_one_group"),
        ]

    def __str__(self):
        return self.lokos_id or str(self.person_id)


class FundNorm(models.Model):
    """How a state lends a fund, from a day on; never changed, only followed by another. The nation's norms are norms.yaml."""

    kind = models.CharField(max_length=23, choices=FundKind)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    effective_from = models.DateField()
    kept_by = ArrayField(models.CharField(max_length=3, choices=CboKind))
    largest_paise = models.BigIntegerField()
    months = models.PositiveSmallIntegerField()
    interest_bp = models.PositiveSmallIntegerField()
    may_grant = models.BooleanField()
    per_member_paise = models.BigIntegerField()
    source = models.CharField(max_length=300)
    is_unverified = models.BooleanField()
    set_by = _user()
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "place", "effective_from"], name="fund_norm_once"),
            models.CheckConstraint(
                condition=Q(largest_paise__gt=0, months__gt=0, per_member_paise__gte=0) & ~Q(source=""), name="fund_norm_says_something"
            ),
        ]

    def __str__(self):
        return self.version

    @property
    def version(self) -> str:
        return f"norms-{self.effective_from}-{self.place_id}"


class Fund(Record):
    """Money that an organisation keeps for one purpose."""

    cbo = models.ForeignKey(Cbo, on_delete=models.PROTECT, related_name="funds")
    kind = models.CharField(max_length=23, choices=FundKind)
    place_no = models.BigIntegerField()
    opened_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cbo", "kind"], name="fund_once")]

    def __str__(self):
        return f"{self.kind} of {self.cbo_id}"


class Loan(Record):
    """A family's request to a fund, and what became of it; as a grant nothing is paid back."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="loans")
    household = _household(related_name="loans")
    person = _person()
    place_no = models.BigIntegerField()
    is_grant = models.BooleanField(default=False)
    purpose = models.CharField(max_length=200)
    asked_paise = models.BigIntegerField()
    asked_on = models.DateField()
    state = models.CharField(max_length=10, choices=LoanState, default=LoanState.REQUESTED)
    sanctioned_paise = models.BigIntegerField(null=True)
    months = models.PositiveSmallIntegerField()
    interest_bp = models.PositiveSmallIntegerField(default=0)
    met_on = models.DateField(null=True)
    present = models.PositiveSmallIntegerField(null=True)
    minutes = models.CharField(max_length=500, blank=True)
    released_on = models.DateField(null=True)
    norms = models.CharField(max_length=40)
    recorded_by = _user()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(asked_paise__gt=0), name="loan_asks_for_something"),
            models.CheckConstraint(
                condition=~Q(state__in=["SANCTIONED", "RELEASED", "REPAID"])
                | Q(sanctioned_paise__gt=0, sanctioned_paise__lte=F("asked_paise"), met_on__isnull=False, present__gt=0),
                name="sanctioned_in_a_meeting",
            ),
            models.CheckConstraint(condition=~Q(state__in=["RELEASED", "REPAID"]) | Q(released_on__isnull=False), name="released_on_a_day"),
        ]
        indexes = [models.Index(fields=["place_no", "state"], name="loan_place")]

    def __str__(self):
        return f"{self.household_id} from {self.fund_id}: {self.state}"


class Voucher(Record):
    """One booking of a fund; its lines add up to zero. Never changed: a mistake is reversed by another, once."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="vouchers")
    place_no = models.BigIntegerField()
    kind = models.CharField(max_length=9, choices=VoucherKind)
    on = models.DateField()
    loan = models.ForeignKey(Loan, null=True, on_delete=models.PROTECT, related_name="vouchers")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversal")
    note = models.CharField(max_length=200, blank=True)
    by = _user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind="REVERSAL") ^ Q(reverses=None), name="reversal_names_what_it_reverses")]
        indexes = [models.Index(fields=["fund", "on", "id"], name="voucher_of_fund")]

    def __str__(self):
        return f"{self.kind} on {self.on}"


class Line(models.Model):
    """An amount in paise on one account: into it above zero, out of it below."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="lines")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    loan = models.ForeignKey(Loan, null=True, on_delete=models.PROTECT, related_name="lines")
    place_no = models.BigIntegerField()
    account = models.CharField(max_length=8, choices=Account)
    amount_paise = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voucher", "account"], name="account_once_a_voucher"),
            models.CheckConstraint(condition=~Q(amount_paise=0), name="line_of_something"),
        ]
        indexes = [models.Index(fields=["loan", "account"], name="line_of_loan")]

    def __str__(self):
        return f"{self.account} {self.amount_paise}"


class Training(Record):
    """A person in a programme of skills or of women farmers: enrolled, certified, placed, and whether the work lasted."""

    household = _household(related_name="trainings")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    place_no = models.BigIntegerField()
    programme = models.CharField(max_length=6, choices=Programme)
    trade = models.CharField(max_length=80)
    state = models.CharField(max_length=11, choices=TrainingState, default=TrainingState.ENROLLED)
    enrolled_on = models.DateField()
    certified_on = models.DateField(null=True)
    placed_on = models.DateField(null=True)
    moved_on = models.DateField()
    recorded_by = _user()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme"], condition=~Q(state__in=["LEFT", "RETAINED_12"]), name="in_a_programme_once"
            )
        ]

    def __str__(self):
        return f"{self.programme} of {self.person_id}: {self.state}"


class LivelihoodPlan(Record):
    """What a family wants to live by, what it costs, and from where the money comes."""

    household = _household(related_name="livelihood_plans")
    place_no = models.BigIntegerField()
    activity = models.CharField(max_length=120)
    cost_paise = models.BigIntegerField()
    fund = models.ForeignKey(Fund, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=PlanState, default=PlanState.PLANNED)
    planned_on = models.DateField()
    moved_on = models.DateField()
    recorded_by = _user()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(cost_paise__gte=0), name="plan_cost_not_negative")]

    def __str__(self):
        return f"{self.activity}: {self.state}"

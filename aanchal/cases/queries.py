"""Reads of cases. The wall already hides what is not assigned; each question asks by the assignments too, so that it walks their index."""

from datetime import date, datetime

from django.db.models import BooleanField, F, Func, Q, QuerySet

from aanchal.access import policy
from aanchal.access.acting import SYSTEM
from aanchal.access.permissions import Permission
from aanchal.cases import rules
from aanchal.cases.models import Assignment, Case, CaseConsent, CaseTask, Emergency, Proposal, Referral, Withdrawal
from aanchal.cases.terms import Capacity, ProposalState, ReferralState, TaskState
from aanchal.people.rules import Age

LEADING = (Capacity.WORKER, Capacity.SUPERVISOR)


def live(at: datetime) -> Q:
    """Assignments that hold at an instant."""
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


def assigned(user, at: datetime) -> QuerySet[Assignment]:
    """What is assigned to her now; nothing, when no posting lets her read cases any more."""
    if not policy.holds(user, Permission.CASE_READ):
        return Assignment.objects.none()
    return Assignment.objects.filter(live(at), user=user)


def cases_of(user, at: datetime) -> QuerySet[Case]:
    """The cases assigned to someone now; of the system, all."""
    if user is SYSTEM:
        return Case.objects.all()
    return Case.objects.filter(pk__in=assigned(user, at).values("case"))


def case(user, pk, at: datetime) -> Case | None:
    return cases_of(user, at).select_related("place").filter(pk=pk).first()


def age(case: Case, on: date) -> int | None:
    """The fewest completed years she can have on a day: the youngest that agrees with what was told when the case was opened."""
    if case.years is None:
        return None
    opened = case.opened_on
    born_on = opened.replace(year=opened.year - case.years, day=28 if (opened.month, opened.day) == (2, 29) else opened.day)
    return Age(basis="STATED", born_on=born_on).on(on)


def is_child(case: Case, on: date) -> bool:
    """Where no age is known, what was decided when the case was opened."""
    years = age(case, on)
    return case.is_child if years is None else years < rules.ADULT


def may(user, case: Case, permission: Permission, at: datetime, *capacities: str) -> bool:
    """Whether someone holds a permission and is assigned to a case: in one of these capacities, or in any."""
    if user is SYSTEM:
        return True
    found = assigned(user, at).filter(case=case)
    return policy.holds(user, permission) and (found.filter(capacity__in=capacities) if capacities else found).exists()


def may_know_her(user, case: Case, at: datetime) -> bool:
    """Whether someone may open her name: not by a referral to which she did not agree that her name is told.

    While her consent that the record is kept is taken back only who supervises the case, to decide what becomes of it.
    """
    if user is SYSTEM:
        return True
    if withdrawal(case):
        return may(user, case, Permission.CASE_SUPERVISE, at, Capacity.SUPERVISOR)
    known = assigned(user, at).filter(Q(sees_identity=True) | ~Q(capacity=Capacity.REFERRED), case=case)
    return policy.holds(user, Permission.CASE_IDENTITY) and known.exists()


def people_of(case: Case, at: datetime) -> QuerySet[Assignment]:
    """Who is assigned to a case now."""
    return case.assignments.filter(live(at)).select_related("user").order_by("capacity", "since", "pk")


def consents_of(case: Case) -> list[tuple[CaseConsent, rules.Consent]]:
    return [(one, as_rule(one)) for one in case.consents.order_by("-given_on", "-pk")]


def as_rule(one: CaseConsent) -> rules.Consent:
    return rules.Consent(one.purpose, one.party, one.given_on, one.until, one.withdrawn_at is not None, one.organisation)


def withdrawal(case: Case) -> Withdrawal | None:
    """That she took back her consent to keep the record, as long as it is neither erased nor agreed anew."""
    return Withdrawal.objects.filter(case=case, ended_at=None).first()


def to_decide(user, at: datetime) -> QuerySet[Withdrawal]:
    """What she supervises and others wrote down as taken back, the first due first."""
    supervised = assigned(user, at).filter(capacity=Capacity.SUPERVISOR).values("case")
    waiting = Withdrawal.objects.filter(case__in=supervised, ended_at=None).exclude(asked_by=user)
    return waiting.select_related("case").order_by("due_on", "pk")


def proposals(user, at: datetime) -> QuerySet[Proposal]:
    """What another asks, of a case she supervises: the longest waiting first."""
    supervised = assigned(user, at).filter(capacity=Capacity.SUPERVISOR).values("case")
    waiting = Proposal.objects.filter(case__in=supervised, state=ProposalState.ASKED).exclude(asked_by=user)
    return waiting.select_related("case").order_by("asked_at", "pk")


def waiting_referrals(user) -> QuerySet[Referral]:
    """Referrals addressed to someone that wait for her answer."""
    return Referral.objects.filter(receiver=user, state=ReferralState.SENT).select_related("sent_by").order_by("sent_at", "pk")


def emergencies(user) -> QuerySet[Emergency]:
    """Emergency accesses another opened, that wait for a supervisor's review: where she supervises, or in her State where no other does."""
    if not policy.holds(user, Permission.CASE_SUPERVISE):
        return Emergency.objects.none()
    reviews = Func(F("place_no"), F("user_id"), function="cases_reviews", output_field=BooleanField())
    return Emergency.objects.filter(reviews, verdict="").exclude(user=user).select_related("user").order_by("opened_at", "pk")


def tasks_of(user) -> QuerySet[CaseTask]:
    """What she has to do, the first due first."""
    return CaseTask.objects.filter(who=user, state=TaskState.OPEN).select_related("case").order_by("due_on", "pk")
